"""Files that cost time and memory on purpose: small files with hours of sound, large files without any sound."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import partial

import av
import numpy as np

from ser_core.audio.loading import DEFAULT_LIMITS, to_wav_bytes
from tests.harness.recordings import encode, encode_with_av, silence, sine

# The size limit of an upload, minus room for the rest of the file.
_LARGE = DEFAULT_LIMITS.max_bytes - 100_000

_UNKNOWN_LENGTH = b"\x01" + b"\xff" * 7


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


def crowded_headers() -> Iterator[tuple[str, bytes]]:
    """Yield files of the largest size, filled with empty entries."""
    wav = to_wav_bytes(sine(0.5, 16_000)[:, 0])
    fill_wav = partial(_filled, head=b"RIFF\xff\xff\xff\x7fWAVE", tail=wav[12:])
    yield "WAV of empty chunks", fill_wav(b"junk\0\0\0\0")
    yield "WAV of lists", fill_wav(b"LIST\4\0\0\0INFO")
    yield "WAV of zeros", fill_wav(b"\0")
    aiff = encode(sine(0.5, 16_000), 16_000, "AIFF")
    yield "AIFF of empty chunks", _filled(b"ANNO\0\0\0\0", aiff[:12], aiff[12:])
    flac = encode(sine(0.5, 16_000), 16_000, "FLAC")
    for name, block in {"paddings": b"\1\0\0\0", "comments": b"\4\0\0\x08" + bytes(8)}.items():
        yield f"FLAC of {name}", _filled(block, flac[:42], flac[42:])
    yield "FLAC of sync codes", _filled(b"\xff\xf8", flac[:200])
    yield "MP3 of sync codes without frames", _filled(b"\xff\xfb\0")
    mp3 = encode(sine(0.5, 48_000), 48_000, "MP3", "MPEG_LAYER_III")
    yield "MP3 that ends in sync codes", _filled(b"\xff\xfb\0", mp3)
    yield "MP3 after a tag of 48 MB", b"ID3\4\0\0\x17\0\0\0" + bytes(23 << 21) + mp3
    ogg = encode(sine(0.5, 48_000), 48_000, "OGG", "VORBIS")
    yield "Ogg of capture patterns", _filled(b"OggS", ogg[:3_000])
    yield "Ogg of pages inside pages", _filled(b"OggS" + bytes(22) + b"\xff" + b"\xff" * 32)
    yield from _crowded_mp4()
    yield from _crowded_matroska()
    aac = encode_with_av(sine(0.5, 48_000), 48_000, "adts", "aac")
    yield "AAC of empty frames", _filled(b"\xff\xf1\x4c\x40\x01\x1f\xfc\0")
    yield "AAC that ends in sync codes", _filled(b"\xff\xf1", aac)


def _crowded_mp4() -> Iterator[tuple[str, bytes]]:
    data = encode_with_av(sine(0.5, 44_100), 44_100, "ipod", "aac")
    file_type, rest = data[: data.index(b"moov") - 4], data[data.index(b"moov") - 4 :]
    yield "M4A of free boxes", _filled(_box(b"free"), file_type, rest)
    yield "M4A of tracks", file_type + _box(b"moov", _filled(_box(b"trak"))) + rest
    titles = _filled(b"\0\0\0\x10\xa9nam\0\4\0\0abcd")
    yield "M4A of titles", file_type + _box(b"moov", _box(b"udta", titles)) + rest
    depth = 100_000
    yield "M4A of nested boxes", file_type + b"".join(_box_head(8 * left, b"moov") for left in range(depth, 0, -1))
    for table, entry, head_bytes in ((b"stts", 8, 4), (b"stsc", 12, 4), (b"stco", 4, 4), (b"stsz", 4, 8)):
        count = _LARGE // entry
        content = bytes(head_bytes) + struct.pack(">I", count) + (b"\0\0\0\1" * (entry // 4)) * count
        yield f"M4A with {count} entries in {table.decode()}", _with_box(data, table, content)


def _with_box(data: bytes, tag: bytes, content: bytes) -> bytes:
    """Replace a box of the sound track's sample table, and correct the sizes of the boxes around it."""
    start = data.index(tag) - 4
    end = start + struct.unpack(">I", data[start : start + 4])[0]
    box, patched = _box(tag, content), bytearray(data)
    for parent in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        offset = data.index(parent) - 4
        size = struct.unpack(">I", data[offset : offset + 4])[0]
        patched[offset : offset + 4] = struct.pack(">I", size + len(box) - (end - start))
    return bytes(patched[:start]) + box + data[end:]


def _box(tag: bytes, content: bytes = b"") -> bytes:
    return _box_head(8 + len(content), tag) + content


def _box_head(size: int, tag: bytes) -> bytes:
    return struct.pack(">I", size) + tag


def _crowded_matroska() -> Iterator[tuple[str, bytes]]:
    data = encode_with_av(sine(0.5, 48_000), 48_000, "webm", "libopus")
    segment, cluster = data.index(b"\x18\x53\x80\x67") + 4, data.index(b"\x1f\x43\xb6\x75")
    head = data[:segment] + _UNKNOWN_LENGTH + data[segment + 8 : cluster]
    for name, element in {
        "voids": b"\xec\x80",
        "clusters": b"\x1f\x43\xb6\x75\x80",
        "cues": b"\x1c\x53\xbb\x6b\x8a\xbb\x88\xb3\x81\1\xb7\x83\xf7\x81\1",
        "tracks": b"\x16\x54\xae\x6b\x83\xae\x81\x80",
    }.items():
        yield f"WebM of {name}", _filled(element, head, data[cluster:])
    # One element that is nearly the whole file. FFmpeg keeps each of its entries in memory.
    for name, tag, entry in (
        ("one index", b"\x1c\x53\xbb\x6b", b"\xbb\x82\xb7\x80"),
        ("one list of tags", b"\x12\x54\xc3\x67", b"\x73\x73\x83\x67\xc8\x80"),
        ("one list of attachments", b"\x19\x41\xa4\x69", b"\x61\xa7\x80"),
    ):
        entries = entry * ((_LARGE - len(data) - 64) // len(entry))
        yield f"WebM of {name}", head + tag + struct.pack(">Q", 1 << 56 | len(entries)) + entries + data[cluster:]
    endless = head + b"\x1f\x43\xb6\x75" + _UNKNOWN_LENGTH
    for name, block in {
        "empty blocks": b"\xa3\x84\x81\0\0\0",
        "blocks of a byte": b"\xa3\x85\x81\0\0\0\xfc",
        "blocks of another track": b"\xa3\x85\x82\0\0\0\xfc",
    }.items():
        yield f"WebM of {name}", _filled(block, endless)


def huge_picture() -> Iterator[tuple[str, bytes]]:
    """Yield a video whose first picture would be 100 MB when decoded."""
    yield "MP4 with a huge picture", encode_with_av(sine(0.5, 48_000), 48_000, "mp4", "aac", picture_px=8_000)


def _filled(entry: bytes, head: bytes = b"", tail: bytes = b"") -> bytes:
    return head + entry * ((_LARGE - len(head) - len(tail)) // len(entry)) + tail
