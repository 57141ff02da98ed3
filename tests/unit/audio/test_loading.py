"""Every kind of recording in, 16 kHz mono out; everything else one of our errors."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, AudioLimits, from_samples, load_audio, to_wav_bytes
from ser_core.errors import AudioError, AudioTooLargeError, EmptyAudioError, UnreadableAudioError
from tests.harness.recordings import AV_KINDS, SOUNDFILE_KINDS, encode, encode_with_av, every_kind, silence, sine

WAV_SUBTYPES = ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW", "IMA_ADPCM"]
EVERY_KIND = every_kind()


def assert_tone(
    audio: Audio,
    duration_s: float,
    *,
    frequency_hz: float = 440.0,
    length_tolerance_s: float = 0.0,
    level: float = 0.5,
) -> None:
    assert audio.samples.dtype == np.float32
    assert audio.samples.ndim == 1
    assert np.isfinite(audio.samples).all()
    assert duration_s - 1e-3 <= audio.duration_s <= duration_s + length_tolerance_s + 1e-3
    middle = audio.samples[len(audio.samples) // 4 : len(audio.samples) * 3 // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 2**17))
    assert np.argmax(spectrum) * SAMPLE_RATE_HZ / 2**17 == pytest.approx(frequency_hz, abs=1.0)
    assert np.sqrt(2 * np.mean(middle**2)) == pytest.approx(level, rel=0.03)


class TestKinds:
    @pytest.mark.parametrize("subtype", WAV_SUBTYPES)
    def test_wav_of_every_sample_format(self, subtype: str) -> None:
        audio = load_audio(encode(sine(0.5, 44_100), 44_100, "WAV", subtype))
        assert_tone(audio, 0.5, length_tolerance_s=0.1 if subtype == "IMA_ADPCM" else 0.0)
        assert audio.source.format == "WAV"
        assert audio.source.sample_rate_hz == 44_100
        assert not audio.was_cut

    @pytest.mark.parametrize(
        "sample_rate_hz",
        [4_000, 8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000],
    )
    def test_wav_of_every_rate(self, sample_rate_hz: int) -> None:
        audio = load_audio(encode(sine(0.5, sample_rate_hz), sample_rate_hz))
        assert_tone(audio, 0.5)
        assert audio.source.sample_rate_hz == sample_rate_hz
        assert audio.source.duration_s == pytest.approx(0.5, abs=1 / sample_rate_hz)

    @pytest.mark.parametrize("channels", [1, 2, 3, 6, 32, 255])
    def test_wav_of_every_channel_count(self, channels: int) -> None:
        audio = load_audio(encode(sine(0.5, 16_000, channels=channels), 16_000))
        assert_tone(audio, 0.5)
        assert audio.source.channels == channels

    @pytest.mark.parametrize("name", SOUNDFILE_KINDS)
    def test_kinds_of_soundfile(self, name: str) -> None:
        file_format, subtype, shown, tolerance_s = SOUNDFILE_KINDS[name]
        audio = load_audio(encode(sine(1.0, 48_000, channels=2), 48_000, file_format, subtype))
        assert_tone(audio, 1.0, length_tolerance_s=tolerance_s)
        assert (audio.source.format, audio.source.sample_rate_hz, audio.source.channels) == (shown, 48_000, 2)

    @pytest.mark.parametrize("name", AV_KINDS)
    @pytest.mark.parametrize("channels", [1, 2])
    def test_kinds_of_av(self, name: str, channels: int) -> None:
        container_format, codec, shown, tolerance_s = AV_KINDS[name]
        samples = sine(1.0, 48_000, channels=channels)
        audio = load_audio(encode_with_av(samples, 48_000, container_format, codec))
        assert_tone(audio, 1.0, length_tolerance_s=tolerance_s)
        assert (audio.source.format, audio.source.sample_rate_hz, audio.source.channels) == (
            shown,
            48_000,
            channels,
        )

    def test_sound_of_a_video(self) -> None:
        audio = load_audio(encode_with_av(sine(1.0, 44_100), 44_100, "mp4", "aac", picture_px=32))
        assert_tone(audio, 1.0, length_tolerance_s=0.06)

    def test_video_without_sound(self) -> None:
        with pytest.raises(EmptyAudioError, match="no sound track"):
            load_audio(encode_with_av(np.empty((0, 1), np.float32), 44_100, "mp4", "aac", picture_px=32))

    @pytest.mark.parametrize("name", ["aiff", "mp3", "flac", "webm", "m4a"])
    def test_content_decides_not_the_name(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / "clip.wav"
        path.write_bytes(EVERY_KIND[name])
        assert load_audio(path).source.format != "WAV"

    @pytest.mark.parametrize("name", ["mp3", "flac", "aac"])
    def test_a_tag_before_the_audio(self, name: str) -> None:
        tag = b"ID3\x04\x00\x00\x00\x00\x02\x00" + bytes(256)
        tagged = load_audio(tag + EVERY_KIND[name])
        plain = load_audio(EVERY_KIND[name])
        assert tagged.source == plain.source
        np.testing.assert_allclose(tagged.samples, plain.samples, atol=1e-4)

    def test_a_rate_that_changes_midway(self) -> None:
        first = encode_with_av(sine(0.5, 48_000), 48_000, "adts", "aac")
        second = encode_with_av(sine(0.5, 24_000), 24_000, "adts", "aac")
        audio = load_audio(first + second)
        halves = [load_audio(first).samples, load_audio(second).samples]
        assert len(audio.samples) == pytest.approx(sum(map(len, halves)), abs=2)
        assert audio.source.duration_s == pytest.approx(audio.duration_s, abs=1e-3)
        for part in (audio.samples[:8_000], audio.samples[-8_000:]):
            assert_tone(from_samples(part, SAMPLE_RATE_HZ), 0.5)


class TestSamples:
    def test_16_khz_wav_is_taken_sample_for_sample(self) -> None:
        integers = np.random.default_rng(0).integers(-(2**15), 2**15, 20_000).astype(np.int16)
        audio = load_audio(encode(integers, 16_000))
        np.testing.assert_array_equal(audio.samples, integers / np.float32(2**15))

    def test_blocks_leave_no_seams(self) -> None:
        noise = np.random.default_rng(0).normal(0, 0.1, 100_000).astype(np.float32)
        audio = load_audio(encode(noise, 44_100, "WAV", "FLOAT"))
        expected = soxr.resample(noise, 44_100, SAMPLE_RATE_HZ, quality="HQ")
        assert abs(len(audio.samples) - len(expected)) <= 1
        n = min(len(audio.samples), len(expected))
        np.testing.assert_allclose(audio.samples[:n], expected[:n], atol=1e-5)

    @pytest.mark.parametrize("name", SOUNDFILE_KINDS)
    def test_blocks_are_the_whole(self, name: str) -> None:
        data = encode(sine(2.0, 16_000), 16_000, *SOUNDFILE_KINDS[name][:2])
        whole, _ = soundfile.read(io.BytesIO(data), dtype="float32")
        np.testing.assert_allclose(load_audio(data).samples, whole, atol=1e-6)

    @pytest.mark.parametrize("kind", [("WAV", "PCM_U8"), ("mov", "pcm_u8")])
    def test_8_bit_silence_is_zero(self, kind: tuple[str, str]) -> None:
        silence = np.zeros((16_000, 1), np.float32)
        data = encode(silence, 16_000, *kind) if kind[0] == "WAV" else encode_with_av(silence, 16_000, *kind)
        assert np.abs(load_audio(data).samples).max() == 0.0

    def test_channels_are_averaged(self) -> None:
        samples = np.stack([np.full(16_000, 0.5), np.full(16_000, -0.1), np.full(16_000, 0.2)], axis=1)
        np.testing.assert_allclose(load_audio(encode(samples, 16_000)).samples, 0.2, atol=1e-4)

    def test_opposite_channels_cancel_without_complaint(self) -> None:
        tone = sine(0.5, 16_000)
        audio = load_audio(encode(np.hstack([tone, -tone]), 16_000, "WAV", "FLOAT"))
        assert np.abs(audio.samples).max() == 0.0

    def test_floats_beyond_full_scale_are_kept(self) -> None:
        audio = load_audio(encode(4 * sine(0.5, 16_000), 16_000, "WAV", "FLOAT"))
        assert audio.samples.max() == pytest.approx(2.0, rel=1e-3)

    @pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
    @pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
    @pytest.mark.parametrize("channels", [1, 2])
    def test_samples_that_are_no_numbers(self, bad: float, subtype: str, channels: int) -> None:
        samples = sine(1.0, 44_100, channels=channels).astype(np.float64)
        samples[20_000, -1] = bad
        with pytest.raises(UnreadableAudioError, match="finite"):
            load_audio(encode(samples, 44_100, "WAV", subtype))

    def test_one_sample(self) -> None:
        assert len(load_audio(encode(np.array([0.5]), 16_000)).samples) == 1

    @pytest.mark.parametrize("sample_rate_hz", [4_000, 48_000, 192_000])
    def test_one_sample_of_another_rate_ends_well(self, sample_rate_hz: int) -> None:
        with contextlib.suppress(EmptyAudioError):
            assert len(load_audio(encode(np.array([0.5]), sample_rate_hz)).samples)

    @pytest.mark.parametrize("file_format", ["WAV", "AIFF", "FLAC"])
    def test_no_samples(self, file_format: str) -> None:
        with pytest.raises(AudioError):
            load_audio(encode(np.empty(0), 16_000, file_format))


class NoSeek(io.RawIOBase):
    """A stream as of a network: no way back, and a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece, self._rest = self._rest[: min(size, 1_000)], self._rest[min(size, 1_000) :]
        return piece


class Upload(io.BytesIO):
    """As Streamlit's uploads are made: a BytesIO with a name."""

    name = "secret-name.wav"


class TestSources:
    def test_all_give_the_same(self, tmp_path: Path) -> None:
        data = EVERY_KIND["wav"]
        path = tmp_path / "clip"
        path.write_bytes(data)
        with path.open("rb") as opened:
            sources = [path, str(path), data, bytearray(data), memoryview(data), io.BytesIO(data)]
            sources += [Upload(data), NoSeek(data), opened]
            loaded = [load_audio(source) for source in sources]
        for audio in loaded:
            np.testing.assert_array_equal(audio.samples, loaded[0].samples)
            assert audio.sha256 == hashlib.sha256(data).hexdigest()

    def test_a_file_object_is_read_from_its_start_and_left_where_it_was(self) -> None:
        upload = Upload(EVERY_KIND["m4a"])
        upload.seek(77)
        assert_tone(load_audio(upload), 0.3, length_tolerance_s=0.03)
        assert upload.tell() == 77

    @pytest.mark.parametrize("make", ["missing", "folder", "empty name", "null"])
    def test_no_file_there(self, make: str, tmp_path: Path) -> None:
        source = {
            "missing": tmp_path / "secret-name.wav",
            "folder": tmp_path,
            "empty name": "",
            "null": "a\0b",
        }[make]
        with pytest.raises(UnreadableAudioError, match="no file") as caught:
            load_audio(source)
        assert "secret-name" not in str(caught.value)

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "secret-name.wav"
        path.write_bytes(EVERY_KIND["wav"])

        def refuse(*args: object, **kwargs: object) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr("builtins.open", refuse)
        with pytest.raises(UnreadableAudioError, match="Permission denied") as caught:
            load_audio(path)
        assert "secret-name" not in str(caught.value)
        assert caught.value.__suppress_context__

    @pytest.mark.parametrize("make", ["closed", "text", "no file", "none", "array"])
    def test_file_objects_that_cannot_be_read(self, make: str) -> None:
        closed = io.BytesIO(EVERY_KIND["wav"])
        closed.close()
        text = io.StringIO("RIFF")
        source = {"closed": closed, "text": text, "no file": 5, "none": None, "array": np.zeros(3)}[make]
        with pytest.raises(UnreadableAudioError, match="cannot be read"):
            load_audio(source)


class TestNotAudio:
    @pytest.mark.parametrize("source", [b"", bytearray(), io.BytesIO(), NoSeek(b"")])
    def test_empty(self, source: object) -> None:
        with pytest.raises(EmptyAudioError, match="no bytes"):
            load_audio(source)

    @pytest.mark.parametrize(
        "data",
        [
            b"This is a text file.\n" * 50,
            b"<!DOCTYPE html><html><body>404</body></html>",
            b"\x89PNG\r\n\x1a\n" + bytes(500),
            b"PK\x03\x04" + bytes(500),
            b"%PDF-1.7" + bytes(500),
            b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
            b"ffconcat version 1.0\nfile /etc/passwd\n",
            "Some text".encode("utf-16"),
            b"\xff\xfe" + "Some more text".encode("utf-16-le") * 50,
            b"ID3",
            b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"not music " * 50,
            b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(100),
            b"RIFF\x00\x00\x00\x00WAVE",
            b"FORM\x00\x00\x00\x00AIFF",
            b"fLaC",
            b"OggS",
            b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00",
            b"\x1a\x45\xdf\xa3",
            b"\xff\xf1",
            b"\xff\xfb",
            b"\x00",
            bytes(5_000),
            np.random.default_rng(0).bytes(5_000),
        ],
    )
    def test_other_content(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "secret-name.wav"
        path.write_bytes(data)
        with pytest.raises(AudioError) as caught:
            load_audio(path)
        error = caught.value
        assert error.found
        assert error.expected
        assert error.advice
        assert "secret-name" not in str(error)


def with_header(data: bytes, offset: int, layout: str, value: int) -> bytes:
    return data[:offset] + struct.pack(layout, value) + data[offset + struct.calcsize(layout) :]


class TestLyingHeaders:
    # Where a plain 44-byte WAV header has them.
    riff_size, channel_count, rate, block_size, bit_depth, data_size = 4, 22, 24, 32, 34, 40

    @pytest.fixture
    def wav(self) -> bytes:
        return to_wav_bytes(sine(0.5, 16_000)[:, 0])

    @pytest.mark.parametrize("rate_hz", [0, 1, 3_999, 192_001, 2**31 - 1, 2**31, 4_000_000_000, 2**32 - 1])
    def test_sample_rate(self, wav: bytes, rate_hz: int) -> None:
        with pytest.raises(UnreadableAudioError):
            load_audio(with_header(wav, self.rate, "<I", rate_hz))

    @pytest.mark.parametrize("channels", [0, 1_025, 65_535])
    def test_channels(self, wav: bytes, channels: int) -> None:
        with pytest.raises(AudioError):
            load_audio(with_header(wav, self.channel_count, "<H", channels))

    @pytest.mark.parametrize("bits", [0, 33, 65_535])
    def test_bit_depth(self, wav: bytes, bits: int) -> None:
        with pytest.raises(AudioError):
            load_audio(with_header(wav, self.bit_depth, "<H", bits))

    def test_a_recorder_that_died_left_a_size_of_zero(self, wav: bytes) -> None:
        with pytest.raises(EmptyAudioError, match="saved completely"):
            load_audio(with_header(wav, self.data_size, "<I", 0))

    @pytest.mark.parametrize("size", [2**31, 2**32 - 1])
    def test_a_stream_whose_sizes_were_never_filled_in(self, wav: bytes, size: int) -> None:
        wav = with_header(with_header(wav, self.riff_size, "<I", size), self.data_size, "<I", size)
        assert_tone(load_audio(wav), 0.5)

    def test_a_size_beyond_the_end_claims_no_duration(self, wav: bytes) -> None:
        audio = load_audio(with_header(wav, self.data_size, "<I", 32_000 * 3_600))
        assert audio.source.duration_s == pytest.approx(0.5)
        assert not audio.was_cut

    def test_a_forged_alac_header_reserves_no_gigabytes(self) -> None:
        data = encode_with_av(sine(0.5, 44_100), 44_100, "mp4", "alac")
        cookie = data.rindex(b"alac\0\0\0\0\0\0\x10\0")
        with pytest.raises(UnreadableAudioError):
            load_audio(with_header(data, cookie + 8, ">I", 2**24))


class TestDamage:
    """Warnings are errors here, so what a callback from C could only print would fail too."""

    @pytest.mark.parametrize("name", EVERY_KIND)
    def test_cut_off_anywhere(self, name: str) -> None:
        data = EVERY_KIND[name]
        for length in [*range(0, 200, 5), *np.linspace(200, len(data) - 1, 40, dtype=int)]:
            self.assert_ends_well(data[:length])

    @pytest.mark.parametrize("name", EVERY_KIND)
    def test_flipped_bytes(self, name: str) -> None:
        rng = np.random.default_rng(0)
        for trial in range(60):
            damaged = bytearray(EVERY_KIND[name])
            end = len(damaged) if trial % 2 else 300
            for position in rng.integers(0, end, rng.integers(1, 10)):
                damaged[position] = rng.integers(256)
            self.assert_ends_well(bytes(damaged))

    @staticmethod
    def assert_ends_well(data: bytes) -> None:
        try:
            audio = load_audio(data)
        except AudioError:
            return
        assert audio.samples.dtype == np.float32
        assert 0 < len(audio.samples) <= 600 * SAMPLE_RATE_HZ
        assert np.isfinite(audio.samples).all()

    @pytest.mark.parametrize("name", ["wav", "flac", "aiff", "vorbis", "opus", "mp3", "aac", "webm"])
    def test_what_comes_before_the_damage_is_kept(self, name: str) -> None:
        noise = np.random.default_rng(0).normal(0, 0.1, (96_000, 1)).astype(np.float32)
        if name in AV_KINDS:
            data = encode_with_av(noise, 48_000, *AV_KINDS[name][:2])
        else:
            data = encode(noise, 48_000, *SOUNDFILE_KINDS[name][:2])
        audio = load_audio(data[: len(data) * 2 // 3])
        assert 0.8 < audio.duration_s < 1.5
        assert audio.source.duration_s == pytest.approx(audio.duration_s, abs=0.01)


class TestLimits:
    def test_bytes(self) -> None:
        data = EVERY_KIND["wav"]
        assert load_audio(data, limits=AudioLimits(max_bytes=len(data)))
        for source in (data, io.BytesIO(data), NoSeek(data)):
            with pytest.raises(AudioTooLargeError, match="larger than"):
                load_audio(source, limits=AudioLimits(max_bytes=len(data) - 1))

    def test_no_more_is_read_than_the_limit(self, tmp_path: Path) -> None:
        endless = NoSeek(bytes(1_000_000))
        with pytest.raises(AudioTooLargeError):
            load_audio(endless, limits=AudioLimits(max_bytes=10_000))
        assert len(endless._rest) >= 1_000_000 - 10_001

    @pytest.mark.parametrize("name", [*SOUNDFILE_KINDS, *AV_KINDS])
    def test_duration(self, name: str) -> None:
        audio = load_audio(EVERY_KIND[name], limits=AudioLimits(max_duration_s=0.2))
        assert audio.was_cut
        assert_tone(audio, 0.2)
        assert len(audio.samples) <= 0.2 * SAMPLE_RATE_HZ
        # Raw AAC has no length in it: FFmpeg estimates one from the bit rate.
        assert audio.source.duration_s == pytest.approx(0.3, abs=0.15 if name == "aac" else 0.06)

    @pytest.mark.parametrize("sample_rate_hz", [16_000, 22_050, 44_100, 48_000])
    def test_exactly_at_the_limit_nothing_is_cut(self, sample_rate_hz: int) -> None:
        data = encode(sine(2.0, sample_rate_hz), sample_rate_hz)
        assert not load_audio(data, limits=AudioLimits(max_duration_s=2.0)).was_cut
        assert load_audio(data, limits=AudioLimits(max_duration_s=1.999)).was_cut

    @pytest.mark.parametrize("kind", [("FLAC", "PCM_16"), ("OGG", "VORBIS")])
    def test_long_silence_is_not_decoded(self, kind: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        data = silence(600, 8_000, 1, *kind)
        assert len(data) < 100_000
        decoded = []
        read = soundfile.SoundFile.read

        def counting_read(self: soundfile.SoundFile, *args: object, **kwargs: object) -> np.ndarray:
            decoded.append(len(block := read(self, *args, **kwargs)))
            return block

        monkeypatch.setattr(soundfile.SoundFile, "read", counting_read)
        audio = load_audio(data, limits=AudioLimits(max_duration_s=2.0))
        assert audio.was_cut
        assert audio.duration_s == pytest.approx(2.0, abs=1e-3)
        assert audio.source.duration_s == pytest.approx(600)
        assert sum(decoded) < 4 * 8_000

    def test_long_webm_is_not_decoded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = encode_with_av(np.zeros((60 * 16_000, 1), np.float32), 16_000, "webm", "libopus")
        import ser_core.audio.decoding as decoding

        frames = []
        to_float32 = decoding.to_float32
        monkeypatch.setattr(decoding, "to_float32", lambda samples: frames.append(samples.size) or to_float32(samples))
        audio = load_audio(data, limits=AudioLimits(max_duration_s=2.0))
        assert audio.was_cut
        assert audio.source.duration_s == pytest.approx(60, abs=0.1)
        assert sum(frames) < 3 * 48_000

    def test_many_channels_at_a_high_rate_are_cut_sooner(self) -> None:
        data = encode(np.zeros((19_200, 64), np.float32), 192_000, "WAV", "PCM_U8")
        audio = load_audio(data, limits=AudioLimits(max_duration_s=1.0))
        assert audio.was_cut
        assert audio.duration_s == pytest.approx(1 / 64, abs=1e-3)
        assert audio.source.duration_s == pytest.approx(0.1)


class TestFromSamples:
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
    def test_types_are_scaled(self, dtype: type, scale: float, offset: int) -> None:
        samples = (sine(0.5, 16_000)[:, 0] * scale + offset).astype(dtype)
        assert_tone(from_samples(samples, 16_000), 0.5)

    def test_layouts_and_rates(self) -> None:
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

    def test_like_loading(self) -> None:
        samples = np.random.default_rng(0).normal(0, 0.1, (50_000, 2)).astype(np.float32)
        loaded = load_audio(encode(samples, 44_100, "WAV", "FLOAT"))
        np.testing.assert_allclose(from_samples(samples, 44_100).samples, loaded.samples, atol=1e-5)

    def test_the_hash_tells_arrays_apart(self) -> None:
        tone = sine(0.5, 16_000)[:, 0]
        other = tone.copy()
        other[100] += 1e-3
        assert from_samples(tone, 16_000).sha256 == from_samples(tone.copy(), 16_000).sha256
        assert from_samples(tone, 16_000).sha256 != from_samples(other, 16_000).sha256

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
    def test_arrays_that_are_no_audio(self, samples: np.ndarray) -> None:
        with pytest.raises(UnreadableAudioError):
            from_samples(samples, 16_000)

    @pytest.mark.parametrize("rate_hz", [0, -16_000, 1, 3_999, 192_001, np.nan, np.inf])
    def test_rates_that_are_none(self, rate_hz: float) -> None:
        with pytest.raises(UnreadableAudioError, match="sample rate"):
            from_samples(np.zeros(100), rate_hz)

    def test_nothing(self) -> None:
        with pytest.raises(EmptyAudioError):
            from_samples(np.empty(0), 16_000)


class TestToWavBytes:
    def test_header_and_round_trip(self) -> None:
        integers = np.random.default_rng(0).integers(-(2**15), 2**15, 1_000).astype(np.int16)
        data = to_wav_bytes(integers / np.float32(2**15), 22_050)
        with wave.open(io.BytesIO(data)) as file:
            assert file.getparams()[:4] == (1, 2, 22_050, 1_000)
            np.testing.assert_array_equal(np.frombuffer(file.readframes(1_000), "<i2"), integers)

    def test_beyond_full_scale_is_clipped_not_wrapped(self) -> None:
        samples = load_audio(to_wav_bytes(np.array([1.5, -1.5, 1.0, -1.0]))).samples
        np.testing.assert_allclose(samples, [1.0, -1.0, 1.0, -1.0], atol=1e-4)


def test_importing_stays_light() -> None:
    heavy = {"librosa", "numba", "tensorflow", "keras", "av", "streamlit"}
    code = f"import sys, ser_core.audio, ser_core.audio.quality; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
