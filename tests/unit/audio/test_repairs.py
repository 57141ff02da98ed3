"""Recordings whose header or beginning is wrong, although their sound is whole, are read."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from ser_core.audio.loading import load_audio, to_wav_bytes
from ser_core.errors import AudioError, EmptyAudioError
from tests.harness.recordings import encode, sine
from tests.unit.audio.tones import assert_tone

RATE_HZ = 48_000
MP3 = encode(sine(1.0, RATE_HZ), RATE_HZ, "MP3", "MPEG_LAYER_III")
FLAC = encode(sine(1.0, RATE_HZ), RATE_HZ, "FLAC", "PCM_16")


def with_sizes(wav: bytes, riff_bytes: int, data_bytes: int) -> bytes:
    """Replace the two sizes in a WAV file."""
    content = wav.index(b"data")
    data_header = b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + struct.pack("<I", riff_bytes) + wav[8:content] + data_header + wav[content + 8 :]


class TestStoppedRecorder:
    """A recorder writes the sizes when the recording ends. If it was stopped before, they are zero or provisional."""

    wav = to_wav_bytes(sine(1.0, 16_000)[:, 0])

    @pytest.mark.parametrize("riff_bytes", [0, 36, 2**32 - 1, len(wav) - 8])
    @pytest.mark.parametrize("data_bytes", [0, 2**32 - 1])
    def test_a_provisional_size_does_not_cut_the_recording(self, riff_bytes: int, data_bytes: int) -> None:
        audio = load_audio(with_sizes(self.wav, riff_bytes, data_bytes))
        np.testing.assert_array_equal(audio.samples, load_audio(self.wav).samples)
        assert not audio.was_cut

    @pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "FLOAT", "IMA_ADPCM"])
    def test_every_sample_format_and_a_longer_header(self, subtype: str) -> None:
        wav = encode(sine(1.0, RATE_HZ, channels=2), RATE_HZ, "WAV", subtype)
        assert_tone(load_audio(with_sizes(wav, 0, 0)), 1.0, length_tolerance_s=0.1)

    def test_a_recorder_that_was_stopped_at_once_left_no_sound(self) -> None:
        with pytest.raises(AudioError):
            load_audio(with_sizes(self.wav[:44], 0, 0))

    def test_an_empty_data_chunk_before_other_chunks_is_empty(self) -> None:
        text = b"LIST" + struct.pack("<I", 16) + b"INFOIART" + struct.pack("<I", 4) + b"me\0\0"
        with pytest.raises(EmptyAudioError, match="saved completely"):
            load_audio(with_sizes(self.wav[:44] + text, 36 + len(text), 0))


def id3(claimed_bytes: int, real_bytes: int) -> bytes:
    """Return an ID3 tag whose size field may be wrong."""
    size = bytes(claimed_bytes >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + b"TIT2" + bytes(real_bytes - 4)


class TestBeginnings:
    @pytest.mark.parametrize("n_bytes", [1, 10, 417, 1_024, 5_000, 1_000_000])
    @pytest.mark.parametrize("content", ["zeros", "noise"])
    @pytest.mark.parametrize("data", [MP3, FLAC], ids=["MP3", "FLAC"])
    def test_bytes_before_the_sound_are_skipped(self, data: bytes, content: str, n_bytes: int) -> None:
        leading = bytes(n_bytes) if content == "zeros" else np.random.default_rng(0).bytes(n_bytes)
        assert_tone(load_audio(leading + data), 1.0, length_tolerance_s=0.03)

    @pytest.mark.parametrize(
        ("claimed_bytes", "real_bytes"),
        [(0, 100), (50, 100), (200, 100), (100_000, 100), (2**28 - 1, 100), (9, 70_000)],
    )
    @pytest.mark.parametrize("data", [MP3, FLAC], ids=["MP3", "FLAC"])
    def test_the_size_of_an_id3_tag_may_be_wrong(self, data: bytes, claimed_bytes: int, real_bytes: int) -> None:
        assert_tone(load_audio(id3(claimed_bytes, real_bytes) + data), 1.0, length_tolerance_s=0.03)

    @pytest.mark.parametrize("n_bytes", [1, 417, 1_024, 100_000])
    @pytest.mark.parametrize("data", [MP3, FLAC], ids=["MP3", "FLAC"])
    def test_zeros_after_the_sound_are_skipped(self, data: bytes, n_bytes: int) -> None:
        assert_tone(load_audio(data + bytes(n_bytes)), 1.0, length_tolerance_s=0.03)

    def test_random_bytes_are_not_taken_for_mp3(self) -> None:
        for seed in range(50):
            with pytest.raises(AudioError):
                load_audio(b"\x01" + np.random.default_rng(seed).bytes(100_000))


def test_an_mp3_of_variable_bit_rate_without_a_table_of_its_length_is_read_to_its_end() -> None:
    # From noise to silence, so that the bit rate of the first frame is far above that of the others.
    noise = np.random.default_rng(0).normal(0.0, 0.1, 4 * RATE_HZ) * np.linspace(1.0, 0.0, 4 * RATE_HZ) ** 8
    mp3 = encode(noise, RATE_HZ, "MP3", "MPEG_LAYER_III")
    table = mp3.index(b"Xing")
    second_frame = mp3.index(mp3[:2], table)
    assert load_audio(mp3[second_frame:]).duration_s == pytest.approx(4.0, abs=0.1)
