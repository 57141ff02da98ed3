"""Other clips of the same voice, drawn for a profile."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.training.profile_scoring import draw_references

TABLE = pd.DataFrame(
    [("RAVDESS", "a", emotion) for emotion in ["angry", "sad"] * 8]
    + [("RAVDESS song", "a", "sad"), ("nEMO", "b", "sad"), ("nEMO", None, "sad"), ("nEMO", None, "sad")],
    columns=["corpus", "speaker", "emotion"],
)


@pytest.mark.parametrize(("profile", "n_clips"), [("3 clips", 3), ("10 clips", 10)])
def test_a_profile_has_other_clips_of_the_same_voice(profile: str, n_clips: int) -> None:
    for row, others in enumerate(draw_references(TABLE, profile, seed=0)[:16]):
        assert len(set(others.tolist())) == n_clips
        assert row not in others
        assert (others < 16).all()


def test_a_profile_of_one_mood_has_one_emotion() -> None:
    references = draw_references(TABLE, "10 clips of one mood", seed=0)[:16]
    moods = [set(TABLE["emotion"].iloc[others]) for others in references]
    assert all(len(mood) == 1 for mood in moods)
    assert {*map(tuple, moods)} == {("angry",), ("sad",)}


def test_song_and_unknown_speakers_have_nobody_to_be_compared_with() -> None:
    assert [len(others) for others in draw_references(TABLE, "3 clips", seed=0)[16:]] == [0, 0, 0, 0]


def test_the_choice_depends_on_the_seed_alone() -> None:
    first, again, other = (np.concatenate(draw_references(TABLE, "3 clips", seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
