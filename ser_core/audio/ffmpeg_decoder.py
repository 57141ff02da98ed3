"""Decoding with FFmpeg, through PyAV: containers and codecs that libsndfile does not read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from ser_core.audio.containers import OGG, WAV, Container
from ser_core.audio.decoded import Decoding, undecodable, unsupported_codec
from ser_core.audio.guarded_bytes import GuardedBytes
from ser_core.audio.scaling import to_float32
from ser_core.audio.supported_codecs import CODECS, OGG_CODEC_NAMES
from ser_core.audio.wav_header import first_sound_bytes
from ser_core.errors import EmptyAudioError, UnreadableAudioError

if TYPE_CHECKING:
    from av.audio import AudioFrame, AudioStream
    from av.audio.codeccontext import AudioCodecContext
    from av.container import InputContainer

# Frames of real codecs have less than 2**16 samples; a forged ALAC header can request 2**24 in every channel.
_MAX_FRAME_SAMPLES = 2**18

# FFmpeg keeps every entry of a Matroska header, and an empty entry takes 30 times as much memory as in the file: 230 MB
# at this limit. Headers of healthy files have a few kilobytes and a cover; after them FFmpeg reads up to 5 MB more to
# identify the tracks.
_MAX_MATROSKA_HEADER_BYTES = 7_500_000

# FFmpeg's default.
_MAX_STREAMS = 1_000

# FFmpeg's own AMR decoders fail at the frames that a telephone sends in a pause (discontinuous transmission).
_DECODERS_WITH_PAUSES = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}

# First byte of an AAC frame with a header (ADTS). Without headers, the frames in a WAV file cannot be separated.
_ADTS_SYNC = b"\xff"


@contextmanager
def open_with_av(data: bytes, container: Container, first_track: int = 1) -> Iterator[Decoding]:
    """Open a recording with FFmpeg.

    Parameters
    ----------
    data : bytes
        The whole file.
    container : Container
        Its container; FFmpeg tries no other.
    first_track : int
        Number of the first sound track that may be used, counted from 1. The first that can be decoded is opened.

    Yields
    ------
    Decoding
        The opened recording.

    Raises
    ------
    EmptyAudioError
        The file has no sound track.
    UnsupportedCodecError
        No sound track is in one of the codecs that are decoded.
    UnreadableAudioError
        The file is damaged.
    """
    # The import takes 35 ms and 20 MB, which WAV and Opus clips do not need.
    import av

    max_streams = _MAX_STREAMS
    if container.has_late_streams:
        # PyAV reads beyond the end of an array, and may raise IndexError, if a stream begins after the header.
        with _open(data, container, max_streams)[0] as opened:
            max_streams = len(opened.streams)
    opened, guarded = _open(data, container, max_streams)
    with opened:
        tracks = opened.streams.audio
        track, stream = _decodable_track(opened, first_track)
        if container is WAV and stream.codec_context.name == "aac" and first_sound_bytes(data, 1) != _ADTS_SYNC:
            raise unsupported_codec("AAC without frame headers inside a WAV file")
        stream.codec_context.options = {"max_samples": str(_MAX_FRAME_SAMPLES)}
        codec = stream.codec_context.name
        yield Decoding(
            format=OGG_CODEC_NAMES.get(codec, "OGG") if container is OGG else container.name,
            sample_rate_hz=stream.codec_context.sample_rate,
            channels=stream.codec_context.channels,
            claimed_duration_s=_claimed_duration_s(opened, stream),
            blocks=_blocks(opened, stream, guarded, av.error.FFmpegError),
            track=track,
            n_tracks=len(tracks),
        )


def _open(data: bytes, container: Container, max_streams: int) -> tuple[InputContainer, GuardedBytes]:
    import av

    guarded = GuardedBytes(data, _MAX_MATROSKA_HEADER_BYTES if container.av_format == "matroska" else math.inf)
    options = {
        # ALAC's decoder is left out here: it would allocate what the header requests before that can be checked.
        "codec_whitelist": ",".join(sorted(CODECS - {"alac"})),
        # A file may not refer to other files or addresses. (There is no protocol of this name.)
        "protocol_whitelist": "none",
        "max_streams": str(max_streams),
    }
    try:
        opened = av.open(guarded, "r", format=container.av_format, options=options, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.has_progressed()
    return opened, guarded


def _decodable_track(opened: InputContainer, first_track: int) -> tuple[int, AudioStream]:
    """Return number and stream of the first sound track that can be decoded, from a given number on."""
    tracks = opened.streams.audio
    if not tracks and opened.streams:
        raise EmptyAudioError(
            "The file has no sound track",
            expected="a recording with at least one sound track",
            advice="Record or export it again with its sound",
        )
    errors = []
    for number, stream in enumerate(tracks[first_track - 1 :], start=first_track):
        error = _reason_not_to_decode(stream)
        if error is None:
            return number, stream
        errors.append(error)
    raise errors[0] if errors else undecodable("The file begins like audio, but its header is damaged or cut off")


def _reason_not_to_decode(stream: AudioStream) -> UnreadableAudioError | None:
    import av

    if stream.codec_context is None:
        return unsupported_codec("a codec that is unknown here")
    codec = stream.codec_context.name
    if codec not in CODECS:
        return unsupported_codec(av.Codec(codec, "r").long_name)
    if codec == "alac" and _alac_frame_samples(stream) > _MAX_FRAME_SAMPLES:
        return undecodable("The file's header asks for more memory than any sound needs")
    return None


def _claimed_duration_s(opened: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    # FFmpeg counts a container's duration in microseconds.
    return opened.duration / 1e6 if opened.duration else None


def _alac_frame_samples(stream: AudioStream) -> int:
    """Return the number of samples per frame for which ALAC's decoder allocates memory before it starts."""
    # After the length, name and version of the box (Apple's ALACMagicCookieDescription).
    return int.from_bytes((stream.codec_context.extradata or b"")[12:16], "big")


def _blocks(
    opened: InputContainer, stream: AudioStream, guarded: GuardedBytes, ffmpeg_error: type[Exception]
) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    has_started = False
    try:
        for frame in _frames(opened, stream):
            samples = to_float32(frame.to_ndarray())
            channels = frame.layout.nb_channels
            yield (samples.T if frame.format.is_planar else samples.reshape(-1, channels)), frame.sample_rate
            has_started = True
            guarded.has_progressed()
    except ffmpeg_error as error:
        if not has_started:
            raise undecodable("The file's header can be read, but the audio after it is damaged") from error


def _frames(opened: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    import av

    decoder_name = _DECODERS_WITH_PAUSES.get(stream.codec_context.name)
    if decoder_name is None:
        yield from opened.decode(stream)
        return
    decoder = cast("AudioCodecContext", av.CodecContext.create(decoder_name, "r"))
    decoder.sample_rate, decoder.layout = stream.codec_context.sample_rate, stream.codec_context.layout
    for packet in opened.demux(stream):
        # The last packet is empty: it is the signal for the end of the stream.
        yield from decoder.decode(packet if packet.size else None)
