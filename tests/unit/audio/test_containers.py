"""Containers of recorders, phones and cameras are read; formats that cannot be read are named."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.errors import UnreadableAudioError
from tests.harness.recordings import encode, encode_with_av, sine
from tests.unit.audio.tones import assert_tone


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (("CAF", "PCM_16"), "CAF"),
        (("CAF", "ALAC_16"), "CAF"),
        (("AU", "PCM_16"), "AU"),
        (("AU", "ULAW"), "AU"),
        (("W64", "PCM_24"), "W64"),
        (("NIST", "PCM_16"), "SPHERE"),
        (("VOC", "PCM_16"), "VOC"),
        (("AIFF", "IMA_ADPCM"), "AIFF"),
    ],
)
def test_containers_that_libsndfile_reads(kind: tuple[str, str], name: str) -> None:
    audio = load_audio(encode(sine(1.0, 44_100), 44_100, *kind))
    assert_tone(audio, 1.0, length_tolerance_s=0.01)
    assert audio.source.format == name


@pytest.mark.parametrize(
    ("container_format", "codec", "name"),
    [
        ("avi", "pcm_s16le", "AVI"),
        ("avi", "mp2", "AVI"),
        ("mpegts", "aac", "MPEG-TS"),
        ("mpegts", "mp2", "MPEG-TS"),
        ("mpegts", "ac3", "MPEG-TS"),
        ("mpeg", "mp2", "MPEG-PS"),
        ("3gp", "aac", "M4A/MP4"),
        ("mov", "pcm_s16be", "M4A/MP4"),
        ("matroska", "libopus", "Matroska"),
        ("matroska", "pcm_s16le", "Matroska"),
        ("ac3", "ac3", "AC-3"),
        ("eac3", "eac3", "AC-3"),
        ("caf", "adpcm_ima_qt", "CAF"),
    ],
)
def test_containers_that_ffmpeg_reads(container_format: str, codec: str, name: str) -> None:
    audio = load_audio(encode_with_av(sine(1.0, 48_000), 48_000, container_format, codec))
    assert_tone(audio, 1.0, length_tolerance_s=0.07)
    assert audio.source.format == name


def test_amr_with_frames_of_a_pause_is_read_to_the_end() -> None:
    # What telephones send in a pause: frames without data, 20 ms long and one byte large.
    voice = encode_with_av(sine(1.0, 8_000), 8_000, "amr", "libopencore_amrnb")
    audio = load_audio(voice + 25 * b"\x7c" + voice[len(b"#!AMR\n") :])
    assert audio.duration_s == pytest.approx(2.5, abs=0.1)


def test_amr_and_3gp_with_amr() -> None:
    for container_format, name in (("amr", "AMR"), ("3gp", "M4A/MP4")):
        audio = load_audio(encode_with_av(sine(1.0, 8_000), 8_000, container_format, "libopencore_amrnb"))
        assert audio.duration_s == pytest.approx(1.0, abs=0.03)
        assert audio.source.format == name


def test_wma() -> None:
    audio = load_audio(encode_with_av(sine(1.0, 44_100), 44_100, "asf", "wmav2", bit_rate_bps=64_000))
    assert audio.duration_s == pytest.approx(1.0, abs=0.05)
    assert audio.source.format == "WMA"


def test_a_transport_stream_of_a_camcorder_with_time_stamps() -> None:
    stream = encode_with_av(sine(1.0, 48_000), 48_000, "mpegts", "ac3")
    packets = [b"\0\0\0\0" + stream[start : start + 188] for start in range(0, len(stream), 188)]
    assert_tone(load_audio(b"".join(packets)), 1.0, length_tolerance_s=0.07)


@pytest.mark.parametrize("duration_s", [0.5, 20.0])
def test_a_stream_that_begins_in_the_middle_of_a_transport_stream_is_ignored(duration_s: float) -> None:
    stream = encode_with_av(sine(duration_s, 48_000), 48_000, "mpegts", "mp2")
    packets = [stream[start : start + 188] for start in range(0, len(stream), 188)]
    middle = len(packets) // 2
    # The identifier of a packet's stream is in its second and third byte; the sound has 0x100.
    later = [packet[:2] + b"\1" + packet[3:] if packet[1] & 1 else packet for packet in packets[middle:]]
    audio = load_audio(b"".join(packets[:middle] + later))
    assert audio.duration_s == pytest.approx(duration_s / 2, abs=0.05)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MThd\0\0\0\6", "MIDI"),
        (b"wvpk" + bytes(100), "WavPack"),
        (b"MAC " + bytes(100), "Monkey's Audio"),
        (b"\x02#!SILK_V3" + bytes(100), "SILK"),
        (b"\x03ds2" + bytes(100), "DSS dictation"),
        (b".RMF" + bytes(100), "RealAudio"),
        (b"FLV\x01" + bytes(100), "Flash video"),
        (b"PK\x03\x04" + bytes(100), "ZIP archive"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        (b"\n<!DOCTYPE html><html></html>", "web page"),
        (b"#EXTM3U\nhttp://example.org/song.mp3\n", "playlist"),
    ],
)
def test_a_format_that_cannot_be_read_is_named(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableAudioError, match=f"The file is .*{name}") as caught:
        load_audio(data)
    assert caught.value.advice


def test_an_archive_with_an_mp3_inside_is_not_read_as_mp3() -> None:
    mp3 = encode(sine(1.0, 48_000), 48_000, "MP3", "MPEG_LAYER_III")
    name = b"clip.mp3"
    header = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, len(mp3), len(mp3), len(name), 0)
    with pytest.raises(UnreadableAudioError, match="ZIP archive"):
        load_audio(header + name + mp3)


def test_a_text_that_begins_like_a_transport_stream_is_not_one() -> None:
    with pytest.raises(UnreadableAudioError, match="does not begin like any audio"):
        load_audio(b"Good morning. " * 100)


def test_utf_16_text_is_not_taken_for_mp3() -> None:
    with pytest.raises(UnreadableAudioError, match="does not begin like any audio"):
        load_audio("Some text. ".encode("utf-16") * 1_000)


def test_zeros_are_not_audio() -> None:
    with pytest.raises(UnreadableAudioError, match="does not begin like any audio"):
        load_audio(np.zeros(100_000, np.uint8).tobytes())
