"""Files that were joined from several, as ``cat a.ogg b.ogg`` does, are read to the end of the last."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.limits import AudioLimits
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio
from tests.harness.recordings import encode, encode_with_av, sine
from tests.harness.speex import encode_speex
from tests.unit.audio.tones import assert_tone

RATE_HZ = 48_000
FLAC, VORBIS, OPUS, MP3 = ("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III")
ID3V2 = b"ID3\x04\x00\x00\x00\x00\x00\x64" + bytes(100)
ID3V1 = b"TAG" + bytes(125)


def tone(kind: tuple[str, str], frequency_hz: float, duration_s: float = 1.0, rate_hz: int = RATE_HZ) -> bytes:
    return encode(sine(duration_s, rate_hz, frequency_hz=frequency_hz), rate_hz, *kind)


def part(audio: Audio, start_s: float, stop_s: float) -> Audio:
    return from_samples(audio.samples[round(start_s * SAMPLE_RATE_HZ) : round(stop_s * SAMPLE_RATE_HZ)], SAMPLE_RATE_HZ)


@pytest.mark.parametrize("kind", [FLAC, VORBIS, OPUS, MP3], ids=["FLAC", "Vorbis", "Opus", "MP3"])
def test_both_parts_of_a_joined_file_are_read(kind: tuple[str, str]) -> None:
    audio = load_audio(tone(kind, 440.0) + tone(kind, 880.0))
    assert audio.duration_s == pytest.approx(2.0, abs=0.07)
    assert audio.source.duration_s == pytest.approx(audio.duration_s, abs=1e-3)
    assert not audio.was_cut
    assert_tone(part(audio, 0.1, 0.9), 0.8, frequency_hz=440.0)
    assert_tone(part(audio, 1.1, 1.9), 0.8, frequency_hz=880.0)


@pytest.mark.parametrize("kind", [FLAC, VORBIS, OPUS], ids=["FLAC", "Vorbis", "Opus"])
def test_the_parts_are_the_same_samples_as_the_single_files(kind: tuple[str, str]) -> None:
    files = [tone(kind, frequency_hz, rate_hz=SAMPLE_RATE_HZ) for frequency_hz in (440.0, 660.0, 880.0)]
    single_files = np.concatenate([load_audio(file).samples for file in files])
    np.testing.assert_array_equal(load_audio(b"".join(files)).samples, single_files)


def test_the_parts_may_differ_in_sample_rate_channels_and_codec() -> None:
    stereo = encode(sine(1.0, 24_000, frequency_hz=880.0, channels=2), 24_000, *OPUS)
    ogg_flac = encode_with_av(sine(1.0, RATE_HZ, frequency_hz=660.0), RATE_HZ, "ogg", "flac")
    audio = load_audio(tone(VORBIS, 440.0) + stereo + ogg_flac)
    assert audio.duration_s == pytest.approx(3.0, abs=0.01)
    for start_s, frequency_hz in enumerate((440.0, 880.0, 660.0)):
        assert_tone(part(audio, start_s + 0.1, start_s + 0.9), 0.8, frequency_hz=frequency_hz)


@pytest.mark.parametrize("kind", [FLAC, MP3], ids=["FLAC", "MP3"])
def test_tags_between_the_parts_are_skipped(kind: tuple[str, str]) -> None:
    tagged = [ID3V2 + tone(kind, frequency_hz) + ID3V1 for frequency_hz in (440.0, 880.0)]
    audio = load_audio(b"".join(tagged))
    assert audio.duration_s == pytest.approx(2.0, abs=0.07)
    assert_tone(part(audio, 1.1, 1.9), 0.8, frequency_hz=880.0)


def test_a_joined_file_is_cut_at_the_duration_limit() -> None:
    audio = load_audio(tone(FLAC, 440.0) * 4, limits=AudioLimits(max_duration_s=2.5))
    assert audio.was_cut
    assert audio.duration_s == pytest.approx(2.5)


def test_the_parts_before_a_damaged_part_are_kept() -> None:
    damaged = bytearray(tone(VORBIS, 880.0))
    damaged[60:1_000] = bytes(940)
    audio = load_audio(tone(VORBIS, 440.0) + bytes(damaged) + tone(VORBIS, 440.0))
    assert audio.duration_s >= 1.0
    assert_tone(part(audio, 0.1, 0.9), 0.8)


def test_a_tag_after_a_flac_file_does_not_cost_its_last_block() -> None:
    assert_tone(load_audio(tone(FLAC, 440.0) + ID3V1), 1.0)


def test_speex_is_read_alone_and_in_a_chain() -> None:
    audio = load_audio(encode_speex(1.0))
    assert (audio.source.format, audio.source.sample_rate_hz, audio.duration_s) == ("OGG Speex", 8_000, 1.0)
    assert load_audio(encode_speex(1.0) + encode_speex(0.5, seed=1)).duration_s == 1.5
