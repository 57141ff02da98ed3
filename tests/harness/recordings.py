"""Generated recordings of every kind that the decoder takes, the same bytes each time."""

from __future__ import annotations

import io

import av
import numpy as np
import soundfile

# libsndfile's format and subtype, our name for it, and by how much codec and padding change the length.
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
# FFmpeg's container and codec, our name for it, the length's tolerance.
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


def sine(duration_s: float, sample_rate_hz: int, *, frequency_hz: float = 440.0, channels: int = 1) -> np.ndarray:
    """Samples by channels, half of full scale."""
    time_s = np.arange(round(duration_s * sample_rate_hz)) / sample_rate_hz
    tone = 0.5 * np.sin(2 * np.pi * frequency_hz * time_s)
    return np.repeat(tone[:, np.newaxis], channels, axis=1).astype(np.float32)


def encode(samples: np.ndarray, sample_rate_hz: int, file_format: str = "WAV", subtype: str = "PCM_16") -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, sample_rate_hz, format=file_format, subtype=subtype)
    made = buffer.getvalue()
    if file_format == "OGG":
        return _with_plain_serial_number(made)
    return _without_date(made) if subtype in {"FLOAT", "DOUBLE"} else made


def silence(duration_s: int, sample_rate_hz: int, channels: int, file_format: str, subtype: str) -> bytes:
    """A long silence in a small file."""
    buffer = io.BytesIO()
    with soundfile.SoundFile(buffer, "w", sample_rate_hz, channels, subtype, format=file_format) as file:
        # All at once would overflow the stack of libsndfile's Vorbis encoder.
        for _ in range(duration_s):
            file.write(np.zeros((sample_rate_hz, channels), np.float32))
    return buffer.getvalue()


def encode_with_av(
    samples: np.ndarray, sample_rate_hz: int, container_format: str, codec: str, *, picture_px: int = 0
) -> bytes:
    """Encode samples [shape=(frames, channels)], beside pictures if wanted; without frames there is no sound track."""
    buffer = io.BytesIO()
    layout = {1: "mono", 2: "stereo"}[samples.shape[1]]
    # Bit-exact: without random serial numbers, so that the same samples give the same bytes.
    with av.open(buffer, "w", format=container_format, options={"fflags": "+bitexact"}) as container:
        size = {"width": picture_px, "height": picture_px, "pix_fmt": "yuv420p"}
        video = container.add_stream("mpeg4", rate=10, **size) if picture_px else None
        audio = container.add_stream(codec, rate=sample_rate_hz, layout=layout) if len(samples) else None
        if video:
            black = np.zeros((picture_px * 3 // 2, picture_px), np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(black, format="yuv420p")))
            container.mux(video.encode(None))
        if audio:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = sample_rate_hz, 0
            resampler = av.AudioResampler(
                format=audio.codec_context.format,
                layout=layout,
                rate=sample_rate_hz,
                frame_size=audio.codec_context.frame_size or 1024,
            )
            for piece in resampler.resample(frame) + resampler.resample(None):
                container.mux(audio.encode(piece))
            container.mux(audio.encode(None))
    return buffer.getvalue()


def every_kind(duration_s: float = 0.3) -> dict[str, bytes]:
    samples = sine(duration_s, 48_000, channels=2)
    made = {name: encode(samples, 48_000, kind[0], kind[1]) for name, kind in SOUNDFILE_KINDS.items()}
    made["wav-float"] = encode(samples, 48_000, "WAV", "FLOAT")
    return made | {name: encode_with_av(samples, 48_000, kind[0], kind[1]) for name, kind in AV_KINDS.items()}


def _without_date(made: bytes) -> bytes:
    """Replace the second in which the chunk of peaks was written, which libsndfile adds to floats, by zero."""
    tag = made.find(b"PEAK")
    # Behind the chunk's name, its length and its version.
    return made if tag < 0 else made[: tag + 12] + bytes(4) + made[tag + 16 :]


def _with_plain_serial_number(ogg: bytes) -> bytes:
    """Replace the stream's serial number, which libsndfile draws, by zero, and mend each page's checksum (RFC 3533)."""
    pages, start = bytearray(ogg), 0
    while start < len(pages):
        n_segments = pages[start + 26]
        end = start + 27 + n_segments + sum(pages[start + 27 : start + 27 + n_segments])
        pages[start + 14 : start + 18] = bytes(4)
        pages[start + 22 : start + 26] = bytes(4)
        pages[start + 22 : start + 26] = _ogg_checksum(pages[start:end]).to_bytes(4, "little")
        start = end
    return bytes(pages)


def _ogg_checksum(page: bytes) -> int:
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = checksum << 1 ^ (0x104C11DB7 if checksum & 0x80000000 else 0)
    return checksum
