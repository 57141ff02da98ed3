"""Recordings that libsndfile cannot read are given to FFmpeg; what neither reads is named."""

from __future__ import annotations

import struct

import pytest

from ser_core.audio.loading import load_audio
from ser_core.errors import UnreadableAudioError, UnsupportedCodecError
from tests.harness.recordings import encode, encode_tracks, encode_with_av, sine
from tests.unit.audio.tones import assert_tone


@pytest.mark.parametrize(
    ("codec", "sample_rate_hz", "bit_rate_bps"),
    [
        ("g722", 16_000, 0),
        ("g726", 8_000, 0),
        ("g723_1", 8_000, 6_300),
        ("ac3", 48_000, 0),
        ("eac3", 48_000, 0),
        ("mp2", 48_000, 0),
        ("libmp3lame", 48_000, 0),
        ("flac", 48_000, 0),
        ("adpcm_yamaha", 48_000, 0),
        ("wmav2", 44_100, 64_000),
    ],
)
def test_compressed_sound_inside_a_wav_file(codec: str, sample_rate_hz: int, bit_rate_bps: int) -> None:
    data = encode_with_av(sine(1.0, sample_rate_hz), sample_rate_hz, "wav", codec, bit_rate_bps=bit_rate_bps)
    audio = load_audio(data)
    assert audio.source.format == "WAV"
    # WMA loses its last frame, of 46 ms, and AC-3 adds half of one, of 32 ms.
    assert audio.duration_s == pytest.approx(1.0, abs=0.05)


def test_aac_with_frame_headers_inside_a_wav_file() -> None:
    aac = encode_with_av(sine(1.0, 48_000), 48_000, "adts", "aac")
    raw = encode_with_av(sine(1.0, 48_000), 48_000, "wav", "aac")
    content = raw.index(b"data")
    wav = raw[:content] + b"data" + struct.pack("<I", len(aac)) + aac
    assert_tone(load_audio(wav), 1.0, length_tolerance_s=0.06)


def test_aac_without_frame_headers_inside_a_wav_file_is_named() -> None:
    with pytest.raises(UnsupportedCodecError, match="AAC without frame headers"):
        load_audio(encode_with_av(sine(1.0, 48_000), 48_000, "wav", "aac"))


@pytest.mark.parametrize(("tag", "name"), [(0x0270, "ATRAC3"), (0x0401, "IMC"), (0x1234, "a codec that is unknown")])
def test_a_codec_that_cannot_be_read_is_named(tag: int, name: str) -> None:
    wav = encode(sine(0.5, 16_000), 16_000)
    with pytest.raises(UnsupportedCodecError, match=name) as caught:
        load_audio(wav[:20] + struct.pack("<H", tag) + wav[22:])
    assert "damaged" not in str(caught.value)
    assert "export it as WAV" in caught.value.advice


@pytest.mark.parametrize("container_format", ["ogg", "oga"])
def test_ogg_flac(container_format: str) -> None:
    audio = load_audio(encode_with_av(sine(1.0, 44_100), 44_100, container_format, "flac"))
    assert_tone(audio, 1.0)
    assert audio.source.format == "OGG FLAC"


@pytest.mark.parametrize(("codec", "name"), [("flac", "OGG FLAC"), ("libopus", "Opus")])
def test_an_ogg_video_whose_first_stream_is_the_picture(codec: str, name: str) -> None:
    tracks = [(sine(1.0, 48_000), codec)]
    audio = load_audio(encode_tracks(tracks, 48_000, "ogg", picture_px=32, video_codec="libvpx"))
    assert_tone(audio, 1.0)
    assert audio.source.format == name


@pytest.mark.parametrize("kind", [("WAV", "PCM_16"), ("AIFF", "PCM_16"), ("FLAC", "PCM_16"), ("CAF", "PCM_16")])
def test_a_header_that_neither_decoder_reads_is_damaged(kind: tuple[str, str]) -> None:
    data = encode(sine(0.5, 16_000), 16_000, *kind)
    with pytest.raises(UnreadableAudioError, match="damaged") as caught:
        load_audio(data[:12] + bytes(len(data) - 12))
    assert not isinstance(caught.value, UnsupportedCodecError)
