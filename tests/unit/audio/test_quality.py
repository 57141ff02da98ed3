"""Each quality note appears for its own problem and for no other recording."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.audio.quality import QualityNote, check_quality

# Approximate first and second formants of the vowels a, i, u and e, one per syllable.
VOWELS_HZ = [(750, 1_200), (300, 2_300), (320, 800), (500, 1_900)]


def voice(duration_s: float = 3.0, *, pitch_hz: float = 130.0) -> np.ndarray:
    """Return syllables with pauses between them: a buzz filtered by changing formants, peak 0.5."""
    rng = np.random.default_rng(0)
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    syllable = (time_s / 0.18).astype(int)
    signal = np.zeros_like(time_s)
    for first_hz, second_hz in VOWELS_HZ:
        vowel = np.zeros_like(time_s)
        for frequency_hz in np.arange(pitch_hz, 4_000, pitch_hz):
            gain = sum(1 / (1 + ((frequency_hz - formant) / 90) ** 2) for formant in (first_hz, second_hz))
            vowel += gain * np.sin(2 * np.pi * frequency_hz * time_s + rng.uniform(0, 6))
        signal += vowel * (syllable % 5 == VOWELS_HZ.index((first_hz, second_hz)))
    signal *= np.sin(np.pi * (time_s / 0.18 % 1)) ** 0.5
    return np.asarray(0.5 * signal / np.abs(signal).max())


def noise(duration_s: float = 3.0, *, slope: float = 0.0, seed: int = 0) -> np.ndarray:
    """Return white (slope 0), pink (1) or brown (2) noise with a root mean square of 0.1."""
    n = round(duration_s * SAMPLE_RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=n))
    spectrum *= np.maximum(np.arange(len(spectrum)), 1.0) ** (-slope / 2)
    signal = np.fft.irfft(spectrum, n)
    return np.asarray(0.1 * signal / signal.std())


def tone(frequency_hz: float, duration_s: float = 3.0, *, harmonics: int = 1) -> np.ndarray:
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    number = np.arange(1, harmonics + 1)[:, np.newaxis]
    return np.asarray(np.sum(0.3 / number * np.sin(2 * np.pi * number * frequency_hz * time_s + number), axis=0))


def codes(samples: np.ndarray, sample_rate_hz: int = SAMPLE_RATE_HZ) -> list[str]:
    return [note.code for note in check_quality(from_samples(samples, sample_rate_hz))]


@pytest.mark.parametrize("pitch_hz", [90.0, 130.0, 210.0, 320.0])
def test_a_voice_gets_no_note(pitch_hz: float) -> None:
    assert codes(voice(pitch_hz=pitch_hz)) == []


class TestSilent:
    @pytest.mark.parametrize(
        "samples",
        [
            np.zeros(48_000),
            np.full(48_000, 0.2),
            np.random.default_rng(0).integers(-1, 2, 48_000) / 2**15,
        ],
        ids=["zeros", "a constant offset", "the last bit"],
    )
    def test_an_inaudible_recording_is_silent(self, samples: np.ndarray) -> None:
        assert codes(samples) == ["silent"]

    def test_a_click_is_not_a_voice(self) -> None:
        samples = np.zeros(48_000)
        samples[20_000:20_010] = 0.9
        assert codes(samples) == ["silent"]

    def test_one_word_in_a_long_silence_is_not_silent(self) -> None:
        assert codes(np.concatenate([np.zeros(60 * 16_000), voice(1.0), np.zeros(60 * 16_000)])) == []


class TestTooShort:
    def test_half_a_second_is_long_enough(self) -> None:
        assert codes(voice(0.5)) == []
        assert codes(voice(0.5)[:-1]) == ["too_short"]

    def test_a_single_sample_is_too_short(self) -> None:
        assert codes(np.array([0.5])) == ["too_short"]
        assert codes(np.array([0.0])) == ["too_short", "silent"]


class TestTooQuiet:
    def test_the_level_of_a_quiet_corpus_is_not_too_quiet(self) -> None:
        assert codes(0.01 * voice()) == []

    def test_a_level_far_below_that_is_too_quiet(self) -> None:
        assert codes(0.001 * voice()) == ["too_quiet"]


class TestClipped:
    @pytest.mark.parametrize("gain", [4.0, 8.0, 20.0])
    def test_flat_tops_are_clipped(self, gain: float) -> None:
        assert codes(np.clip(gain * voice(), -1, 1)) == ["clipped"]

    @pytest.mark.parametrize("sample_rate_hz", [44_100, 48_000])
    def test_flat_tops_are_clipped_even_with_ripple_from_resampling(self, sample_rate_hz: int) -> None:
        original = soxr.resample(voice(), SAMPLE_RATE_HZ, sample_rate_hz)
        assert codes(np.clip(4 * original, -1, 1), sample_rate_hz) == ["clipped"]

    @pytest.mark.parametrize("gain", [1.98, 2.0, 2.1, 2.5, 3.0, 5.0])
    def test_a_loud_voice_with_its_tops_is_not_clipped(self, gain: float) -> None:
        assert codes(gain * voice()) == []

    @pytest.mark.parametrize("frequency_hz", [50, 100, 440, 1_000])
    def test_the_round_top_of_a_full_scale_tone_is_not_clipped(self, frequency_hz: float) -> None:
        assert "clipped" not in codes(tone(frequency_hz) / 0.3)


class TestNoSpeech:
    @pytest.mark.parametrize("gain", [0.1, 1.0])
    @pytest.mark.parametrize("duration_s", [0.5, 3.0, 20.0])
    @pytest.mark.parametrize("slope", [0.0, 1.0, 2.0])
    def test_noise_is_not_speech(self, slope: float, duration_s: float, gain: float) -> None:
        for seed in range(5):
            assert codes(gain * noise(duration_s, slope=slope, seed=seed)) == ["not_speech"]

    @pytest.mark.parametrize(
        "samples",
        [
            tone(440),
            tone(100),
            tone(3_000),
            tone(50, harmonics=12),
            tone(60, harmonics=12) + 0.3 * noise(slope=1.0),
            tone(120, harmonics=30),
            tone(440) * (np.arange(48_000) > 20_000),
            tone(50, harmonics=12) * np.linspace(0, 1, 48_000),
            noise() * np.linspace(0, 1, 48_000),
            noise() * (np.arange(48_000) > 20_000),
            noise(slope=1.0) * (1 + np.sin(np.arange(48_000) / 1_000)),
            tone(262) + tone(330) + tone(392),
        ],
        ids=[
            "tone",
            "low tone",
            "high tone",
            "hum",
            "hum and noise",
            "buzz",
            "tone begins",
            "hum fades in",
            "hiss fades in",
            "hiss begins",
            "hiss swells",
            "chord",
        ],
    )
    def test_sounds_with_a_constant_spectrum_are_not_speech(self, samples: np.ndarray) -> None:
        assert codes(0.3 * samples) == ["not_speech"]

    @pytest.mark.parametrize("slope", [0.0, 1.0])
    def test_a_voice_in_noise_is_speech(self, slope: float) -> None:
        speech = voice()
        speech_rms = np.sqrt(np.mean(speech**2))
        assert codes(speech + 10 ** (-5 / 20) * speech_rms * 10 * noise(slope=slope)) == []

    def test_one_word_in_a_minute_of_noise_is_speech(self) -> None:
        samples = 0.05 * noise(60.0)
        samples[400_000:416_000] += voice(1.0)
        assert codes(samples) == []


def test_a_cut_recording_gets_a_note_that_is_not_serious() -> None:
    audio: Audio = replace(from_samples(voice(), SAMPLE_RATE_HZ), was_cut=True)
    (note,) = check_quality(audio)
    assert note.code == "cut"
    assert "3 seconds" in note.message
    assert not note.serious


def test_serious_notes_come_first_and_every_note_has_advice() -> None:
    quiet_noise = from_samples(0.005 * noise(), SAMPLE_RATE_HZ)
    clipped_short = from_samples(np.clip(8 * voice(0.3), -1, 1), SAMPLE_RATE_HZ)
    silent = from_samples(np.zeros(48_000), SAMPLE_RATE_HZ)
    notes_by_code: dict[str, QualityNote] = {}
    for audio in (quiet_noise, clipped_short, silent):
        notes = check_quality(replace(audio, was_cut=True))
        assert [note.serious for note in notes] == sorted((note.serious for note in notes), reverse=True)
        notes_by_code |= {note.code: note for note in notes}
    assert set(notes_by_code) == {"silent", "too_short", "not_speech", "too_quiet", "clipped", "cut"}
    assert {code for code, note in notes_by_code.items() if note.serious} == {"silent", "too_short", "not_speech"}
    for note in notes_by_code.values():
        assert note.message.endswith(".")
        assert note.advice.endswith(".")
