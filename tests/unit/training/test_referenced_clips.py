"""Clips relative to other clips of the same voice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ser_core.inference.windows import Windows
from ser_core.training.referenced_clips import ReferencedClips, ReferenceSettings

N_STEPS, N_CHANNELS = 6, 4
ALWAYS = ReferenceSettings(none_share=0.0, most_clips=2, one_mood_share=0.0)


class StubEmbedded:
    """Clips whose steps all have one value: the number of the clip, plus 100 for the augmented copy."""

    starts = np.arange(9)
    n_channels = N_CHANNELS + 1
    front_end = SimpleNamespace()

    def __init__(self) -> None:
        is_sound = np.repeat([1.0, 0.0], [4, 2])
        values = np.arange(8.0)[:, None, None] * np.ones((8, N_STEPS, N_CHANNELS))
        self.clean_windows = np.concatenate([values, np.tile(is_sound, (8, 1))[..., None]], axis=2)
        copy = self.clean_windows.copy()
        copy[..., :-1] += 100.0
        self.copies = (copy,)
        self.drawn_copy = 0

    def draw(self, row: int, rng: np.random.Generator) -> tuple[int, np.ndarray]:
        steps = (self.clean_windows, *self.copies)[self.drawn_copy][row]
        return self.drawn_copy, steps.astype(np.float32)

    def windows(self, row: int) -> Windows:
        inputs = self.clean_windows[row][None].astype(np.float32)
        return Windows(inputs, np.zeros(1), np.ones(1), np.ones(1))

    def description(self) -> dict[str, Any]:
        return {}


@pytest.fixture
def clips() -> ReferencedClips:
    """Two speakers with three clips each, and two clips of unknown speakers; all are trained on."""
    table = pd.DataFrame(
        {
            "speaker": ["a", "a", "a", "b", "b", "b", None, None],
            "emotion": ["angry", "angry", "sad", "angry", "sad", "sad", "sad", "angry"],
        }
    )
    return ReferencedClips.of(StubEmbedded(), table).fitted_to(np.arange(8))


def reference_of(clips: ReferencedClips, row: int, settings: ReferenceSettings, seed: int = 0) -> float:
    """Return the value that was subtracted from the standardised steps of a clip."""
    from dataclasses import replace

    drawn = replace(clips, settings=settings).training_input(row, np.random.default_rng(seed))
    copy = 100.0 if clips.embedded.drawn_copy else 0.0
    standardised = (row + copy - clips.mean[0]) / clips.deviation[0]
    return float(standardised - drawn[0, 0])


def test_a_voice_is_the_mean_of_the_steps_that_hold_sound(clips: ReferencedClips) -> None:
    np.testing.assert_allclose(clips.voices[0, :, 0], np.arange(8.0))
    np.testing.assert_allclose(clips.voices[1, :, 0], 100.0 + np.arange(8.0))


def test_the_steps_are_standardised_with_the_voices_of_the_training_part(clips: ReferencedClips) -> None:
    fitted = clips.fitted_to(np.array([0, 2]))
    window = fitted.windows(2).inputs[0]
    np.testing.assert_allclose(window[:, :-1], 1.0, rtol=1e-5)
    np.testing.assert_array_equal(window[:, -1], np.repeat([1.0, 0.0], [4, 2]))


def test_a_reference_is_made_of_other_clips_of_the_same_speaker(clips: ReferencedClips) -> None:
    standardised = (np.arange(8.0) - clips.mean[0]) / clips.deviation[0]
    # Speaker "a" has three clips; the reference of the first is made of one or both of the others, shrunk.
    possible = [standardised[1] / 3.0, standardised[2] / 3.0, (standardised[1] + standardised[2]) / 4.0]
    drawn = sorted({round(reference_of(clips, 0, ALWAYS, seed), 3) for seed in range(40)})
    np.testing.assert_allclose(drawn, sorted(possible), atol=2e-3)


def test_an_augmented_clip_is_compared_with_the_same_augmented_copy(clips: ReferencedClips) -> None:
    clips.embedded.drawn_copy = 1
    standardised = (100.0 + np.arange(8.0) - clips.mean[0]) / clips.deviation[0]
    possible = [standardised[1] / 3.0, standardised[2] / 3.0, (standardised[1] + standardised[2]) / 4.0]
    value = reference_of(clips, 0, ALWAYS)
    assert min(abs(value - option) for option in possible) < 1e-2


def test_a_reference_of_one_mood_has_one_emotion(clips: ReferencedClips) -> None:
    one_mood = ReferenceSettings(none_share=0.0, one_mood_share=1.0)
    standardised = (np.arange(8.0) - clips.mean[0]) / clips.deviation[0]
    drawn = {round(reference_of(clips, 3, one_mood, seed), 3) for seed in range(60)}
    # Speaker "b": the other sad clips are 4 and 5; the only angry clip is 3 itself, which leaves no reference.
    possible = [0.0, standardised[4] / 3.0, standardised[5] / 3.0, (standardised[4] + standardised[5]) / 4.0]
    assert all(min(abs(value - option) for option in possible) < 1e-2 for value in drawn)


@pytest.mark.parametrize("row", [6, 7])
def test_a_clip_of_an_unknown_speaker_has_no_reference(clips: ReferencedClips, row: int) -> None:
    assert reference_of(clips, row, ALWAYS) == pytest.approx(0.0, abs=1e-5)


def test_references_come_from_the_training_part_alone(clips: ReferencedClips) -> None:
    fitted = clips.fitted_to(np.array([0, 1, 3]))
    assert {speaker: rows.tolist() for speaker, rows in fitted.rows_of_voice.items()} == {"a": [0, 1], "b": [3]}


def test_windows_against_a_profile_are_relative_to_it(clips: ReferencedClips) -> None:
    profile = clips.profile_of(np.array([1, 2]))
    difference = clips.windows(0).inputs - clips.windows_against(0, profile).inputs
    np.testing.assert_allclose(difference[0, 0, :-1], profile.reference(), rtol=1e-4)
    np.testing.assert_array_equal(difference[..., -1], 0.0)
