"""Limits on size, duration and work."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import soundfile

from ser_core.audio import ffmpeg_decoder
from ser_core.audio.limits import AudioLimits
from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio
from ser_core.audio.scaling import to_float32
from ser_core.errors import AudioTooLargeError
from tests.harness.recordings import AV_KINDS, SOUNDFILE_KINDS, encode, encode_with_av, every_kind, silence, sine
from tests.unit.audio.tones import NoSeek, assert_tone

EVERY_KIND = every_kind()


def test_a_file_above_the_size_limit_is_refused() -> None:
    data = EVERY_KIND["wav"]
    assert load_audio(data, limits=AudioLimits(max_bytes=len(data)))
    sources: list[Any] = [data, io.BytesIO(data), NoSeek(data)]
    for source in sources:
        with pytest.raises(AudioTooLargeError, match="larger than"):
            load_audio(source, limits=AudioLimits(max_bytes=len(data) - 1))


def test_reading_stops_at_the_size_limit() -> None:
    endless: Any = NoSeek(bytes(1_000_000))
    with pytest.raises(AudioTooLargeError):
        load_audio(endless, limits=AudioLimits(max_bytes=10_000))
    assert len(endless.unread) >= 1_000_000 - 10_001


@pytest.mark.parametrize("name", [*SOUNDFILE_KINDS, *AV_KINDS])
def test_a_recording_above_the_duration_limit_is_cut(name: str) -> None:
    audio = load_audio(EVERY_KIND[name], limits=AudioLimits(max_duration_s=0.2))
    assert audio.was_cut
    assert_tone(audio, 0.2)
    assert len(audio.samples) <= 0.2 * SAMPLE_RATE_HZ
    # Raw AAC has no duration in its header: FFmpeg estimates one from the bit rate.
    assert audio.source.duration_s == pytest.approx(0.3, abs=0.15 if name == "aac" else 0.06)


@pytest.mark.parametrize("sample_rate_hz", [16_000, 22_050, 44_100, 48_000])
def test_a_recording_of_exactly_the_duration_limit_is_not_cut(sample_rate_hz: int) -> None:
    data = encode(sine(2.0, sample_rate_hz), sample_rate_hz)
    assert not load_audio(data, limits=AudioLimits(max_duration_s=2.0)).was_cut
    assert load_audio(data, limits=AudioLimits(max_duration_s=1.999)).was_cut


@pytest.mark.parametrize("kind", [("FLAC", "PCM_16"), ("OGG", "VORBIS")])
def test_libsndfile_decodes_only_the_part_that_is_used(kind: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    data = silence(600, 8_000, 1, *kind)
    assert len(data) < 100_000
    decoded_sizes = []
    read = soundfile.SoundFile.read

    def counting_read(self: soundfile.SoundFile, *args: object, **kwargs: object) -> np.ndarray:
        block: np.ndarray = read(self, *args, **kwargs)
        decoded_sizes.append(len(block))
        return block

    monkeypatch.setattr(soundfile.SoundFile, "read", counting_read)
    audio = load_audio(data, limits=AudioLimits(max_duration_s=2.0))
    assert audio.was_cut
    assert audio.duration_s == pytest.approx(2.0, abs=1e-3)
    assert audio.source.duration_s == pytest.approx(600)
    assert sum(decoded_sizes) < 4 * 8_000


def test_ffmpeg_decodes_only_the_part_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode_with_av(np.zeros((60 * 16_000, 1), np.float32), 16_000, "webm", "libopus")
    decoded_sizes = []

    def counting_to_float32(samples: np.ndarray) -> np.ndarray:
        decoded_sizes.append(samples.size)
        return to_float32(samples)

    monkeypatch.setattr(ffmpeg_decoder, "to_float32", counting_to_float32)
    audio = load_audio(data, limits=AudioLimits(max_duration_s=2.0))
    assert audio.was_cut
    assert audio.source.duration_s == pytest.approx(60, abs=0.1)
    assert sum(decoded_sizes) < 3 * 48_000


def test_many_channels_at_a_high_rate_are_cut_earlier() -> None:
    data = encode(np.zeros((19_200, 64), np.float32), 192_000, "WAV", "PCM_U8")
    audio = load_audio(data, limits=AudioLimits(max_duration_s=1.0))
    assert audio.was_cut
    assert audio.duration_s == pytest.approx(1 / 64, abs=1e-3)
    assert audio.source.duration_s == pytest.approx(0.1)
