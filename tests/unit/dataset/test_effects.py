"""Differences between emotions, in numbers and in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.dataset import effects
from ser_core.dataset.effects import MEASURES


def table(**levels: list[float]) -> pd.DataFrame:
    """Return clips by emotion, five equal ones for each number given."""
    rows = [(emotion, value) for emotion, values in levels.items() for value in values for _ in range(5)]
    return pd.DataFrame(rows, columns=["emotion", "level_dbfs"])


def test_the_difference_in_words() -> None:
    clips = table(angry=[-14.2, -14.2], sad=[-20.0, -20.0])
    angry, sad = effects.distributions(clips["level_dbfs"], clips["emotion"])
    assert effects.in_words(MEASURES["level_dbfs"], angry, sad) == "angry is 5.8 dB louder than sad"
    assert effects.in_words(MEASURES["level_dbfs"], sad, angry) == "angry is 5.8 dB louder than sad"


def test_no_difference_is_said_to_be_none() -> None:
    clips = table(angry=[-20.0], sad=[-20.01])
    angry, sad = effects.distributions(clips["level_dbfs"], clips["emotion"])
    assert effects.in_words(MEASURES["level_dbfs"], angry, sad) == "angry and sad are about the same in loudness"


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("pitch_hz", "happy is 30 Hz higher than sad"),
        ("syllables_per_s", "happy is 30.0 syllables/s faster than sad"),
        ("pitch_range_st", "happy is 30.0 semitones wider in intonation than sad"),
        ("zero_crossings_per_s", "happy and sad are about the same in zero crossings"),
        ("mfcc_3", "happy is 30.0 higher in MFCC 3 than sad"),
        ("pause_share", "happy has 3000 points more pauses than sad"),
    ],
)
def test_each_measure_has_its_words(column: str, said: str) -> None:
    clips = table(happy=[40.0], sad=[10.0])
    happy, sad = effects.distributions(clips["level_dbfs"], clips["emotion"])
    assert effects.in_words(MEASURES[column], happy, sad) == said


def test_a_distribution_sums_up_its_emotion() -> None:
    values = pd.Series([*np.arange(101.0), np.nan, 7.0])
    emotions = pd.Series(["calm"] * 102 + ["happy"])
    (calm,) = effects.distributions(values, emotions)
    assert (calm.emotion, calm.n) == ("calm", 101)
    assert (calm.low, calm.median, calm.high) == (25.0, 50.0, 75.0)
    assert calm.density.max() == 1.0
    assert calm.x[calm.density.argmax()] == pytest.approx(50.0, abs=10.0)


def test_clips_that_are_all_alike_have_a_curve() -> None:
    clips = table(neutral=[3.0])
    (neutral,) = effects.distributions(clips["level_dbfs"], clips["emotion"])
    assert np.isfinite(neutral.density).all()


def test_nothing_measured_gives_nothing() -> None:
    assert effects.distributions(pd.Series([np.nan]), pd.Series(["sad"])) == []


def test_how_often_one_is_over_the_other() -> None:
    values, emotions = pd.Series([1.0, 2.0, 3.0, 2.0]), pd.Series(["sad", "sad", "angry", "angry"])
    # Of the four pairs three are won and one is a tie.
    assert effects.wins_share(values, emotions, "angry", "sad") == 0.875
    assert effects.wins_share(values, emotions, "sad", "angry") == 0.125


def test_a_speakers_own_average_lays_the_emotion_bare() -> None:
    rng = np.random.default_rng(0)
    speakers = np.repeat([f"s{i}" for i in range(20)], 20)
    emotions = np.tile(["angry"] * 10 + ["sad"] * 10, 20)
    voice_hz = np.repeat(rng.normal(180.0, 40.0, 20), 20)
    pitch_hz = voice_hz + np.where(emotions == "angry", 10.0, -10.0) + rng.normal(0.0, 3.0, 400)
    clips = pd.DataFrame({"speaker": speakers, "emotion": emotions, "pitch_hz": pitch_hz})
    own = effects.against_own_average(clips, "pitch_hz")
    assert own.mean() == pytest.approx(0.0, abs=1e-9)
    assert effects.explained_share(clips["pitch_hz"], clips["speaker"]) > 0.8
    assert effects.explained_share(clips["pitch_hz"], clips["emotion"]) < 0.2
    assert effects.explained_share(own, clips["emotion"]) > 0.9


def test_each_emotion_counts_alike_in_a_speakers_average() -> None:
    clips = pd.DataFrame(
        {"speaker": "a", "emotion": ["sad"] * 9 + ["angry"], "pitch_hz": [100.0] * 9 + [200.0]},
    )
    assert effects.against_own_average(clips, "pitch_hz").tolist() == [-50.0] * 9 + [50.0]


def test_what_groups_explain_of_places_counts_both_directions() -> None:
    groups = pd.Series(["a", "a", "b", "b"])
    places = pd.DataFrame({"x": [-1.0, -1.0, 1.0, 1.0], "y": [-1.0, 1.0, -1.0, 1.0]})
    assert effects.explained_share(places, groups) == pytest.approx(0.5)
    assert effects.explained_share(places[["x"]], groups) == pytest.approx(1.0)
