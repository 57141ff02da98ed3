"""Repair of the header of a WAV file whose recorder was stopped before it wrote the sizes."""

from __future__ import annotations

import struct

# A WAV file has a handful of chunks; a hostile one can have millions.
_MAX_CHUNKS = 1_000
_FIRST_CHUNK = 12
_CHUNK_HEADER_BYTES = 8


def with_real_data_size(wav: bytes) -> bytes:
    """Return a WAV file in which a data size of zero is replaced by the real size.

    A recorder writes the size when the recording ends. If it is stopped before, the header has a data size of zero and
    the samples follow up to the end of the file. A file that has other chunks after an empty data chunk is not changed.

    Parameters
    ----------
    wav : bytes
        The file.

    Returns
    -------
    bytes
        The same object if there is nothing to repair.
    """
    layout = ">4sI" if wav[:4] == b"RIFX" else "<4sI"
    if wav[:4] not in {b"RIFF", b"RIFX"}:
        return wav
    for name, size, start in _chunks(wav, _FIRST_CHUNK, layout):
        if name != b"data":
            continue
        n_bytes = len(wav) - start
        if size or not n_bytes or _are_only_chunks(wav, start, layout):
            return wav
        data_header = struct.pack(layout, b"data", n_bytes)
        riff_header = struct.pack(layout, wav[:4], len(wav) - _CHUNK_HEADER_BYTES)
        return riff_header + wav[8 : start - _CHUNK_HEADER_BYTES] + data_header + wav[start:]
    return wav


def first_sound_bytes(wav: bytes, n_bytes: int) -> bytes:
    """Return the first bytes of the data chunk; none if there is no data chunk.

    Parameters
    ----------
    wav : bytes
        The file, in little-endian order.
    n_bytes : int
        Number of bytes.
    """
    chunks = _chunks(wav, _FIRST_CHUNK, "<4sI")
    return next((wav[start : start + n_bytes] for name, _, start in chunks if name == b"data"), b"")


def _chunks(wav: bytes, start: int, layout: str) -> list[tuple[bytes, int, int]]:
    """Return name, size and first byte of each chunk, up to the first that is cut off."""
    chunks: list[tuple[bytes, int, int]] = []
    while len(chunks) < _MAX_CHUNKS and start + _CHUNK_HEADER_BYTES <= len(wav):
        name, size = struct.unpack_from(layout, wav, start)
        start += _CHUNK_HEADER_BYTES
        chunks.append((name, size, start))
        # Chunks begin at even places.
        start += size + size % 2
    return chunks


def _are_only_chunks(wav: bytes, start: int, layout: str) -> bool:
    """Return whether the rest of the file is a sequence of chunks with plausible names, up to the end of the file."""
    chunks = _chunks(wav, start, layout)
    if not chunks or not all(name.isalnum() or name.strip().isalnum() for name, _, _ in chunks):
        return False
    _, size, content = chunks[-1]
    return content + size in {len(wav), len(wav) - 1}
