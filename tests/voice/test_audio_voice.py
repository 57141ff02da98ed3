"""Real recordings are read and get the right quality notes."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio, to_wav_bytes
from ser_core.audio.quality import check_quality

pytestmark = pytest.mark.voice

CORPORA = {
    "Ravdess/audio_speech_actors_01-24": "FLAC",
    "Ravdess/audio_song_actors_01-24": "Opus",
    "Tess": "Opus",
    "Crema": "Opus",
    "nEMO": "Opus",
    "EMOVO": "Opus",
    "EmoDB": "Opus",
    "CREMA-D/AudioWAV": "WAV",
}
N_CLIPS = 50


def sample_clips(corpora_dir: Path, corpus: str, n_clips: int = N_CLIPS) -> list[Audio]:
    paths = sorted(path for path in (corpora_dir / corpus).rglob("*") if path.suffix in {".wav", ".flac", ".opus"})
    if not paths:
        pytest.skip(f"no recordings of {corpus} here")
    return [load_audio(path) for path in random.Random(0).sample(paths, min(n_clips, len(paths)))]


@pytest.mark.parametrize("corpus", CORPORA)
def test_real_voices_get_no_note(corpora_dir: Path, corpus: str) -> None:
    clips = sample_clips(corpora_dir, corpus)
    assert {clip.source.format for clip in clips} <= {CORPORA[corpus], "WAV"}
    assert all(0.5 < clip.duration_s < 20.0 for clip in clips)
    assert [[note.code for note in check_quality(clip)] for clip in clips] == [[]] * len(clips)


@pytest.mark.parametrize("snr_db", [20.0, 5.0])
def test_real_voices_in_noise_are_speech(corpora_dir: Path, snr_db: float) -> None:
    rng = np.random.default_rng(0)
    for corpus in CORPORA:
        for clip in sample_clips(corpora_dir, corpus, 10):
            frames = clip.samples[: len(clip.samples) // 400 * 400].reshape(-1, 400)
            loud_rms = np.sqrt(np.sort(np.mean(frames**2, axis=1))[-10])
            noisy = clip.samples + loud_rms * 10 ** (-snr_db / 20) * rng.normal(size=len(clip.samples))
            notes = check_quality(from_samples(noisy, SAMPLE_RATE_HZ))
            assert "no_speech" not in [note.code for note in notes]


@pytest.mark.parametrize("corpus", CORPORA)
def test_overdriven_voices_are_clipped_and_loud_voices_are_not(corpora_dir: Path, corpus: str) -> None:
    clips = sample_clips(corpora_dir, corpus, 10)
    for clip in clips:
        normalised = clip.samples / np.abs(clip.samples).max()
        for gain in (1.0, 1.1, 1.5):
            notes = check_quality(from_samples(gain * normalised, SAMPLE_RATE_HZ))
            assert "clipped" not in [note.code for note in notes]
        overdriven = np.clip(clip.samples / np.quantile(np.abs(clip.samples), 0.95), -1, 1)
        notes = check_quality(from_samples(overdriven, SAMPLE_RATE_HZ))
        assert "clipped" in [note.code for note in notes]


def test_the_samples_of_16_khz_originals_are_not_changed(corpora_dir: Path) -> None:
    for path in sorted((corpora_dir / "CREMA-D" / "AudioWAV").glob("*.wav")):
        audio = load_audio(path)
        expected, sample_rate_hz = soundfile.read(path, dtype="float32")
        assert sample_rate_hz == SAMPLE_RATE_HZ
        np.testing.assert_array_equal(audio.samples, expected)
        np.testing.assert_array_equal(load_audio(to_wav_bytes(audio.samples)).samples, expected)
