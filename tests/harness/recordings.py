"""Generated recordings in every file format that the decoder accepts. The same call gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import av
import numpy as np
import soundfile
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from tests.harness.paths import SAD_VOICE

# libsndfile's format and subtype, the format's name in ``ser_core``, and the length in seconds that codec and padding
# may add or take away.
SOUNDFILE_KINDS = {
    "wav": ("WAV", "PCM_16", "WAV", 0.0),
    "wavex": ("WAVEX", "PCM_24", "WAV", 0.0),
    "rf64": ("RF64", "PCM_16", "WAV", 0.0),
    "flac": ("FLAC", "PCM_16", "FLAC", 0.0),
    "flac24": ("FLAC", "PCM_24", "FLAC", 0.0),
    "vorbis": ("OGG", "VORBIS", "OGG Vorbis", 0.0),
    "opus": ("OGG", "OPUS", "Opus", 0.0),
    "mp3": ("MP3", "MPEG_LAYER_III", "MP3", 0.03),
    "aiff": ("AIFF", "PCM_16", "AIFF", 0.0),
    "aiff8": ("AIFF", "PCM_S8", "AIFF", 0.0),
    "aiff-float": ("AIFF", "FLOAT", "AIFF", 0.0),
}
# FFmpeg's container and codec, the format's name in ``ser_core``, and the tolerance of the length in seconds.
AV_KINDS = {
    "m4a": ("ipod", "aac", "M4A/MP4", 0.03),
    "mp4": ("mp4", "aac", "M4A/MP4", 0.03),
    "mov-pcm": ("mov", "pcm_s16le", "M4A/MP4", 0.0),
    "mov-pcm8": ("mov", "pcm_u8", "M4A/MP4", 0.0),
    "alac": ("mp4", "alac", "M4A/MP4", 0.0),
    "aac": ("adts", "aac", "AAC", 0.06),
    "webm": ("webm", "libopus", "WebM", 0.01),
    "mka": ("matroska", "flac", "Matroska", 0.0),
}


_SAMPLE_RATE_HZ = 48_000
_PICTURE_RATE_HZ = 10
# For encoders that accept frames of any size: they name none, but the resampler needs one.
_DEFAULT_FRAME_SIZE = 1024

# Ogg pages, RFC 3533: offsets of the fields in a page's header, in bytes.
_OGG_SERIAL_NUMBER, _OGG_CHECKSUM, _OGG_N_SEGMENTS, _OGG_HEADER_BYTES = 14, 22, 26, 27
_OGG_POLYNOMIAL = 0x104C11DB7


def sine(duration_s: float, sample_rate_hz: int, *, frequency_hz: float = 440.0, channels: int = 1) -> np.ndarray:
    """Return a sine at half of full scale, float32 [shape=(n, channels)]."""
    time_s = np.arange(round(duration_s * sample_rate_hz)) / sample_rate_hz
    tone = 0.5 * np.sin(2 * np.pi * frequency_hz * time_s)
    return np.repeat(tone[:, np.newaxis], channels, axis=1).astype(np.float32)


def encode(samples: np.ndarray, sample_rate_hz: int, file_format: str = "WAV", subtype: str = "PCM_16") -> bytes:
    """Encode samples with libsndfile.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,) or (n, channels)]
        Full scale is 1.
    sample_rate_hz : int
        Sampling rate of the file.
    file_format, subtype : str
        libsndfile's names.

    Returns
    -------
    bytes
        The file.
    """
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, sample_rate_hz, format=file_format, subtype=subtype)
    content = buffer.getvalue()
    if file_format == "OGG":
        return _with_zero_serial_number(content)
    return _without_date(content) if subtype in {"FLOAT", "DOUBLE"} else content


def silence(duration_s: int, sample_rate_hz: int, channels: int, file_format: str, subtype: str) -> bytes:
    """Encode a long silence, which gives a small file; parameters as in ``encode``."""
    buffer = io.BytesIO()
    with soundfile.SoundFile(buffer, "w", sample_rate_hz, channels, subtype, format=file_format) as file:
        # One write of everything would overflow the stack of libsndfile's Vorbis encoder.
        for _ in range(duration_s):
            file.write(np.zeros((sample_rate_hz, channels), np.float32))
    return buffer.getvalue()


def cut_mp3() -> bytes:
    """Return the first half of an MP3 file with a voice, about which the decoder writes messages."""
    samples, rate_hz = soundfile.read(SAD_VOICE)
    whole = encode(samples, rate_hz, "MP3", "MPEG_LAYER_III")
    return whole[: len(whole) // 2 + 5]


def encode_with_av(
    samples: np.ndarray,
    sample_rate_hz: int,
    container_format: str,
    codec: str,
    *,
    picture_px: int = 0,
    bit_rate_bps: int = 0,
) -> bytes:
    """Encode samples with FFmpeg.

    Parameters
    ----------
    samples : np.ndarray [shape=(n, channels)]
        Full scale is 1. Without samples the file has no audio track.
    sample_rate_hz, container_format, picture_px, bit_rate_bps
        As in ``encode_tracks``.
    codec : str
        FFmpeg's name.

    Returns
    -------
    bytes
        The file.
    """
    tracks = [(samples, codec)] if len(samples) else []
    return encode_tracks(tracks, sample_rate_hz, container_format, picture_px=picture_px, bit_rate_bps=bit_rate_bps)


def encode_tracks(
    tracks: Sequence[tuple[np.ndarray, str]],
    sample_rate_hz: int,
    container_format: str,
    *,
    picture_px: int = 0,
    video_codec: str = "mpeg4",
    bit_rate_bps: int = 0,
) -> bytes:
    """Encode several audio tracks into one file with FFmpeg.

    Parameters
    ----------
    tracks : sequence of (np.ndarray [shape=(n, channels)], str)
        Samples of each track, with full scale at 1, and FFmpeg's name of the codec.
    sample_rate_hz : int
        Sampling rate of the file.
    container_format : str
        FFmpeg's name.
    picture_px : int
        Width and height of a video track with one black picture, before the audio tracks; 0 for no video track.
    video_codec : str
        FFmpeg's name.
    bit_rate_bps : int
        Bit rate of each audio track; 0 for the codec's default.

    Returns
    -------
    bytes
        The file.
    """
    buffer = io.BytesIO()
    # Bit-exact: without random serial numbers, so that the same samples give the same bytes.
    with av.open(buffer, "w", format=container_format, options={"fflags": "+bitexact"}) as container:
        # All tracks must exist before the first packet is written.
        video = _add_video(container, video_codec, picture_px) if picture_px else None
        streams = [
            _add_audio(container, codec, sample_rate_hz, samples.shape[1], bit_rate_bps) for samples, codec in tracks
        ]
        if video:
            black = np.zeros((picture_px * 3 // 2, picture_px), np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(black, format="yuv420p")))
            container.mux(video.encode(None))
        for stream, (samples, _) in zip(streams, tracks, strict=True):
            _write_audio(container, stream, samples, sample_rate_hz)
    return buffer.getvalue()


def every_kind(duration_s: float = 0.3) -> dict[str, bytes]:
    """Return one stereo recording in every format, by the names in ``SOUNDFILE_KINDS`` and ``AV_KINDS``."""
    samples = sine(duration_s, _SAMPLE_RATE_HZ, channels=2)
    files = {name: encode(samples, _SAMPLE_RATE_HZ, kind[0], kind[1]) for name, kind in SOUNDFILE_KINDS.items()}
    files["wav-float"] = encode(samples, _SAMPLE_RATE_HZ, "WAV", "FLOAT")
    return files | {name: encode_with_av(samples, _SAMPLE_RATE_HZ, kind[0], kind[1]) for name, kind in AV_KINDS.items()}


def _layout(n_channels: int) -> str:
    return {1: "mono", 2: "stereo"}[n_channels]


def _add_video(container: OutputContainer, codec: str, picture_px: int) -> VideoStream:
    stream = container.add_stream(codec, rate=_PICTURE_RATE_HZ, width=picture_px, height=picture_px, pix_fmt="yuv420p")
    assert isinstance(stream, VideoStream)
    return stream


def _add_audio(
    container: OutputContainer, codec: str, sample_rate_hz: int, n_channels: int, bit_rate_bps: int
) -> AudioStream:
    stream = container.add_stream(codec, rate=sample_rate_hz, layout=_layout(n_channels))
    assert isinstance(stream, AudioStream)
    if bit_rate_bps:
        stream.bit_rate = bit_rate_bps
    return stream


def _write_audio(container: OutputContainer, stream: AudioStream, samples: np.ndarray, sample_rate_hz: int) -> None:
    layout = _layout(samples.shape[1])
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout=layout)
    frame.sample_rate, frame.pts = sample_rate_hz, 0
    context = stream.codec_context
    assert isinstance(context, AudioCodecContext)
    resampler = av.AudioResampler(
        format=context.format, layout=layout, rate=sample_rate_hz, frame_size=context.frame_size or _DEFAULT_FRAME_SIZE
    )
    for piece in resampler.resample(frame) + resampler.resample(None):
        container.mux(stream.encode(piece))
    container.mux(stream.encode(None))


def _without_date(content: bytes) -> bytes:
    """Replace the time of writing by zero. libsndfile puts it into the PEAK chunk of files with float samples."""
    chunk = content.find(b"PEAK")
    # The time follows the chunk's name, its length and its version, four bytes each.
    return content if chunk < 0 else content[: chunk + 12] + bytes(4) + content[chunk + 16 :]


def _with_zero_serial_number(ogg: bytes) -> bytes:
    """Replace the random serial number of the stream by zero, and correct the checksum of each page (RFC 3533)."""
    pages, start = bytearray(ogg), 0
    while start < len(pages):
        n_segments = pages[start + _OGG_N_SEGMENTS]
        table = start + _OGG_HEADER_BYTES
        end = table + n_segments + sum(pages[table : table + n_segments])
        serial_number = slice(start + _OGG_SERIAL_NUMBER, start + _OGG_SERIAL_NUMBER + 4)
        checksum = slice(start + _OGG_CHECKSUM, start + _OGG_CHECKSUM + 4)
        pages[serial_number] = bytes(4)
        # The checksum of a page is computed with zero in its own field.
        pages[checksum] = bytes(4)
        pages[checksum] = ogg_checksum(bytes(pages[start:end])).to_bytes(4, "little")
        start = end
    return bytes(pages)


def ogg_checksum(page: bytes) -> int:
    """Return the checksum of an Ogg page whose own field for it is zero (RFC 3533)."""
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = checksum << 1 ^ (_OGG_POLYNOMIAL if checksum & 0x80000000 else 0)
    return checksum
