"""The first sound track with sound is used, and one channel where the channels cancel each other; notes say so."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.limits import AudioLimits
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio
from ser_core.audio.quality import check_quality
from ser_core.errors import AudioError, EmptyAudioError, UnsupportedCodecError
from tests.harness.recordings import encode, encode_tracks, sine
from tests.unit.audio.tones import assert_tone

RATE_HZ = 48_000
VOICE = sine(1.0, RATE_HZ)
SILENCE = np.zeros_like(VOICE)
# A muted microphone: the last bit of 16.
NEARLY_SILENT = np.random.default_rng(0).choice([0.0, 2.0**-15], VOICE.shape).astype(np.float32)


def codes(audio: Audio) -> list[str]:
    return [note.code for note in check_quality(audio)]


class TestTracks:
    @pytest.mark.parametrize(
        ("container_format", "codec"),
        [("matroska", "flac"), ("mp4", "aac"), ("mov", "pcm_s16le"), ("avi", "pcm_s16le"), ("mpegts", "mp2")],
    )
    @pytest.mark.parametrize("first", [SILENCE, NEARLY_SILENT], ids=["zeros", "last bit"])
    def test_a_silent_first_track_is_skipped(self, first: np.ndarray, container_format: str, codec: str) -> None:
        audio = load_audio(encode_tracks([(first, codec), (VOICE, codec)], RATE_HZ, container_format))
        # The AAC encoder needs some frames to reach the level of a tone that begins suddenly.
        assert_tone(audio, 1.0, length_tolerance_s=0.06, level=0.5)
        assert audio.source.track == 2
        assert "other_track" in codes(audio)

    def test_a_first_track_with_sound_is_used(self) -> None:
        higher_tone = sine(1.0, RATE_HZ, frequency_hz=880.0)
        audio = load_audio(encode_tracks([(VOICE, "flac"), (higher_tone, "flac")], RATE_HZ, "matroska"))
        assert_tone(audio, 1.0, frequency_hz=440.0)
        assert audio.source.track == 1
        assert "other_track" not in codes(audio)

    def test_a_chosen_track_is_used(self) -> None:
        higher_tone = sine(1.0, RATE_HZ, frequency_hz=880.0)
        content = encode_tracks([(VOICE, "flac"), (higher_tone, "flac"), (VOICE, "tta")], RATE_HZ, "matroska")
        audio = load_audio(content, track=2)
        assert_tone(audio, 1.0, frequency_hz=880.0)
        assert audio.source.track == 2
        assert "other_track" not in codes(audio)
        assert_tone(load_audio(content, track=1), 1.0, frequency_hz=440.0)
        for track in (0, 3, 4):
            with pytest.raises(AudioError, match=r"sound track|packed as TTA"):
                load_audio(content, track=track)

    def test_a_file_with_one_track_has_no_second(self) -> None:
        content = encode(VOICE, RATE_HZ)
        assert_tone(load_audio(content, track=1), 1.0)
        with pytest.raises(EmptyAudioError, match="no sound track 2 that can be read; it has 1"):
            load_audio(content, track=2)

    def test_a_track_in_an_unsupported_codec_is_skipped(self) -> None:
        audio = load_audio(encode_tracks([(VOICE, "tta"), (VOICE, "flac")], RATE_HZ, "matroska"))
        assert_tone(audio, 1.0)
        assert audio.source.track == 2
        assert "other_track" in codes(audio)

    def test_the_third_track_is_used_if_it_is_the_first_with_sound(self) -> None:
        tracks = [(SILENCE, "flac"), (VOICE, "tta"), (VOICE, "flac")]
        assert load_audio(encode_tracks(tracks, RATE_HZ, "matroska")).source.track == 3

    def test_the_first_of_several_silent_tracks_is_used(self) -> None:
        audio = load_audio(encode_tracks([(SILENCE, "flac")] * 3, RATE_HZ, "matroska"))
        assert audio.source.track == 1
        assert codes(audio) == ["silent"]

    def test_the_codec_is_named_if_no_track_can_be_decoded(self) -> None:
        with pytest.raises(UnsupportedCodecError, match="WavPack"):
            load_audio(encode_tracks([(VOICE, "wavpack"), (VOICE, "tta")], RATE_HZ, "matroska"))

    def test_all_tracks_together_cost_no_more_work_than_one(self) -> None:
        silence = np.zeros((96_000, 2), np.float32)
        tracks = [(silence, "flac"), (sine(1.0, 96_000, channels=2), "flac")]
        audio = load_audio(encode_tracks(tracks, 96_000, "matroska"), limits=AudioLimits(max_duration_s=1.0))
        assert audio.source.track == 1
        assert codes(audio) == ["silent"]


class TestChannels:
    @pytest.mark.parametrize("kind", [("WAV", "FLOAT"), ("FLAC", "PCM_16"), ("OGG", "VORBIS")])
    def test_one_of_two_opposite_channels_is_used(self, kind: tuple[str, str]) -> None:
        audio = load_audio(encode(np.hstack([VOICE, -VOICE]), RATE_HZ, *kind))
        assert_tone(audio, 1.0)
        assert audio.source.channels == 2
        assert audio.source.channel in {1, 2}
        assert "single_channel" in codes(audio)

    def test_opposite_channels_of_an_array(self) -> None:
        audio = from_samples(np.hstack([VOICE, -VOICE]), RATE_HZ)
        assert_tone(audio, 1.0)
        assert audio.source.channel is not None

    def test_opposite_channels_with_different_levels_noise_and_offsets(self) -> None:
        noise = np.random.default_rng(0).normal(0.0, 0.003, (RATE_HZ, 2))
        samples = np.hstack([VOICE, -0.9 * VOICE]) + noise + [0.1, 0.1]
        audio = load_audio(encode(samples, RATE_HZ, "WAV", "FLOAT"))
        assert audio.source.channel == 1

    def test_opposite_channels_after_a_silent_beginning(self) -> None:
        samples = np.concatenate([np.zeros((30 * 16_000, 2)), np.hstack([VOICE, -VOICE])])
        for audio in (load_audio(encode(samples, 16_000, "FLAC")), from_samples(samples, 16_000)):
            assert np.abs(audio.samples[-16_000:]).max() == pytest.approx(0.5, rel=1e-3)

    def test_the_channel_with_most_sound_is_used(self) -> None:
        samples = np.hstack([SILENCE, 0.98 * VOICE, -VOICE])
        audio = load_audio(encode(samples, RATE_HZ, "WAV", "FLOAT"))
        assert audio.source.channel == 3

    @pytest.mark.parametrize(
        "samples",
        [
            VOICE,
            np.hstack([VOICE, VOICE]),
            np.hstack([VOICE, SILENCE]),
            np.hstack([SILENCE] * 5 + [VOICE]),
            np.hstack([VOICE, -0.5 * VOICE]),
            np.hstack([VOICE, sine(1.0, RATE_HZ, frequency_hz=550.0)]),
            np.random.default_rng(0).normal(0.0, 0.1, (RATE_HZ, 32)),
            np.hstack([SILENCE, SILENCE]),
        ],
        ids=["mono", "equal", "one silent", "one of six", "half", "different", "32 of noise", "silent"],
    )
    def test_other_channels_are_averaged(self, samples: np.ndarray) -> None:
        audio = load_audio(encode(samples, RATE_HZ, "WAV", "FLOAT"))
        assert audio.source.channel is None
        expected = from_samples(samples.mean(axis=1), RATE_HZ)
        np.testing.assert_allclose(audio.samples, expected.samples, atol=1e-5)

    def test_a_few_samples_are_enough(self) -> None:
        audio = load_audio(encode(np.array([[0.5, -0.5], [-0.5, 0.5]]), SAMPLE_RATE_HZ))
        np.testing.assert_allclose(np.abs(audio.samples), 0.5, atol=1e-4)
