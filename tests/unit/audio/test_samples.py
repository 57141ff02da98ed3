"""The decoded samples: exact values, channels, seams between blocks, invalid numbers."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
import soundfile
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio
from ser_core.errors import AudioError, EmptyAudioError, UnreadableAudioError
from tests.harness.recordings import SOUNDFILE_KINDS, encode, encode_with_av, sine


def test_the_samples_of_a_16_khz_wav_are_not_changed() -> None:
    integers = np.random.default_rng(0).integers(-(2**15), 2**15, 20_000).astype(np.int16)
    audio = load_audio(encode(integers, 16_000))
    np.testing.assert_array_equal(audio.samples, integers / np.float32(2**15))


def test_resampling_in_blocks_equals_resampling_at_once() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 100_000).astype(np.float32)
    audio = load_audio(encode(noise, 44_100, "WAV", "FLOAT"))
    expected = soxr.resample(noise, 44_100, SAMPLE_RATE_HZ, quality="HQ")
    assert abs(len(audio.samples) - len(expected)) <= 1
    n = min(len(audio.samples), len(expected))
    np.testing.assert_allclose(audio.samples[:n], expected[:n], atol=1e-5)


@pytest.mark.parametrize("name", SOUNDFILE_KINDS)
def test_decoding_in_blocks_equals_decoding_at_once(name: str) -> None:
    data = encode(sine(2.0, 16_000), 16_000, *SOUNDFILE_KINDS[name][:2])
    whole, _ = soundfile.read(io.BytesIO(data), dtype="float32")
    np.testing.assert_allclose(load_audio(data).samples, whole, atol=1e-6)


@pytest.mark.parametrize("kind", [("WAV", "PCM_U8"), ("mov", "pcm_u8")])
def test_8_bit_silence_is_zero(kind: tuple[str, str]) -> None:
    silence = np.zeros((16_000, 1), np.float32)
    data = encode(silence, 16_000, *kind) if kind[0] == "WAV" else encode_with_av(silence, 16_000, *kind)
    assert np.abs(load_audio(data).samples).max() == 0.0


def test_channels_are_averaged() -> None:
    samples = np.stack([np.full(16_000, 0.5), np.full(16_000, -0.1), np.full(16_000, 0.2)], axis=1)
    np.testing.assert_allclose(load_audio(encode(samples, 16_000)).samples, 0.2, atol=1e-4)


def test_floats_beyond_full_scale_are_kept() -> None:
    audio = load_audio(encode(4 * sine(0.5, 16_000), 16_000, "WAV", "FLOAT"))
    assert audio.samples.max() == pytest.approx(2.0, rel=1e-3)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
@pytest.mark.parametrize("channels", [1, 2])
def test_samples_that_are_not_finite_are_refused(bad: float, subtype: str, channels: int) -> None:
    samples = sine(1.0, 44_100, channels=channels).astype(np.float64)
    samples[20_000, -1] = bad
    with pytest.raises(UnreadableAudioError, match="finite"):
        load_audio(encode(samples, 44_100, "WAV", subtype))


def test_a_single_sample_is_read() -> None:
    assert len(load_audio(encode(np.array([0.5]), 16_000)).samples) == 1


@pytest.mark.parametrize("sample_rate_hz", [4_000, 48_000, 192_000])
def test_a_single_sample_of_another_rate_is_read_or_refused(sample_rate_hz: int) -> None:
    with contextlib.suppress(EmptyAudioError):
        assert len(load_audio(encode(np.array([0.5]), sample_rate_hz)).samples)


@pytest.mark.parametrize("file_format", ["WAV", "AIFF", "FLAC"])
def test_a_file_without_samples_is_refused(file_format: str) -> None:
    with pytest.raises(AudioError):
        load_audio(encode(np.empty(0), 16_000, file_format))
