"""An Ogg Speex file with noise, written bit by bit: no library here has an encoder for Speex."""

from __future__ import annotations

import struct

import numpy as np

from tests.harness.recordings import ogg_checksum

_RATE_HZ = 8_000
_FRAME_SAMPLES = 160
# The narrow-band mode of 5,950 bit/s: frames of 119 bits, of which five name the mode.
_MODE, _FRAME_BITS, _MODE_BITS = 2, 119, 5

_FIRST_PAGE, _LAST_PAGE = 0x02, 0x04


def encode_speex(duration_s: float, seed: int = 0) -> bytes:
    """Return an Ogg Speex file whose frames have random content.

    Parameters
    ----------
    duration_s : float
        Duration in seconds, rounded to frames of 20 ms; at most five seconds, which fit one page.
    seed : int
        Seed of the random content.

    Returns
    -------
    bytes
        The file, mono at 8 kHz.
    """
    n_frames = round(duration_s * _RATE_HZ / _FRAME_SAMPLES)
    rng = np.random.default_rng(seed)
    packets = [_frame(rng) for _ in range(n_frames)]
    comments = struct.pack("<I4sI", 4, b"test", 0)
    return (
        _page(0, _FIRST_PAGE, 0, [_header()])
        + _page(1, 0, 0, [comments])
        + _page(2, _LAST_PAGE, n_frames * _FRAME_SAMPLES, packets)
    )


def _header() -> bytes:
    names = struct.pack("<8s20s", b"Speex   ", b"speex-1.2")
    # Version, header size, rate, mode, version of the mode's bit stream, channels, bit rate, frame size, variable bit
    # rate, frames per packet, extra headers, and two reserved numbers.
    return names + struct.pack("<13i", 1, 80, _RATE_HZ, 0, 4, 1, -1, _FRAME_SAMPLES, 0, 1, 0, 0, 0)


def _frame(rng: np.random.Generator) -> bytes:
    mode = [int(bit) for bit in f"{_MODE:0{_MODE_BITS}b}"]
    content = rng.integers(0, 2, _FRAME_BITS - _MODE_BITS).tolist()
    # A zero and ones fill the last byte.
    n_filling = -_FRAME_BITS % 8
    filling = [0, *[1] * (n_filling - 1)][:n_filling]
    return np.packbits(np.array([*mode, *content, *filling], np.uint8)).tobytes()


def _page(number: int, flags: int, granule: int, packets: list[bytes]) -> bytes:
    """Return an Ogg page (RFC 3533) with packets of less than 255 bytes."""
    header = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, 1, number, 0, len(packets))
    page = header + bytes(len(packet) for packet in packets) + b"".join(packets)
    checksum = ogg_checksum(page).to_bytes(4, "little")
    return page[:22] + checksum + page[26:]
