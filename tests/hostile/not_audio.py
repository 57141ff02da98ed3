"""Content that is not a recording, and recordings joined to other content."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator

import numpy as np

from tests.hostile.kinds import every_container

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82"
_HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script><img src=x onerror=alert(1)></body></html>"
_PLAYLISTS = {
    "M3U": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "HLS": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nconcat:/etc/passwd|/etc/hosts\n#EXT-X-ENDLIST\n",
    "PLS": b"[playlist]\nFile1=/etc/passwd\nNumberOfEntries=1\n",
    "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "SDP": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    "DASH": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file:///etc/</BaseURL></MPD>',
    "CUE": b'FILE "/etc/passwd" WAVE\n  TRACK 01 AUDIO\n',
}


def _archives(content: bytes) -> dict[str, bytes]:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("../../clip.wav"), content)
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        entry = tarfile.TarInfo("/clip.wav")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return {"ZIP": zipped.getvalue(), "TAR": tarred.getvalue(), "GZIP": gzip.compress(content, mtime=0)}


def other_content() -> Iterator[tuple[str, bytes]]:
    """Yield text, images, archives, playlists, documents and noise."""
    voice = every_container()["wav"]
    text = "The quick brown fox.\n" * 50
    yield "nothing", b""
    for length in (1, 2, 3, 4, 11, 12, 100, 10_000):
        yield f"{length} zeros", bytes(length)
        yield f"{length} bytes of 255", b"\xff" * length
        yield f"{length} random bytes", np.random.default_rng(length).bytes(length)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1"):
        yield f"text as {encoding}", text.encode(encoding)
    yield "HTML", _HTML
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "JSON", b'{"samples": [0.1, 0.2]}'
    yield "a pickle", b"\x80\4\x95\x1d\0\0\0\0\0\0\0\x8c\5posix\x8c\6system\x93\x8c\4true\x85R."
    yield "PNG", _PNG
    yield "GIF", b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
    yield "JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + bytes(500) + b"\xff\xd9"
    yield "BMP", b"BM" + bytes(500)
    yield "TIFF", b"II*\0" + bytes(500)
    yield "WebP", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100)
    yield "AVI", b"RIFF\x24\0\0\0AVI LIST" + bytes(100)
    yield "MIDI", b"MThd\0\0\0\6\0\1\0\1\0\x60MTrk\0\0\0\4\0\xff\x2f\0"
    yield "PDF", b"%PDF-1.7\n" + bytes(500)
    yield "ELF", b"\x7fELF\2\1\1" + bytes(500)
    yield "NumPy", b"\x93NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (9,), }" + bytes(100)
    yield "HDF5", b"\x89HDF\r\n\x1a\n" + bytes(500)
    for name, playlist in _PLAYLISTS.items():
        yield f"{name} playlist", playlist
    for name, archive in _archives(voice).items():
        yield f"{name} with a recording in it", archive
    for name, archive in _archives(bytes(30_000_000)).items():
        yield f"{name} with 30 MB of zeros in it", archive


def polyglots() -> Iterator[tuple[str, bytes]]:
    """Yield recordings in every format with other content before or after them, or with another recording."""
    kinds = every_container()
    others = {"HTML": _HTML, "PNG": _PNG, "ZIP": _archives(b"text" * 100)["ZIP"], "HLS": _PLAYLISTS["HLS"]}
    for kind, data in kinds.items():
        for name, content in others.items():
            yield f"{kind} and {name}", data + content
            yield f"{name} and {kind}", content + data
    for first, second in zip(kinds, [*list(kinds)[5:], *list(kinds)[:5]], strict=True):
        yield f"{first} and {second}", kinds[first] + kinds[second]
        yield f"{first} in a tag before {second}", _id3(kinds[first]) + kinds[second]
    yield "MOV that names another file", _referring_movie(kinds["mov-pcm"])


def _id3(content: bytes) -> bytes:
    n = len(content)
    return b"ID3\4\0\0" + bytes([n >> 21 & 127, n >> 14 & 127, n >> 7 & 127, n & 127]) + content


def _referring_movie(movie: bytes) -> bytes:
    """Replace a movie's reference to its own data by a reference to another file."""
    offset = movie.index(b"url \0\0\0\1")
    return movie[:offset] + b"alis\0\0\0\0" + movie[offset + 8 :]
