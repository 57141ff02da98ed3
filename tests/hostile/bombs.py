"""Files that cost time and memory on purpose: small files with hours of sound, very short frames, many parts."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
import numpy as np

from ser_core.audio.limits import DEFAULT_LIMITS
from tests.harness.recordings import encode, encode_tracks, encode_with_av, silence, sine
from tests.harness.speex import encode_speex


def silences() -> Iterator[tuple[str, bytes]]:
    """Yield long silences in formats that compress them to small files."""
    yield "four hours of FLAC", silence(4 * 3_600, 4_000, 1, "FLAC", "PCM_16")
    yield "FLAC of 192 kHz, stereo", silence(320, 192_000, 2, "FLAC", "PCM_16")
    yield "FLAC of 96 kHz, 8 channels", silence(100, 96_000, 8, "FLAC", "PCM_16")
    yield "Vorbis of 192 kHz", silence(60, 192_000, 2, "OGG", "VORBIS")
    second = encode(np.zeros((48_000, 2), np.float32), 48_000, "MP3", "MPEG_LAYER_III")
    # Without the first frame, which contains the number of frames.
    frames = second[second.index(b"\xff\xfb", 4) :]
    yield "an hour of MP3", frames * 3_600
    second = encode_with_av(np.zeros((96_000, 2), np.float32), 96_000, "adts", "aac")
    yield "an hour of AAC of 96 kHz", second * 3_600
    minute = np.zeros((96_000 * 60, 2), np.float32)
    for container, codec in (("ipod", "alac"), ("mp4", "aac"), ("matroska", "flac"), ("webm", "libopus")):
        rate_hz = 48_000 if codec == "libopus" else 96_000
        yield f"a minute of {codec} in {container}", encode_with_av(minute[: 60 * rate_hz], rate_hz, container, codec)


def short_frames() -> Iterator[tuple[str, bytes]]:
    """Yield files with very many frames, or with a sample rate that changes many times."""
    yield "Matroska of single samples", _single_samples(20_000)
    at_48, at_24 = (
        encode_with_av(np.zeros((rate_hz // 10, 1), np.float32), rate_hz, "adts", "aac") for rate_hz in (48_000, 24_000)
    )
    yield "AAC that changes its rate ten times a second", (at_48 + at_24) * 3_000


def _single_samples(count: int) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("pcm_s16le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1), np.int16), format="s16", layout="mono")
        frame.sample_rate = 16_000
        for index in range(count):
            frame.pts = index
            container.mux(stream.encode(frame))
    return buffer.getvalue()


def huge_picture() -> Iterator[tuple[str, bytes]]:
    """Yield a video whose first picture would be 100 MB when decoded."""
    yield "MP4 with a huge picture", encode_with_av(sine(0.5, 48_000), 48_000, "mp4", "aac", picture_px=8_000)


def joined_files() -> Iterator[tuple[str, bytes]]:
    """Yield files of the largest size that were joined from very many short ones."""
    flac_48, flac_44 = (encode(sine(0.01, rate_hz), rate_hz, "FLAC") for rate_hz in (48_000, 44_100))
    yield "FLAC of equal parts", _repeated(flac_48)
    yield "FLAC of parts with two rates", _repeated(flac_48 + flac_44)
    yield "FLAC of headers", _repeated(flac_48[:42])
    for codec in ("VORBIS", "OPUS"):
        parts = [encode(sine(0.01, rate_hz), rate_hz, "OGG", codec) for rate_hz in (48_000, 24_000)]
        yield f"Ogg of {codec} parts with two rates", _repeated(b"".join(parts))
    yield "Ogg of Speex parts", _repeated(encode_speex(0.02))
    yield "Ogg of Ogg FLAC parts", _repeated(encode_with_av(sine(0.01, 48_000), 48_000, "ogg", "flac"))
    page = b"OggS\0\2" + bytes(20) + b"\0"
    yield "Ogg of empty first pages", _repeated(page)
    yield "Ogg of empty first and other pages", _repeated(page + b"OggS\0\0" + bytes(20) + b"\0")
    mp3 = encode(sine(0.01, 48_000), 48_000, "MP3", "MPEG_LAYER_III")
    yield "MP3 of parts", _repeated(mp3)
    yield "MP3 of tables", _repeated(mp3[: mp3.index(b"Xing") + 100])
    yield "MP3 of table names", mp3 + _repeated(b"Xing")
    yield "zeros and false MP3 frames", bytes(1_000) + _repeated(b"\xff\xfb\x90\0")
    yield "false FLAC and MP3 frames", b"\1" + _repeated(b"\xff\xfb\x90\0fLaC\0\0\0")


def many_tracks() -> Iterator[tuple[str, bytes]]:
    """Yield files with many sound tracks, of which only the last has sound."""
    minute = np.zeros((60 * 96_000, 2), np.float32)
    yield "Matroska of twelve silent minutes at 96 kHz", encode_tracks([(minute, "flac")] * 12, 96_000, "matroska")
    yield "MP4 of four silent minutes", encode_tracks([(minute, "aac")] * 4, 48_000, "mp4")
    short = sine(0.1, 48_000)
    tracks = [(0.0 * short, "flac")] * 100 + [(short, "flac")]
    yield "Matroska of a hundred silent tracks", encode_tracks(tracks, 48_000, "matroska")
    yield "Matroska of a hundred tracks of an unknown codec", encode_tracks([(short, "tta")] * 100, 48_000, "matroska")


def opposite_channels() -> Iterator[tuple[str, bytes]]:
    """Yield long recordings whose channels cancel each other, from the start or after silence."""
    tone = sine(60.0, 96_000)
    opposite = np.hstack([tone, -tone])
    yield "a minute of opposite channels at 96 kHz", encode(opposite, 96_000, "FLAC")
    silence_first = np.concatenate([np.zeros((5 * 60 * 48_000, 2), np.float32), opposite[: 48_000 * 60]])
    yield "opposite channels after silence", encode(silence_first, 48_000, "FLAC")
    alternating = np.hstack([tone[:48_000], -tone[:48_000]]) * (np.arange(48_000) % 9_000 < 10)[:, np.newaxis]
    yield "opposite clicks", encode(np.tile(alternating, (60, 1)), 48_000, "FLAC")
    yield "255 opposite channels", encode(np.tile(opposite[:19_200], (1, 127)), 48_000, "WAV", "PCM_U8")


def _repeated(part: bytes) -> bytes:
    return part * (DEFAULT_LIMITS.max_bytes // len(part))
