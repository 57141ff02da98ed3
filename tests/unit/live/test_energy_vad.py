"""Voice activity detection by energy."""

from __future__ import annotations

import numpy as np

from ser_core.live import EnergyVAD

FRAME_MS = 16.0


def levels_db(*segments: tuple[float, float]) -> np.ndarray:
    """Return the levels of consecutive segments, each given as (seconds, decibels)."""
    return np.concatenate([np.full(round(1000.0 * seconds / FRAME_MS), level_db) for seconds, level_db in segments])


def test_speech_begins_with_a_voice_and_ends_after_the_hangover() -> None:
    is_speech = EnergyVAD(FRAME_MS).detect(levels_db((1.0, -75.0), (1.0, -30.0), (2.0, -75.0)))
    onset_s, offset_s = np.flatnonzero(np.diff(is_speech.astype(int)))[:2] * FRAME_MS / 1000.0
    assert 1.0 < onset_s < 1.15
    assert 2.3 < offset_s < 2.5


def test_a_click_is_no_speech_and_a_gap_between_two_words_is() -> None:
    vad = EnergyVAD(FRAME_MS)
    assert not vad.detect(levels_db((1.0, -75.0), (0.05, -20.0), (1.0, -75.0))).any()
    is_speech = vad.detect(levels_db((0.5, -30.0), (0.3, -75.0), (0.5, -30.0)))
    assert is_speech[10:].all()


def test_steady_noise_raises_the_noise_floor_and_a_louder_voice_is_still_speech() -> None:
    vad = EnergyVAD(FRAME_MS)
    assert not vad.detect(levels_db((8.0, -40.0)))[-100:].any()
    assert vad.detect(levels_db((0.5, -20.0)))[10:].all()


def test_a_level_under_the_minimum_is_no_speech_in_any_room() -> None:
    assert not EnergyVAD(FRAME_MS).detect(levels_db((2.0, -110.0), (2.0, -70.0))).any()
