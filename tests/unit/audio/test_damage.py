"""Damaged recordings and headers with wrong numbers."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.errors import AudioError, UnreadableAudioError
from tests.harness.recordings import AV_KINDS, SOUNDFILE_KINDS, encode, encode_with_av, every_kind, sine
from tests.unit.audio.tones import assert_tone

EVERY_KIND = every_kind()


def with_number(data: bytes, offset: int, layout: str, value: int) -> bytes:
    """Replace a number in a header, given its place and its ``struct`` layout."""
    return data[:offset] + struct.pack(layout, value) + data[offset + struct.calcsize(layout) :]


class TestWrongHeaders:
    # Offsets of the fields in a plain 44-byte WAV header.
    riff_size, channel_count, rate, block_size, bit_depth, data_size = 4, 22, 24, 32, 34, 40

    @pytest.fixture
    def wav(self) -> bytes:
        return to_wav_bytes(sine(0.5, 16_000)[:, 0])

    @pytest.mark.parametrize("rate_hz", [0, 1, 3_999, 192_001, 2**31 - 1, 2**31, 4_000_000_000, 2**32 - 1])
    def test_an_impossible_sample_rate_is_refused(self, wav: bytes, rate_hz: int) -> None:
        with pytest.raises(UnreadableAudioError):
            load_audio(with_number(wav, self.rate, "<I", rate_hz))

    @pytest.mark.parametrize("channels", [0, 1_025, 65_535])
    def test_an_impossible_number_of_channels_is_refused(self, wav: bytes, channels: int) -> None:
        with pytest.raises(AudioError):
            load_audio(with_number(wav, self.channel_count, "<H", channels))

    @pytest.mark.parametrize("bits", [0, 33, 65_535])
    def test_an_impossible_bit_depth_is_refused(self, wav: bytes, bits: int) -> None:
        with pytest.raises(AudioError):
            load_audio(with_number(wav, self.bit_depth, "<H", bits))

    @pytest.mark.parametrize("size", [2**31, 2**32 - 1])
    def test_unknown_sizes_of_a_streamed_wav_are_accepted(self, wav: bytes, size: int) -> None:
        wav = with_number(with_number(wav, self.riff_size, "<I", size), self.data_size, "<I", size)
        assert_tone(load_audio(wav), 0.5)

    def test_a_data_size_beyond_the_end_does_not_change_the_duration(self, wav: bytes) -> None:
        audio = load_audio(with_number(wav, self.data_size, "<I", 32_000 * 3_600))
        assert audio.source.duration_s == pytest.approx(0.5)
        assert not audio.was_cut

    def test_a_forged_alac_header_cannot_request_gigabytes(self) -> None:
        data = encode_with_av(sine(0.5, 44_100), 44_100, "mp4", "alac")
        cookie = data.rindex(b"alac\0\0\0\0\0\0\x10\0")
        with pytest.raises(UnreadableAudioError):
            load_audio(with_number(data, cookie + 8, ">I", 2**24))


class TestDamage:
    """Warnings are errors here, so an exception in a callback from C, which Python only prints, also fails a test."""

    @pytest.mark.parametrize("name", EVERY_KIND)
    def test_a_file_cut_off_at_any_place_is_read_or_refused(self, name: str) -> None:
        data = EVERY_KIND[name]
        for length in [*range(0, 200, 5), *np.linspace(200, len(data) - 1, 40, dtype=int)]:
            self.assert_read_or_refused(data[:length])

    @pytest.mark.parametrize("name", EVERY_KIND)
    def test_a_file_with_changed_bytes_is_read_or_refused(self, name: str) -> None:
        rng = np.random.default_rng(0)
        for trial in range(60):
            damaged = bytearray(EVERY_KIND[name])
            end = len(damaged) if trial % 2 else 300
            for position in rng.integers(0, end, rng.integers(1, 10)):
                damaged[position] = rng.integers(256)
            self.assert_read_or_refused(bytes(damaged))

    @staticmethod
    def assert_read_or_refused(data: bytes) -> None:
        try:
            audio = load_audio(data)
        except AudioError:
            return
        assert audio.samples.dtype == np.float32
        assert 0 < len(audio.samples) <= 600 * SAMPLE_RATE_HZ
        assert np.isfinite(audio.samples).all()

    @pytest.mark.parametrize("name", ["wav", "flac", "aiff", "vorbis", "opus", "mp3", "aac", "webm"])
    def test_the_part_before_the_damage_is_kept(self, name: str) -> None:
        noise = np.random.default_rng(0).normal(0, 0.1, (96_000, 1)).astype(np.float32)
        if name in AV_KINDS:
            data = encode_with_av(noise, 48_000, *AV_KINDS[name][:2])
        else:
            data = encode(noise, 48_000, *SOUNDFILE_KINDS[name][:2])
        audio = load_audio(data[: len(data) * 2 // 3])
        assert 0.8 < audio.duration_s < 1.5
        assert audio.source.duration_s == pytest.approx(audio.duration_s, abs=0.01)
