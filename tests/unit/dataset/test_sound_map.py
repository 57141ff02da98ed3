"""The sound map places clips with similar sound close together, whatever their loudness."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import from_samples
from ser_core.dataset.sound_map import SoundMap, level_free
from ser_core.features.extraction import extract_features

N = 60


@pytest.fixture(scope="module")
def summaries() -> np.ndarray:
    rng = np.random.default_rng(1)
    hidden = rng.normal(size=(N, 2))
    numbers = hidden @ rng.normal(size=(2, 162)) + 0.1 * rng.normal(size=(N, 162))
    numbers[:, 34:] = 10.0 ** (numbers[:, 34:] / 10.0)
    return numbers


NONE_RECONSTRUCTED = np.zeros(N, dtype=bool)


def test_two_axes_explain_data_with_two_hidden_causes(summaries: np.ndarray) -> None:
    sound_map = SoundMap.fit(level_free(summaries, NONE_RECONSTRUCTED))
    assert sound_map.explained.sum() > 0.9
    assert sound_map.explained[0] >= sound_map.explained[1]
    assert np.allclose(sound_map.components @ sound_map.components.T, np.eye(2), atol=1e-9)


def test_a_louder_recording_has_the_same_place(summaries: np.ndarray, tone: np.ndarray) -> None:
    sound_map = SoundMap.fit(level_free(summaries, NONE_RECONSTRUCTED))
    noise = np.random.default_rng(0).normal(0.0, 0.01, len(tone)).astype(np.float32)
    quiet, loud = (
        extract_features(from_samples(gain * (0.2 * tone + noise), 16_000)).summary()[None] for gain in (1.0, 4.0)
    )

    def place(summary: np.ndarray) -> np.ndarray:
        return sound_map.place(level_free(summary, np.zeros(1, dtype=bool)))

    assert place(loud) == pytest.approx(place(quiet), abs=0.01)
    assert place(-(loud[:, ::-1] ** 2)) != pytest.approx(place(quiet), abs=0.01)


def test_only_mel_bands_and_mfcc_of_a_reconstructed_clip_count(summaries: np.ndarray) -> None:
    reconstructed = np.arange(N) < N // 2
    sound_map = SoundMap.fit(level_free(summaries, reconstructed))
    changed = summaries.copy()
    changed[reconstructed, :13] += 5.0
    changed[reconstructed, 33] *= 3.0
    other_map = SoundMap.fit(level_free(changed, reconstructed))
    assert np.allclose(sound_map.components, other_map.components)
    assert np.allclose(
        sound_map.place(level_free(summaries, reconstructed)), other_map.place(level_free(changed, reconstructed))
    )


def test_a_saved_map_gives_the_same_places_after_loading(summaries: np.ndarray, tmp_path: Path) -> None:
    sound_map = SoundMap.fit(level_free(summaries, NONE_RECONSTRUCTED))
    sound_map.save(tmp_path / "map.npz")
    loaded = SoundMap.load(tmp_path / "map.npz")
    averages = level_free(summaries, NONE_RECONSTRUCTED)
    assert np.allclose(loaded.place(averages), sound_map.place(averages), atol=1e-3)
