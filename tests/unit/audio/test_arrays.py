"""Recordings from arrays, and arrays as WAV files."""

from __future__ import annotations

import io
import subprocess
import sys
import wave

import numpy as np
import pytest

from ser_core.audio.loading import from_samples, load_audio, to_wav_bytes
from ser_core.errors import EmptyAudioError, UnreadableAudioError
from tests.harness.recordings import encode, sine
from tests.unit.audio.tones import assert_tone


@pytest.mark.parametrize(
    ("dtype", "scale", "offset"),
    [
        (np.float64, 1.0, 0),
        (np.float16, 1.0, 0),
        (np.int16, 2**15, 0),
        (np.int32, 2**31, 0),
        (np.int8, 2**7, 0),
        (np.uint8, 2**7, 2**7),
    ],
)
def test_every_numeric_type_is_scaled(dtype: type[np.number], scale: float, offset: int) -> None:
    samples = (sine(0.5, 16_000)[:, 0] * scale + offset).astype(dtype)
    assert_tone(from_samples(samples, 16_000), 0.5)


def test_channels_and_sample_rates_of_arrays() -> None:
    assert_tone(from_samples(sine(0.5, 48_000, channels=2), 48_000), 0.5)
    audio = from_samples(sine(0.5, 44_100)[:, 0], 44_100)
    assert_tone(audio, 0.5)
    assert (audio.source.format, audio.source.sample_rate_hz, audio.source.channels) == (
        "samples",
        44_100,
        1,
    )
    assert audio.source.duration_s == pytest.approx(0.5)
    assert not audio.was_cut


def test_an_array_gives_the_same_samples_as_its_file() -> None:
    samples = np.random.default_rng(0).normal(0, 0.1, (50_000, 2)).astype(np.float32)
    loaded = load_audio(encode(samples, 44_100, "WAV", "FLOAT"))
    np.testing.assert_allclose(from_samples(samples, 44_100).samples, loaded.samples, atol=1e-5)


def test_different_arrays_have_different_hashes() -> None:
    tone = sine(0.5, 16_000)[:, 0]
    changed_tone = tone.copy()
    changed_tone[100] += 1e-3
    assert from_samples(tone, 16_000).sha256 == from_samples(tone.copy(), 16_000).sha256
    assert from_samples(tone, 16_000).sha256 != from_samples(changed_tone, 16_000).sha256


@pytest.mark.parametrize(
    "samples",
    [
        np.float32(0.5),
        np.zeros((2, 3, 4)),
        np.zeros((2, 16_000)),
        np.zeros((16_000, 0)),
        np.zeros(100, complex),
        np.zeros(100, bool),
        np.array(["a", "b"]),
        np.array([0.0, np.nan]),
        np.array([0.0, 1e300]),
    ],
)
def test_an_array_that_is_not_audio_is_refused(samples: np.ndarray) -> None:
    with pytest.raises(UnreadableAudioError):
        from_samples(samples, 16_000)


@pytest.mark.parametrize("rate_hz", [0, -16_000, 1, 3_999, 192_001, np.nan, np.inf])
def test_an_impossible_sample_rate_is_refused(rate_hz: float) -> None:
    with pytest.raises(UnreadableAudioError, match="sample rate"):
        from_samples(np.zeros(100), rate_hz)


def test_an_empty_array_is_refused() -> None:
    with pytest.raises(EmptyAudioError):
        from_samples(np.empty(0), 16_000)


def test_a_wav_file_has_the_right_header_and_samples() -> None:
    integers = np.random.default_rng(0).integers(-(2**15), 2**15, 1_000).astype(np.int16)
    data = to_wav_bytes(integers / np.float32(2**15), 22_050)
    with wave.open(io.BytesIO(data)) as file:
        assert file.getparams()[:4] == (1, 2, 22_050, 1_000)
        np.testing.assert_array_equal(np.frombuffer(file.readframes(1_000), "<i2"), integers)


def test_values_beyond_full_scale_are_clipped() -> None:
    samples = load_audio(to_wav_bytes(np.array([1.5, -1.5, 1.0, -1.0]))).samples
    np.testing.assert_allclose(samples, [1.0, -1.0, 1.0, -1.0], atol=1e-4)


def test_importing_the_package_does_not_import_heavy_libraries() -> None:
    heavy = {"librosa", "numba", "tensorflow", "keras", "av", "streamlit"}
    code = f"import sys, ser_core.audio, ser_core.audio.quality; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
