"""Damaged recordings in every format: cut off, with flipped bits, and with wrong numbers in their headers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np

# EBML, Segment, SeekHead, Info, Tracks, Cluster.
_MATROSKA_TAGS = [
    bytes.fromhex(tag) for tag in ("1a45dfa3", "18538067", "114d9b74", "1549a966", "1654ae6b", "1f43b675")
]

# Tags in front of the numbers that describe the content, by format.
_TAGS = {
    "wav": [b"RIFF", b"WAVE", b"fmt ", b"data"],
    "wavex": [b"RIFF", b"fmt ", b"fact", b"data"],
    "rf64": [b"RF64", b"ds64", b"fmt ", b"data"],
    "wav-float": [b"fmt ", b"fact", b"PEAK", b"data"],
    "flac": [b"fLaC"],
    "flac24": [b"fLaC"],
    "vorbis": [b"OggS", b"\x01vorbis", b"\x03vorbis", b"\x05vorbis"],
    "opus": [b"OggS", b"OpusHead", b"OpusTags"],
    "mp3": [b"Xing", b"LAME", b"\xff\xfb"],
    "aiff": [b"FORM", b"COMM", b"SSND"],
    "aiff8": [b"FORM", b"COMM", b"SSND"],
    "aiff-float": [b"FORM", b"FVER", b"COMM", b"SSND"],
    "m4a": [b"ftyp", b"moov", b"mvhd", b"mdhd", b"stsd", b"mp4a", b"esds", b"stts", b"stsc", b"stsz", b"stco", b"elst"],
    "mp4": [b"ftyp", b"moov", b"trak", b"tkhd", b"stsd", b"mp4a", b"esds", b"stts", b"stsc", b"stsz", b"stco", b"mdat"],
    "mov-pcm": [b"stsd", b"sowt", b"stts", b"stsc", b"stsz", b"stco"],
    "mov-pcm8": [b"stsd", b"raw ", b"stts", b"stsc", b"stsz"],
    "alac": [b"stsd", b"alac", b"stts", b"stsc", b"stsz", b"stco"],
    "aac": [b"\xff\xf1"],
    # SimpleBlock, Duration, SamplingFrequency, Channels, CodecPrivate.
    "webm": [*_MATROSKA_TAGS, b"\xa3", b"\x44\x89", b"\xb5", b"\x9f", b"\x63\xa2", b"OpusHead"],
    "mka": [*_MATROSKA_TAGS, b"\x63\xa2", b"fLaC"],
    "caf": [b"caff", b"desc", b"data"],
    "caf-alac": [b"caff", b"desc", b"kuki", b"pakt", b"data"],
    "au": [b".snd"],
    "w64": [b"riff", b"wave", b"fmt ", b"data"],
    "sphere": [b"NIST_1A", b"channel_count", b"sample_rate", b"sample_n_bytes", b"sample_count"],
    "voc": [b"Creative Voice File\x1a"],
    "amr": [b"#!AMR\n"],
    # File properties, stream properties, data.
    "wma": [bytes.fromhex(tag) for tag in ("3026b275", "a1dcab8c", "9107dcb7", "3626b275")],
    "avi": [b"RIFF", b"avih", b"strh", b"strf", b"movi", b"00wb", b"idx1"],
    # Packets, and the start of an elementary stream.
    "ts": [b"G@\x11", b"G@\0", b"GP\0", b"\0\0\1\xc0", b"\xff\xf1"],
    "ps": [b"\0\0\1\xba", b"\0\0\1\xbb", b"\0\0\1\xc0", b"\xff\xfd"],
    "ac3": [b"\x0bw"],
    "eac3": [b"\x0bw"],
    "3gp": [b"ftyp", b"moov", b"mdhd", b"stsd", b"samr", b"stts", b"stsc", b"stsz", b"stco"],
    "wav-g722": [b"RIFF", b"fmt ", b"fact", b"data"],
    "wav-g726": [b"RIFF", b"fmt ", b"data"],
    "wav-wma": [b"RIFF", b"fmt ", b"data"],
    "ogg-flac": [b"OggS", b"\x7fFLAC", b"fLaC"],
    "ogg-video": [b"OggS", b"OVP80", b"\x7fFLAC", b"fLaC"],
    "speex": [b"OggS", b"Speex   ", b"speex-1.2"],
    "two tracks": [*_MATROSKA_TAGS, b"\xa3", b"\x63\xa2", b"fLaC"],
    "joined vorbis": [b"OggS", b"\x01vorbis", b"\x05vorbis"],
    "joined flac": [b"fLaC"],
    "joined mp3": [b"Xing", b"\xff\xfb"],
}
_EXTREMES = [bytes(4), b"\xff" * 4, b"\x7f" + b"\xff" * 3, b"\x80\0\0\0", b"\0\0\0\1", b"\1\0\0\0"]
# Largest distance of a number from its tag, in bytes.
_REACH = 28


def _rng(name: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(name.encode()))


def cut_off(kind: str, data: bytes, count: int = 10) -> Iterator[tuple[str, bytes]]:
    """Yield the beginning of a file at many lengths, half of them inside the header."""
    in_header = np.unique(np.geomspace(1, min(600, len(data) - 1), count // 2).astype(int))
    for length in [*in_header, *np.linspace(600, len(data) - 1, count - len(in_header), dtype=int)]:
        yield f"{kind} cut off after {length} bytes", data[:length]


def bits_flipped(kind: str, data: bytes, count: int = 10) -> Iterator[tuple[str, bytes]]:
    """Yield copies with 1 to 40 flipped bits, in every second copy only in the first 400 bytes."""
    for number in range(count):
        name = f"{kind} with bits flipped, number {number}"
        rng, damaged = _rng(name), bytearray(data)
        end = len(data) if number % 2 else min(400, len(data))
        for position in rng.integers(0, end, rng.integers(1, 41)):
            damaged[position] ^= 1 << int(rng.integers(8))
        yield name, bytes(damaged)


def wrong_numbers(kind: str, data: bytes, count: int = 10) -> Iterator[tuple[str, bytes]]:
    """Yield copies in which a number after one of the header's tags has an extreme value."""
    positions = [(tag, data.find(tag) + len(tag)) for tag in _TAGS[kind]]
    missing = [tag for tag, position in positions if position < len(tag)]
    assert not missing, f"{kind} has no {missing}"
    for number in range(count):
        tag, position = positions[number % len(positions)]
        name = f"{kind} with a wrong number, number {number}"
        rng = _rng(name)
        offset = position + int(rng.integers(_REACH))
        extreme = _EXTREMES[int(rng.integers(len(_EXTREMES)))][: int(rng.choice([1, 2, 4]))]
        yield f"{name}, {tag!r}", data[:offset] + extreme + data[offset + len(extreme) :]


def shuffled(kind: str, data: bytes, count: int = 6) -> Iterator[tuple[str, bytes]]:
    """Yield copies with one part removed, doubled, or replaced by zeros or noise."""
    for number in range(count):
        name = f"{kind} shuffled, number {number}"
        rng = _rng(name)
        start, end = sorted(map(int, rng.integers(0, len(data), 2)))
        replacement = [b"", data[start:end] * 2, bytes(end - start), rng.bytes(end - start)][number % 4]
        yield name, data[:start] + replacement + data[end:]
