"""Each part of a change affects its own property of the voice and no other."""

from __future__ import annotations

import dataclasses

import numpy as np
import parselmouth
import pytest
from scipy.signal import lfilter

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.errors import AudioError
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.voice import MAX_DURATION_S, NEUTRAL, PRESETS, RANGES, VoiceChange, change_voice

FORMANTS_HZ = (700.0, 1_200.0, 2_600.0, 3_500.0, 4_500.0)
PITCH_HZ = 120.0


def vowel(pitch_hz: np.ndarray) -> np.ndarray:
    """Synthesise an "ah": a pulse train through five resonators, after Klatt (1980)."""
    phase = np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    wave = np.diff(np.floor(phase), prepend=0.0)
    for formant_hz in FORMANTS_HZ:
        radius = np.exp(-np.pi * 80.0 / SAMPLE_RATE_HZ)
        wave = lfilter([1.0], [1.0, -2.0 * radius * np.cos(2.0 * np.pi * formant_hz / SAMPLE_RATE_HZ), radius**2], wave)
    return 0.4 * wave / np.abs(wave).max()


def clip(samples: np.ndarray) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)


@pytest.fixture(scope="module")
def voice() -> Audio:
    """Two rising melodies, from three semitones below 120 Hz to three above, with a pause between them."""
    semitones = np.linspace(-3.0, 3.0, round(1.5 * SAMPLE_RATE_HZ))
    melody = vowel(PITCH_HZ * 2.0 ** (semitones / 12.0))
    return clip(np.concatenate([melody, np.zeros(SAMPLE_RATE_HZ // 4), melody]))


def cues_of(audio: Audio) -> Cues:
    return measure_cues(extract_features(audio))


def formants_hz(audio: Audio) -> np.ndarray:
    """Return the medians of the first three formants, by Burg's method."""
    sound = parselmouth.Sound(audio.samples.astype(np.float64), SAMPLE_RATE_HZ)
    formants = sound.to_formant_burg(max_number_of_formants=5, maximum_formant=5_000.0)
    times_s = np.arange(0.05, audio.duration_s - 0.05, 0.01)
    return np.array([np.nanmedian([formants.get_value_at_time(n, t) for t in times_s]) for n in (1, 2, 3)])


def harmonicity_db(audio: Audio) -> float:
    """Return the median harmonics-to-noise ratio of the frames (Boersma 1993)."""
    sound = parselmouth.Sound(audio.samples.astype(np.float64), SAMPLE_RATE_HZ)
    values = sound.to_harmonicity_cc(minimum_pitch=60.0).values
    return float(np.median(values[values > -200.0]))


def band_db(audio: Audio, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(audio.samples)) ** 2
    hz = np.fft.rfftfreq(len(audio.samples), 1.0 / SAMPLE_RATE_HZ)
    return 10.0 * float(np.log10(power[(hz >= low_hz) & (hz < high_hz)].sum()))


@pytest.mark.parametrize("pitch_st", [-5.0, 4.0, 7.0])
def test_pitch_moves_by_semitones_and_nothing_else_changes(voice: Audio, pitch_st: float) -> None:
    before, after = cues_of(voice), cues_of(change_voice(voice, VoiceChange(pitch_st=pitch_st)).audio)
    assert after.pitch_hz / before.pitch_hz == pytest.approx(2.0 ** (pitch_st / 12.0), rel=0.02)
    assert after.pitch_range_st == pytest.approx(before.pitch_range_st, abs=0.3)
    assert after.speech_s == pytest.approx(before.speech_s, abs=0.05)
    assert after.level_dbfs == pytest.approx(before.level_dbfs, abs=0.4)


def test_four_semitones_are_a_factor_of_1_26_and_keep_length_and_formants(voice: Audio) -> None:
    changed = change_voice(voice, VoiceChange(pitch_st=4.0)).audio
    assert cues_of(changed).pitch_hz / cues_of(voice).pitch_hz == pytest.approx(1.26, rel=0.01)
    assert len(changed.samples) == len(voice.samples)
    np.testing.assert_allclose(formants_hz(changed), formants_hz(voice), rtol=0.06)


@pytest.mark.parametrize("intonation", [0.0, 0.5, 2.0])
def test_intonation_widens_the_melody_around_its_median(voice: Audio, intonation: float) -> None:
    before, after = cues_of(voice), cues_of(change_voice(voice, VoiceChange(intonation=intonation)).audio)
    assert after.pitch_range_st == pytest.approx(intonation * before.pitch_range_st, abs=0.3)
    assert after.pitch_hz == pytest.approx(before.pitch_hz, rel=0.03)
    assert after.speech_s == pytest.approx(before.speech_s, abs=0.05)


@pytest.mark.parametrize("tempo", [0.7, 1.25, 1.5])
def test_tempo_changes_the_length_and_keeps_the_pitch(voice: Audio, tempo: float) -> None:
    changed = change_voice(voice, VoiceChange(tempo=tempo)).audio
    before, after = cues_of(voice), cues_of(changed)
    assert changed.duration_s == pytest.approx(voice.duration_s / tempo, rel=0.001)
    assert after.pitch_hz == pytest.approx(before.pitch_hz, rel=0.01)
    assert after.pitch_range_st == pytest.approx(before.pitch_range_st, abs=0.3)
    assert after.pause_share == pytest.approx(before.pause_share, abs=0.04)
    np.testing.assert_allclose(formants_hz(changed), formants_hz(voice), rtol=0.06)


@pytest.mark.parametrize("loudness_db", [-12.0, 6.0])
def test_loudness_is_a_gain_and_nothing_else(voice: Audio, loudness_db: float) -> None:
    changed = change_voice(voice, VoiceChange(loudness_db=loudness_db))
    np.testing.assert_allclose(changed.audio.samples, voice.samples * 10.0 ** (loudness_db / 20.0), rtol=1e-5)
    assert changed.held_back_db == 0.0


def test_loudness_is_limited_before_clipping_and_the_reduction_is_reported(voice: Audio) -> None:
    changed = change_voice(voice, VoiceChange(loudness_db=20.0))
    assert np.abs(changed.audio.samples).max() == pytest.approx(1.0)
    gain_db = cues_of(changed.audio).level_dbfs - cues_of(voice).level_dbfs
    assert gain_db + changed.held_back_db == pytest.approx(20.0, abs=0.01)
    assert changed.held_back_db > 5.0


@pytest.mark.parametrize("brightness_db", [-12.0, 9.0])
def test_brightness_tilts_the_spectrum_at_the_same_level(brightness_db: float) -> None:
    noise = clip(np.random.default_rng(1).normal(0.0, 0.05, 2 * SAMPLE_RATE_HZ))
    changed = change_voice(noise, VoiceChange(brightness_db=brightness_db)).audio
    treble, bass = (4_200.0, 7_900.0), (50.0, 480.0)
    gains_db = [band_db(changed, *band) - band_db(noise, *band) for band in (treble, bass)]
    assert gains_db[0] - gains_db[1] == pytest.approx(brightness_db, abs=0.2)
    assert np.std(changed.samples) == pytest.approx(np.std(noise.samples), rel=1e-3)


def test_brightness_keeps_pitch_length_and_formants(voice: Audio) -> None:
    changed = change_voice(voice, VoiceChange(brightness_db=8.0)).audio
    before, after = cues_of(voice), cues_of(changed)
    assert after.brightness_hz > 1.05 * before.brightness_hz
    assert after.pitch_hz == pytest.approx(before.pitch_hz, rel=0.005)
    assert after.level_dbfs == pytest.approx(before.level_dbfs, abs=0.2)
    assert len(changed.samples) == len(voice.samples)
    np.testing.assert_allclose(formants_hz(changed), formants_hz(voice), rtol=0.06)


def test_hoarseness_adds_noise_and_keeps_level_pitch_and_envelope(voice: Audio) -> None:
    changed = change_voice(voice, VoiceChange(hoarseness=0.3)).audio
    before, after = cues_of(voice), cues_of(changed)
    assert harmonicity_db(changed) < harmonicity_db(voice) - 8.0
    assert after.pitch_hz == pytest.approx(before.pitch_hz, rel=0.03)
    assert after.level_dbfs == pytest.approx(before.level_dbfs, abs=0.5)
    assert after.brightness_hz == pytest.approx(before.brightness_hz, rel=0.1)
    assert len(changed.samples) == len(voice.samples)


def test_more_hoarseness_lowers_the_harmonicity(voice: Audio) -> None:
    slight, medium, strong = (
        harmonicity_db(change_voice(voice, VoiceChange(hoarseness=share)).audio) for share in (0.05, 0.2, 0.6)
    )
    assert slight > medium > strong


def test_a_neutral_change_returns_the_same_clip(voice: Audio) -> None:
    changed = change_voice(voice, NEUTRAL)
    assert changed.audio is voice
    assert changed.before is voice


def test_the_same_change_gives_the_same_sound(voice: Audio) -> None:
    change = VoiceChange(2.0, 1.5, 1.1, 3.0, 4.0, 0.2)
    assert change_voice(voice, change).audio.sha256 == change_voice(voice, change).audio.sha256


def test_silence_stays_silent() -> None:
    silence = clip(np.zeros(SAMPLE_RATE_HZ))
    for preset in PRESETS:
        assert not change_voice(silence, preset.change).audio.samples.any()


def test_noise_has_no_pitch_and_only_its_tempo_changes() -> None:
    noise = clip(np.random.default_rng(0).normal(0.0, 0.1, SAMPLE_RATE_HZ))
    changed = change_voice(noise, VoiceChange(pitch_st=5.0, tempo=1.25)).audio
    assert changed.duration_s == pytest.approx(0.8, rel=0.01)
    assert np.std(changed.samples) == pytest.approx(0.1, rel=0.2)


@pytest.mark.parametrize("n_samples", [1, 100, 799])
def test_a_click_is_too_short_for_a_pitch_change_but_not_for_a_gain(n_samples: int) -> None:
    click = clip(np.full(n_samples, 0.1))
    with pytest.raises(AudioError, match="lasts only"):
        change_voice(click, VoiceChange(pitch_st=1.0))
    louder = change_voice(click, VoiceChange(loudness_db=6.0, brightness_db=3.0, hoarseness=0.1))
    assert len(louder.audio.samples) == n_samples


@pytest.mark.parametrize("n_samples", [800, 1_000, 1_600])
def test_one_syllable_is_long_enough(n_samples: int) -> None:
    syllable = clip(vowel(np.full(n_samples, PITCH_HZ)))
    changed = change_voice(syllable, VoiceChange(2.0, 1.5, 0.8, 0.0, 5.0, 0.2)).audio
    assert len(changed.samples) == pytest.approx(n_samples / 0.8, abs=2)
    assert np.isfinite(changed.samples).all()


def test_only_the_first_half_minute_of_a_long_clip_is_used() -> None:
    long = clip(np.tile(vowel(np.full(SAMPLE_RATE_HZ, PITCH_HZ)), 600))
    changed = change_voice(long, VoiceChange(tempo=1.25))
    assert changed.before.duration_s == MAX_DURATION_S
    assert changed.audio.duration_s == pytest.approx(MAX_DURATION_S / 1.25)
    np.testing.assert_array_equal(
        change_voice(long, NEUTRAL).audio.samples, long.samples[: len(changed.before.samples)]
    )


def test_a_change_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="tempo is 5"):
        VoiceChange(tempo=5.0)


def test_every_part_of_a_change_has_its_range() -> None:
    assert list(RANGES) == [field.name for field in dataclasses.fields(VoiceChange)]
