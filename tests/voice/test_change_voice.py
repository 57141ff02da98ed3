"""The voice changes have the same effects on real voices as on a synthetic vowel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import Audio, load_audio
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.voice import VoiceChange, change_voice

pytestmark = pytest.mark.voice


@pytest.fixture(scope="module")
def voices(corpora_dir: Path) -> list[Audio]:
    """Two women and two men, neutral, happy and angry."""
    paths = [
        path
        for emotion in ("01", "03", "05")
        for path in sorted(
            corpora_dir.glob(f"Ravdess/audio_speech_actors_01-24/Actor_0[1-4]/03-01-{emotion}-01-01-01-*.flac")
        )
    ]
    if not paths:
        pytest.skip("RAVDESS is not among the recordings here")
    return [load_audio(path) for path in paths]


def cues_before_and_after(voices: list[Audio], voice_change: VoiceChange) -> list[tuple[Cues, Cues]]:
    return [
        (measure_cues(extract_features(voice)), measure_cues(extract_features(change_voice(voice, voice_change).audio)))
        for voice in voices
    ]


def median_ratio(pairs: list[tuple[Cues, Cues]], name: str) -> float:
    return float(np.median([getattr(after, name) / getattr(before, name) for before, after in pairs]))


def test_four_semitones_are_a_factor_of_1_26_at_the_same_tempo_and_level(voices: list[Audio]) -> None:
    pairs = cues_before_and_after(voices, VoiceChange(pitch_st=4.0))
    assert median_ratio(pairs, "pitch_hz") == pytest.approx(1.26, rel=0.02)
    assert median_ratio(pairs, "speech_s") == pytest.approx(1.0, abs=0.02)
    assert median_ratio(pairs, "pitch_range_st") == pytest.approx(1.0, abs=0.15)
    assert all(abs(after.level_dbfs - before.level_dbfs) < 1.0 for before, after in pairs)


def test_tempo_changes_the_length_and_keeps_the_pitch(voices: list[Audio]) -> None:
    pairs = cues_before_and_after(voices, VoiceChange(tempo=0.8))
    assert median_ratio(pairs, "speech_s") == pytest.approx(1.25, abs=0.03)
    assert median_ratio(pairs, "pitch_hz") == pytest.approx(1.0, abs=0.02)
    assert median_ratio(pairs, "brightness_hz") == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("intonation", [0.4, 1.8])
def test_intonation_widens_or_flattens_the_melody(voices: list[Audio], intonation: float) -> None:
    pairs = cues_before_and_after(voices, VoiceChange(intonation=intonation))
    assert median_ratio(pairs, "pitch_range_st") == pytest.approx(intonation, rel=0.15)
    assert median_ratio(pairs, "pitch_hz") == pytest.approx(1.0, abs=0.03)
