"""Where a clip lies on the sound map."""

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


NONE = np.zeros(N, dtype=bool)


def test_two_axes_hold_what_two_causes_made(summaries: np.ndarray) -> None:
    found = SoundMap.fit(level_free(summaries, NONE))
    assert found.explained.sum() > 0.9
    assert found.explained[0] >= found.explained[1]
    assert np.allclose(found.components @ found.components.T, np.eye(2), atol=1e-9)


def test_a_louder_recording_lands_on_the_same_spot(summaries: np.ndarray, tone: np.ndarray) -> None:
    found = SoundMap.fit(level_free(summaries, NONE))
    noise = np.random.default_rng(0).normal(0.0, 0.01, len(tone)).astype(np.float32)
    quiet, loud = (
        extract_features(from_samples(gain * (0.2 * tone + noise), 16_000)).summary()[None] for gain in (1.0, 4.0)
    )

    def place(summary: np.ndarray) -> np.ndarray:
        return found.place(level_free(summary, np.zeros(1, dtype=bool)))

    assert place(loud) == pytest.approx(place(quiet), abs=0.01)
    assert place(-(loud[:, ::-1] ** 2)) != pytest.approx(place(quiet), abs=0.01)


def test_a_reconstructed_clip_counts_by_its_mel_bands_and_mfcc_alone(summaries: np.ndarray) -> None:
    reconstructed = np.arange(N) < N // 2
    found = SoundMap.fit(level_free(summaries, reconstructed))
    other = summaries.copy()
    other[reconstructed, :13] += 5.0
    other[reconstructed, 33] *= 3.0
    again = SoundMap.fit(level_free(other, reconstructed))
    assert np.allclose(found.components, again.components)
    assert np.allclose(found.place(level_free(summaries, reconstructed)), again.place(level_free(other, reconstructed)))


def test_saved_and_loaded_it_places_alike(summaries: np.ndarray, tmp_path: Path) -> None:
    found = SoundMap.fit(level_free(summaries, NONE))
    found.save(tmp_path / "map.npz")
    loaded = SoundMap.load(tmp_path / "map.npz")
    averages = level_free(summaries, NONE)
    assert np.allclose(loaded.place(averages), found.place(averages), atol=1e-3)
