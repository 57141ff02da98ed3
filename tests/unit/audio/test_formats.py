"""Every supported format is read, and its content decides, not its name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, load_audio
from ser_core.errors import EmptyAudioError
from tests.harness.recordings import AV_KINDS, SOUNDFILE_KINDS, encode, encode_with_av, every_kind, sine
from tests.unit.audio.tones import assert_tone

WAV_SUBTYPES = ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW", "IMA_ADPCM"]
EVERY_KIND = every_kind()


@pytest.mark.parametrize("subtype", WAV_SUBTYPES)
def test_wav_of_every_sample_format(subtype: str) -> None:
    audio = load_audio(encode(sine(0.5, 44_100), 44_100, "WAV", subtype))
    assert_tone(audio, 0.5, length_tolerance_s=0.1 if subtype == "IMA_ADPCM" else 0.0)
    assert audio.source.format == "WAV"
    assert audio.source.sample_rate_hz == 44_100
    assert not audio.was_cut


@pytest.mark.parametrize(
    "sample_rate_hz",
    [4_000, 8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000],
)
def test_wav_of_every_sample_rate(sample_rate_hz: int) -> None:
    audio = load_audio(encode(sine(0.5, sample_rate_hz), sample_rate_hz))
    assert_tone(audio, 0.5)
    assert audio.source.sample_rate_hz == sample_rate_hz
    assert audio.source.duration_s == pytest.approx(0.5, abs=1 / sample_rate_hz)


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 32, 255])
def test_wav_of_every_channel_count(channels: int) -> None:
    audio = load_audio(encode(sine(0.5, 16_000, channels=channels), 16_000))
    assert_tone(audio, 0.5)
    assert audio.source.channels == channels


@pytest.mark.parametrize("name", SOUNDFILE_KINDS)
def test_formats_that_libsndfile_decodes(name: str) -> None:
    file_format, subtype, format_name, tolerance_s = SOUNDFILE_KINDS[name]
    audio = load_audio(encode(sine(1.0, 48_000, channels=2), 48_000, file_format, subtype))
    assert_tone(audio, 1.0, length_tolerance_s=tolerance_s)
    assert (audio.source.format, audio.source.sample_rate_hz, audio.source.channels) == (format_name, 48_000, 2)


@pytest.mark.parametrize("name", AV_KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_formats_that_ffmpeg_decodes(name: str, channels: int) -> None:
    container_format, codec, format_name, tolerance_s = AV_KINDS[name]
    samples = sine(1.0, 48_000, channels=channels)
    audio = load_audio(encode_with_av(samples, 48_000, container_format, codec))
    assert_tone(audio, 1.0, length_tolerance_s=tolerance_s)
    assert (audio.source.format, audio.source.sample_rate_hz, audio.source.channels) == (
        format_name,
        48_000,
        channels,
    )


def test_the_sound_track_of_a_video_is_read() -> None:
    audio = load_audio(encode_with_av(sine(1.0, 44_100), 44_100, "mp4", "aac", picture_px=32))
    assert_tone(audio, 1.0, length_tolerance_s=0.06)


def test_a_video_without_a_sound_track_is_refused() -> None:
    with pytest.raises(EmptyAudioError, match="no sound track"):
        load_audio(encode_with_av(np.empty((0, 1), np.float32), 44_100, "mp4", "aac", picture_px=32))


@pytest.mark.parametrize("name", ["aiff", "mp3", "flac", "webm", "m4a"])
def test_the_content_decides_and_not_the_file_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "clip.wav"
    path.write_bytes(EVERY_KIND[name])
    assert load_audio(path).source.format != "WAV"


@pytest.mark.parametrize("name", ["mp3", "flac", "aac"])
def test_an_id3_tag_before_the_audio_is_skipped(name: str) -> None:
    tag = b"ID3\x04\x00\x00\x00\x00\x02\x00" + bytes(256)
    tagged = load_audio(tag + EVERY_KIND[name])
    plain = load_audio(EVERY_KIND[name])
    assert tagged.source == plain.source
    np.testing.assert_allclose(tagged.samples, plain.samples, atol=1e-4)


def test_the_sample_rate_may_change_inside_a_file() -> None:
    first = encode_with_av(sine(0.5, 48_000), 48_000, "adts", "aac")
    second = encode_with_av(sine(0.5, 24_000), 24_000, "adts", "aac")
    audio = load_audio(first + second)
    halves = [load_audio(first).samples, load_audio(second).samples]
    assert len(audio.samples) == pytest.approx(sum(map(len, halves)), abs=2)
    assert audio.source.duration_s == pytest.approx(audio.duration_s, abs=1e-3)
    for part in (audio.samples[:8_000], audio.samples[-8_000:]):
        assert_tone(from_samples(part, SAMPLE_RATE_HZ), 0.5)
