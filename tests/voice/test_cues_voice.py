"""Cues of real voices agree with the findings of studies of vocal emotion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import extract_features

pytestmark = pytest.mark.voice

SPEECH = "Ravdess/audio_speech_actors_01-24"
N_SYLLABLES = 7


def cues_by(corpora_dir: Path, pattern: str) -> list[Cues]:
    paths = sorted(corpora_dir.glob(f"{SPEECH}/Actor_0[1-6]/{pattern}.flac"))
    if not paths:
        pytest.skip("RAVDESS is not among the recordings here")
    return [measure_cues(extract_features(load_audio(path))) for path in paths]


def median(clips: list[Cues], name: str) -> float:
    return float(np.nanmedian([getattr(cues, name) for cues in clips]))


def test_anger_is_higher_louder_and_brighter_than_calm(corpora_dir: Path) -> None:
    angry, calm = (cues_by(corpora_dir, f"03-01-{code}-02-*-01-*") for code in ("05", "02"))
    assert median(angry, "pitch_hz") > 1.2 * median(calm, "pitch_hz")
    assert median(angry, "level_dbfs") > median(calm, "level_dbfs") + 10.0
    assert median(angry, "brightness_hz") > 1.1 * median(calm, "brightness_hz")
    assert median(angry, "syllables_per_s") > median(calm, "syllables_per_s")


def test_the_syllables_of_ravdess_sentences_are_counted(corpora_dir: Path) -> None:
    """Both sentences of RAVDESS have seven syllables."""
    clips = cues_by(corpora_dir, "03-01-0[1-4]-01-*-01-*")
    counts = np.array([cues.syllables_per_s * cues.speech_s for cues in clips])
    assert np.median(np.abs(counts - N_SYLLABLES)) <= 1.0
