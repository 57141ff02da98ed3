"""Decoding with FFmpeg, through PyAV: M4A, MP4, MOV, WebM, Matroska and raw AAC."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ser_core.audio.decoded import Decoding, undecodable
from ser_core.audio.guarded_bytes import GuardedBytes
from ser_core.audio.scaling import to_float32
from ser_core.errors import EmptyAudioError

if TYPE_CHECKING:
    from av.audio import AudioStream
    from av.container import InputContainer

# Frames of real codecs have less than 2**16 samples; a forged ALAC header can request 2**24 in every channel.
_MAX_FRAME_SAMPLES = 2**18

# FFmpeg keeps every entry of a Matroska header, and an empty entry takes 30 times as much memory as in the file: 230 MB
# at this limit. Headers of healthy files have a few kilobytes and a cover; after them FFmpeg reads up to 5 MB more to
# identify the tracks.
_MAX_MATROSKA_HEADER_BYTES = 7_500_000

# Codecs that phones, browsers and recorders write. FFmpeg has hundreds more, some of them not maintained; and without
# this list it would also decode the first picture of a video, of any size, to analyse it.
_CODECS = {"aac", "ac3", "alac", "amrnb", "amrwb", "eac3", "flac", "libopus", "mp2", "mp2float", "mp3", "mp3float"}
_CODECS |= {
    "opus",
    "vorbis",
    "adpcm_ima_qt",
    "adpcm_ima_wav",
    "adpcm_ms",
    "pcm_alaw",
    "pcm_mulaw",
    "pcm_s8",
    "pcm_u8",
}
_CODECS |= {f"pcm_{kind}{order}" for kind in ("s16", "s24", "s32", "f32", "f64") for order in ("be", "le")}


@contextmanager
def open_with_av(data: bytes, container_format: str, name: str) -> Iterator[Decoding]:
    """Open a recording with FFmpeg.

    Parameters
    ----------
    data : bytes
        The whole file.
    container_format : str
        FFmpeg's name of the container; no other container is tried.
    name : str
        Name of the format that users know.

    Yields
    ------
    Decoding
        The opened recording.

    Raises
    ------
    EmptyAudioError
        The file has no sound track.
    UnreadableAudioError
        The file is damaged, or its codec is not in the list.
    """
    # The import takes 35 ms and 20 MB, which WAV and Opus clips do not need.
    import av

    guarded = GuardedBytes(data, _MAX_MATROSKA_HEADER_BYTES if container_format == "matroska" else math.inf)
    # ALAC's decoder is left out here: it would allocate what the header requests before the header can be checked.
    options = {"codec_whitelist": ",".join(sorted(_CODECS - {"alac"}))}
    try:
        container = av.open(guarded, "r", format=container_format, options=options, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.header_is_read()
    with container:
        if not container.streams.audio:
            raise EmptyAudioError(
                "The file has no sound track",
                expected="A recording with at least one sound track is expected",
                advice="Record or export it again with its sound",
            )
        stream = container.streams.audio[0]
        if stream.codec_context is None or stream.codec_context.name not in _CODECS:
            raise undecodable("The file's sound is packed in a way that cannot be decoded here")
        if stream.codec_context.name == "alac" and _alac_frame_samples(stream) > _MAX_FRAME_SAMPLES:
            raise undecodable("The file's header asks for more memory than any sound needs")
        stream.codec_context.options = {"max_samples": str(_MAX_FRAME_SAMPLES)}
        yield Decoding(
            format=name,
            sample_rate_hz=stream.codec_context.sample_rate,
            channels=stream.codec_context.channels,
            claimed_duration_s=_claimed_duration_s(container, stream),
            blocks=_blocks(container, stream, av.error.FFmpegError),
        )


def _claimed_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    # FFmpeg counts a container's duration in microseconds.
    return container.duration / 1e6 if container.duration else None


def _alac_frame_samples(stream: AudioStream) -> int:
    """Return the number of samples per frame for which ALAC's decoder allocates memory before it starts."""
    # After the length, name and version of the box (Apple's ALACMagicCookieDescription).
    return int.from_bytes((stream.codec_context.extradata or b"")[12:16], "big")


def _blocks(
    container: InputContainer, stream: AudioStream, ffmpeg_error: type[Exception]
) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    has_started = False
    try:
        for frame in container.decode(stream):
            samples = to_float32(frame.to_ndarray())
            channels = frame.layout.nb_channels
            yield (samples.T if frame.format.is_planar else samples.reshape(-1, channels)), frame.sample_rate
            has_started = True
    except ffmpeg_error as error:
        if not has_started:
            raise undecodable("The file's header is sound, but what follows is damaged") from error
