"""Files of the largest size, filled with empty or false entries: what costs time and memory without any sound."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial

from ser_core.audio.limits import DEFAULT_LIMITS
from ser_core.audio.loading import to_wav_bytes
from tests.harness.recordings import encode, encode_with_av, sine

# The size limit of an upload, minus room for the rest of the file.
_LARGE = DEFAULT_LIMITS.max_bytes - 100_000

_UNKNOWN_LENGTH = b"\x01" + b"\xff" * 7


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
    file_type, movie = data[: data.index(b"moov") - 4], data[data.index(b"moov") - 4 :]
    yield "M4A of free boxes", _filled(_box(b"free"), file_type, movie)
    yield "M4A of tracks", file_type + _box(b"moov", _filled(_box(b"trak"))) + movie
    titles = _filled(b"\0\0\0\x10\xa9nam\0\4\0\0abcd")
    yield "M4A of titles", file_type + _box(b"moov", _box(b"udta", titles)) + movie
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


def crowded_new_headers() -> Iterator[tuple[str, bytes]]:
    """Yield the same for containers that only FFmpeg reads, and for those of recorders."""
    tone, voice = sine(0.5, 48_000), sine(0.5, 8_000)
    wav = to_wav_bytes(sine(0.5, 16_000)[:, 0])
    yield (
        "WAV with a data size of zero behind empty chunks",
        _filled(b"junk\0\0\0\0", wav[:36], b"data\0\0\0\0" + wav[44:]),
    )
    yield "WAV with a data size of zero before empty chunks", _filled(b"junk\0\0\0\0", wav[:40] + bytes(4))
    yield "WAV of an unknown codec", wav[:20] + b"\x34\x12" + _filled(b"\0", wav[22:40] + b"\xff\xff\xff\x7f")
    yield from _crowded_riff(encode_with_av(tone, 48_000, "avi", "pcm_s16le"))
    stream = encode_with_av(tone, 48_000, "mpegts", "aac")
    packet = b"G\x1f\xff\x10" + bytes(184)
    yield "TS of empty packets", _filled(packet, stream)
    yield "TS that begins with empty packets", _filled(packet, tail=stream)
    yield "TS of tables", _filled(stream[: 3 * 188], tail=stream)
    every_stream = b"".join(
        b"G" + bytes([0x40 | pid >> 8, pid & 255]) + b"\x10" + stream[4:188] for pid in range(8_191)
    )
    yield "TS of all identifiers", _filled(every_stream, stream[: 3 * 188])
    program = encode_with_av(tone, 48_000, "mpeg", "mp2")
    pack_end = program.index(b"\0\0\1\xbb")
    yield "PS of pack headers", _filled(program[:pack_end], tail=program)
    yield "PS of start codes", _filled(b"\0\0\1", program[:pack_end])
    yield "PS of paddings", _filled(b"\0\0\1\xbe\0\0", program[:pack_end], program[pack_end:])
    streams = b"".join(b"\0\0\1" + bytes([code]) + b"\0\3\x80\0\0" for code in range(0xC0, 0xF0))
    yield "PS of all streams", _filled(streams, program[:pack_end])
    amr = encode_with_av(voice, 8_000, "amr", "libopencore_amrnb")
    yield "AMR of frames without sound", _filled(b"\x7c", amr[:6])
    yield "AMR of frames of one bit rate", _filled(amr[6:19], amr[:6])
    ac3, eac3 = (encode_with_av(tone, 48_000, codec, codec) for codec in ("ac3", "eac3"))
    yield "AC-3 of sync codes", _filled(b"\x0bw", ac3)
    yield "E-AC-3 of sync codes", _filled(b"\x0bw", eac3)
    caf = encode(tone, 48_000, "CAF")
    yield "CAF of free chunks", _filled(b"free" + bytes(8), caf[:52], caf[52:])
    yield "CAF of free chunks for FFmpeg", _filled(b"free" + bytes(8), caf[:52].replace(b"lpcm", b"ima4"), caf[52:])
    yield "W64 of empty chunks", _filled(b"junk" + bytes(12) + b"\x18" + bytes(7), encode(tone, 48_000, "W64")[:40])
    yield (
        "AU of zeros with a long header",
        b".snd" + struct.pack(">IIIII", _LARGE, 2**32 - 1, 3, 48_000, 1) + bytes(_LARGE),
    )
    yield "SPHERE of fields", _filled(b"a -i 1\n", encode(tone, 48_000, "NIST")[:16])
    yield "VOC of empty blocks", _filled(b"\5\0\0\0", encode(tone, 48_000, "VOC")[:26])
    yield from _crowded_asf(encode_with_av(tone, 48_000, "asf", "wmav2", bit_rate_bps=64_000))


def _crowded_riff(avi: bytes) -> Iterator[tuple[str, bytes]]:
    movi = avi.index(b"LIST", 200)
    yield "AVI of empty chunks", _filled(b"JUNK\0\0\0\0", avi[:movi], avi[movi:])
    yield "AVI of lists", _filled(b"LIST\4\0\0\0movi", avi[:movi], avi[movi:])
    index = avi.index(b"idx1")
    entries = b"00wb\x10\0\0\0\4\0\0\0\4\0\0\0"
    n_bytes = _LARGE // len(entries) * len(entries)
    yield "AVI of index entries", avi[:index] + b"idx1" + struct.pack("<I", n_bytes) + _filled(entries)
    header = avi.index(b"strh") - 12
    stream = avi[header : header + 8 + struct.unpack("<I", avi[header + 4 : header + 8])[0]]
    yield "AVI of stream headers", _filled(stream, avi[:header], avi[header:])
    yield "AVI of empty sounds", _filled(b"00wb\0\0\0\0", avi[: movi + 12])


def _crowded_asf(asf: bytes) -> Iterator[tuple[str, bytes]]:
    # The header object has a size of 24 bytes, a number of objects and two reserved bytes.
    objects, header_bytes = 30, struct.unpack("<Q", asf[16:24])[0]
    empty = bytes.fromhex("74d40618dfca0945a4ba9aabcb96aae8") + struct.pack("<Q", 24)
    for name, entry in {
        "paddings": empty,
        "stream properties": asf[asf.index(bytes.fromhex("9107dcb7")) :][:122],
    }.items():
        crowd = entry * (_LARGE // len(entry) - 100)
        size = struct.pack("<QI", header_bytes + len(crowd), 2**31)
        yield f"WMA of {name}", asf[:16] + size + asf[28:objects] + crowd + asf[objects:]
    yield "WMA of empty packets", _filled(b"\x82" + bytes(99), asf)


def _filled(entry: bytes, head: bytes = b"", tail: bytes = b"") -> bytes:
    return head + entry * ((_LARGE - len(head) - len(tail)) // len(entry)) + tail
