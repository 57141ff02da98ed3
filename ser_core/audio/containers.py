"""Recognition of a file's container from its first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

OGG_CAPTURE = b"OggS"
FLAC_MARKER = b"fLaC"


@dataclass(frozen=True)
class Container:
    """A container format that can be read.

    Parameters
    ----------
    name : str
        Name that users know: ``"WAV"``, ``"M4A/MP4"``.
    av_format : str
        FFmpeg's name of the container; no other container of FFmpeg is tried.
    in_libsndfile : bool
        Whether libsndfile reads the container, and is tried first.
    has_late_streams : bool
        Whether streams can begin after the header, in the middle of the file.
    """

    name: str
    av_format: str
    in_libsndfile: bool = False
    has_late_streams: bool = False


WAV = Container("WAV", "wav", in_libsndfile=True)
AIFF = Container("AIFF", "aiff", in_libsndfile=True)
FLAC = Container("FLAC", "flac", in_libsndfile=True)
OGG = Container("OGG", "ogg", in_libsndfile=True, has_late_streams=True)
MP3 = Container("MP3", "mp3", in_libsndfile=True)
AAC = Container("AAC", "aac")
_MP4 = Container("M4A/MP4", "mov")
_CAF = Container("CAF", "caf", in_libsndfile=True)
_AU = Container("AU", "au", in_libsndfile=True)
_W64 = Container("W64", "w64", in_libsndfile=True)
_SPHERE = Container("SPHERE", "nistsphere", in_libsndfile=True)
_VOC = Container("VOC", "voc", in_libsndfile=True)
_AMR = Container("AMR", "amr")
_ASF = Container("WMA", "asf")
_AVI = Container("AVI", "avi")
_AC3 = Container("AC-3", "ac3")
_EAC3 = Container("AC-3", "eac3")
_MPEG_TS = Container("MPEG-TS", "mpegts", has_late_streams=True)
_MPEG_PS = Container("MPEG-PS", "mpeg", has_late_streams=True)
_WEBM = Container("WebM", "matroska")
_MATROSKA = Container("Matroska", "matroska")

_BY_FIRST_BYTES: dict[bytes, Container] = {
    FLAC_MARKER: FLAC,
    OGG_CAPTURE: OGG,
    b"caff": _CAF,
    b".snd": _AU,
    b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00": _W64,
    b"NIST_1A\n": _SPHERE,
    b"Creative Voice File\x1a": _VOC,
    b"#!AMR": _AMR,
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c": _ASF,
    b"\x00\x00\x01\xba": _MPEG_PS,
}
_BY_RIFF_FORM: dict[bytes, Container] = {b"WAVE": WAV, b"AVI ": _AVI, b"AVIX": _AVI}
_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}

# In an E-AC-3 frame the five bits after 40 bits are 11 to 16, in an AC-3 frame at most 10.
_LEAST_EAC3_VERSION = 11

# Packets of an MPEG transport stream: 188 bytes, or 192 with the time stamp that camcorders write before each.
_TS_PACKET_SIZES = ((188, 0), (192, 4))
_TS_SYNC = 0x47

ZIP_NAME = "a ZIP archive or an office document"
# Formats that cannot be read, by their first bytes. The message names them, and they are not searched for MP3 frames.
_OTHER_FORMATS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (rb"MThd", "a MIDI file, which has notes and no sound"),
        (rb"wvpk", "a WavPack file"),
        (rb"MAC ", "a Monkey's Audio file"),
        (rb"MPCK|MP\+", "a Musepack file"),
        (rb"TTA1", "a True Audio file"),
        (rb"DSD |FRM8", "a DSD file"),
        (rb".?#!SILK_V3", "a SILK voice message"),
        (rb"[\x01-\x07](?:dss|ds2)", "a DSS dictation"),
        (rb"\.RMF|\.ra\xfd", "a RealAudio file"),
        (rb"FLV\x01", "a Flash video"),
        (rb"RIFF....QLCM", "a QCP voice message"),
        (rb"PK[\x03\x05]", ZIP_NAME),
        (rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ", "a compressed archive"),
        (rb"%PDF", "a PDF document"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*", "a picture"),
        (rb"....ftyp(?:heic|heix|mif1|msf1|avif)", "a picture"),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:!DOCTYPE|\?xml|html|svg)", "a web page or an XML file"),
        (rb"#EXTM3U|\[playlist\]", "a playlist, which has no sound of its own"),
        (rb"\x7fELF|MZ", "a program"),
        (rb"SQLite format 3", "a database"),
    )
)


def identify(head: bytes) -> Container | None:
    """Return the container of a file.

    Parameters
    ----------
    head : bytes
        The first bytes of the file, at least 600 if it has as many.

    Returns
    -------
    Container or None
        None if no known container begins like this.
    """
    if other_format(head):
        return None
    for first_bytes, container in _BY_FIRST_BYTES.items():
        if head.startswith(first_bytes):
            return container
    if head[:4] in {b"RIFF", b"RIFX", b"RF64", b"BW64"}:
        return _BY_RIFF_FORM.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return AIFF
    if head[4:8] in _MP4_BOXES:
        return _MP4
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _WEBM if b"webm" in head[:64] else _MATROSKA
    if head[:2] == b"\x0b\x77" and len(head) > 5:
        return _EAC3 if head[5] >> 3 >= _LEAST_EAC3_VERSION else _AC3
    if any(_is_transport_stream(head, *sizes) for sizes in _TS_PACKET_SIZES):
        return _MPEG_TS
    # Twelve sync bits, then the layer: 0 in AAC's ADTS, 1 to 3 in MPEG audio.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return AAC
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
        return MP3
    return None


def other_format(head: bytes) -> str | None:
    """Return the name of a known format that cannot be read, with its article; None for every other file.

    Parameters
    ----------
    head : bytes
        The first bytes of the file, at least 64 if it has as many.
    """
    return next((name for pattern, name in _OTHER_FORMATS if pattern.match(head)), None)


def _is_transport_stream(head: bytes, packet_bytes: int, sync_offset: int) -> bool:
    return len(head) > sync_offset + 2 * packet_bytes and all(
        head[sync_offset + index * packet_bytes] == _TS_SYNC for index in range(3)
    )
