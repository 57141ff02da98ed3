"""Headers with impossible values, one field at a time, in files with correct sound data."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ser_core.audio.loading import to_wav_bytes
from tests.harness.recordings import encode, encode_with_av, sine

# Offset and layout of each field of a plain 44-byte WAV header.
_WAV_FIELDS = {
    "RIFF size": (4, "<I"),
    "length of fmt": (16, "<I"),
    "format": (20, "<H"),
    "channels": (22, "<H"),
    "sample rate": (24, "<I"),
    "bytes a second": (28, "<I"),
    "bytes a frame": (32, "<H"),
    "bits a sample": (34, "<H"),
    "length of data": (40, "<I"),
}
_VALUES = {
    "H": [0, 1, 2, 3, 6, 7, 17, 255, 1_024, 1_025, 2**15, 2**16 - 1],
    "I": [0, 1, 2**16, 192_000, 192_001, 2**31 - 1, 2**31, 4_000_000_000, 2**32 - 1],
}


def wav_headers() -> Iterator[tuple[str, bytes]]:
    """Yield a WAV with each field of its header set to impossible values."""
    data = to_wav_bytes(sine(0.5, 16_000)[:, 0])
    for field, (offset, layout) in _WAV_FIELDS.items():
        for value in _VALUES[layout[1]]:
            packed = struct.pack(layout, value)
            yield f"WAV whose {field} is {value}", data[:offset] + packed + data[offset + len(packed) :]


def flac_headers() -> Iterator[tuple[str, bytes]]:
    """Yield FLAC with wrong values in STREAMINFO: rate, channels, depth, number of samples, block sizes."""
    data = encode(sine(0.5, 16_000), 16_000, "FLAC")
    # 20 bits for the rate, 3 for the channels minus 1, 5 for the depth minus 1, 36 for the number of samples.
    for rate_hz in (0, 1, 655_350, 2**20 - 1):
        for channels, bits, n_samples in ((1, 16, 8_000), (8, 32, 2**36 - 1), (8, 4, 0)):
            packed = (rate_hz << 44 | (channels - 1) << 41 | (bits - 1) << 36 | n_samples).to_bytes(8, "big")
            name = f"FLAC of {rate_hz} Hz, {channels} channels, {bits} bits, {n_samples} samples"
            yield name, data[:18] + packed + data[26:]
    for smallest, largest in ((0, 0), (1, 1), (65_535, 65_535), (65_535, 16)):
        sizes = struct.pack(">HH", smallest, largest)
        yield f"FLAC with blocks of {smallest} to {largest}", data[:8] + sizes + data[12:]


def aiff_headers() -> Iterator[tuple[str, bytes]]:
    """Yield AIFF with extreme 80-bit sample rates, and with other wrong values in COMM."""
    data = encode(sine(0.5, 16_000), 16_000, "AIFF")
    comm = data.index(b"COMM") + 8
    rates = {"zero": bytes(10), "huge": b"\x7f\xfe" + b"\xff" * 8, "infinite": b"\x7f\xff\x80" + bytes(7)}
    rates |= {"not a number": b"\x7f\xff\xc0" + bytes(7), "negative": b"\xc0\x0e\xac\x44" + bytes(6)}
    rates |= {"4 GHz": b"\x40\x1e\xee\x6b\x28" + bytes(5), "tiny": bytes(9) + b"\1"}
    for name, rate in rates.items():
        yield f"AIFF whose rate is {name}", data[: comm + 8] + rate + data[comm + 18 :]
    for channels in (0, 255, 32_767, 65_535):
        yield f"AIFF of {channels} channels", data[:comm] + struct.pack(">H", channels) + data[comm + 2 :]
    for frames in (0, 1, 2**31, 2**32 - 1):
        yield f"AIFF of {frames} frames", data[: comm + 2] + struct.pack(">I", frames) + data[comm + 6 :]
    for bits in (0, 1, 33, 64, 65_535):
        yield f"AIFF of {bits} bits", data[: comm + 6] + struct.pack(">H", bits) + data[comm + 8 :]


def mp4_boxes() -> Iterator[tuple[str, bytes]]:
    """Yield M4A with wrong sizes and counts in its boxes."""
    data = encode_with_av(sine(0.5, 44_100), 44_100, "ipod", "aac")
    for tag in (b"ftyp", b"moov", b"trak", b"mdia", b"stbl", b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"mdat"):
        offset = data.index(tag)
        for size in (0, 1, 7, 8, 2**31, 2**32 - 1):
            yield (
                f"M4A whose {tag.decode()} has a size of {size}",
                data[: offset - 4] + struct.pack(">I", size) + data[offset:],
            )
    for tag in (b"stts", b"stsc", b"stco"):
        offset = data.index(tag) + 8
        for count in (2**16, 2**24, 2**31 - 1, 2**32 - 1):
            yield (
                f"M4A whose {tag.decode()} has {count} entries",
                data[:offset] + struct.pack(">I", count) + data[offset + 4 :],
            )
    offset = data.index(b"mdhd") + 16
    for scale in (0, 1, 2**31, 2**32 - 1):
        yield f"M4A with a time scale of {scale}", data[:offset] + struct.pack(">I", scale) + data[offset + 4 :]
    alac = encode_with_av(sine(0.5, 44_100), 44_100, "mp4", "alac")
    # The decoder's cookie: frame length, version, depth, three Rice parameters, channels.
    offset = alac.rindex(b"alac\0\0\0\0\0\0\x10\0") + 8
    for length in (0, 1, 2**18, 2**24, 2**31, 2**32 - 1):
        for channels in (0, 1, 8, 255):
            cookie = struct.pack(">I", length) + alac[offset + 4 : offset + 9] + bytes([channels])
            yield f"ALAC of {length} samples and {channels} channels", alac[:offset] + cookie + alac[offset + 10 :]


def opus_heads() -> Iterator[tuple[str, bytes]]:
    """Yield Opus in WebM with wrong channels, skips and mappings in its header."""
    data = encode_with_av(sine(0.5, 48_000), 48_000, "webm", "libopus")
    offset = data.index(b"OpusHead")
    for channels in (0, 3, 8, 255):
        for mapping in (0, 1, 255):
            head = bytes([data[offset + 8], channels]) + data[offset + 10 : offset + 18] + bytes([mapping])
            yield f"Opus of {channels} channels, mapping {mapping}", data[: offset + 8] + head + data[offset + 19 :]
    for skip in (0, 48_000, 65_535):
        yield f"Opus that skips {skip}", data[: offset + 10] + struct.pack("<H", skip) + data[offset + 12 :]
