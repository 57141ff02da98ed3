"""Write docs/formats.md: which containers and codecs are read, found by encoding a tone in each and reading it.

    python -m tools.write_formats_table

A test fails if the committed file has other results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ser_core.audio.loading import load_audio
from ser_core.errors import AudioError
from tests.harness.recordings import encode, encode_with_av, sine
from tests.harness.speex import encode_speex

FORMATS = Path(__file__).resolve().parents[1] / "docs" / "formats.md"

_DURATION_S = 0.5
# Codecs with long frames, WMA and AC-3, add or lose up to two of them.
_TOLERANCE_S = 0.1

_INTRODUCTION = """# Formats that are read

Written by `tools/write_formats_table.py`, which encodes a tone in each container and codec and tries to read it. A test
fails if this file has other results.

A file is read according to its content, not its name. libsndfile is tried first if it reads the container, then
FFmpeg. If the codec is not supported, the message names it.

| container | file names | codecs that are read | codecs that are not read |
|---|---|---|---|
"""

_NOTES = """
AAC inside a WAV file is read only with frame headers (ADTS); without them the frames cannot be separated. Codecs for
which there is no encoder here are not in the table. FFmpeg also decodes AMR-WB, iLBC, Vorbis in Matroska and the LATM
form of AAC.

What else is read:

- Files that were joined (`cat a.ogg b.ogg`): Ogg, FLAC and MP3, to the end of the last; up to 1,000 parts.
- WAV files of a recorder that was stopped before it wrote the sizes into the header.
- MP3 and FLAC after zeros, other bytes or an ID3 tag whose size is wrong.
- The first sound track with sound, if a file has several. A note says which.
- One channel, if the channels of a recording cancel each other. A note says which.

What is not read, and is named in the message: MIDI, WavPack, Monkey's Audio, Musepack, True Audio, DSD, SILK, DSS,
RealAudio, Flash video, QCP, archives, documents, pictures, web pages, playlists and programs.
"""

# Names of codecs, by libsndfile's subtype or FFmpeg's codec.
_NAMES = {
    "PCM_S8": "PCM 8 bit",
    "PCM_U8": "PCM 8 bit",
    "PCM_16": "PCM 16 bit",
    "PCM_24": "PCM 24 bit",
    "PCM_32": "PCM 32 bit",
    "FLOAT": "float 32 bit",
    "DOUBLE": "float 64 bit",
    "ULAW": "µ-law",
    "ALAW": "A-law",
    "IMA_ADPCM": "IMA ADPCM",
    "MS_ADPCM": "Microsoft ADPCM",
    "GSM610": "GSM 6.10",
    "G721_32": "G.721",
    "G723_24": "G.723",
    "DWVW_16": "DWVW",
    "ALAC_16": "ALAC",
    "VORBIS": "Vorbis",
    "OPUS": "Opus",
    "MPEG_LAYER_III": "MP3",
    "aac": "AAC",
    "ac3": "AC-3",
    "adpcm_ima_qt": "IMA ADPCM",
    "adpcm_ima_wav": "IMA ADPCM",
    "adpcm_ms": "Microsoft ADPCM",
    "adpcm_swf": "Flash ADPCM",
    "adpcm_yamaha": "Yamaha ADPCM",
    "alac": "ALAC",
    "eac3": "E-AC-3",
    "flac": "FLAC",
    "g722": "G.722",
    "g723_1": "G.723.1",
    "g726": "G.726",
    "libmp3lame": "MP3",
    "libopencore_amrnb": "AMR-NB",
    "libopus": "Opus",
    "mp2": "MP2",
    "pcm_alaw": "A-law",
    "pcm_mulaw": "µ-law",
    "pcm_s16be": "PCM 16 bit",
    "pcm_s16le": "PCM 16 bit",
    "pcm_s24le": "PCM 24 bit",
    "pcm_f32le": "float 32 bit",
    "pcm_u8": "PCM 8 bit",
    "speex": "Speex",
    "tta": "True Audio",
    "wavpack": "WavPack",
    "wmav1": "WMA 1",
    "wmav2": "WMA 2",
}
# Sample rates in hertz and bit rates in bits per second that these codecs need.
_RATES_HZ = {"g722": 16_000, "g723_1": 8_000, "g726": 8_000, "libopencore_amrnb": 8_000, "speex": 8_000}
_BIT_RATES_BPS = {"g723_1": 6_300, "wmav1": 64_000, "wmav2": 64_000}
_DEFAULT_RATE_HZ = 48_000

_PCM = ("PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW")


@dataclass(frozen=True)
class ContainerRow:
    """A row of the table.

    Parameters
    ----------
    name : str
        Name of the container.
    suffixes : tuple of str
        Usual endings of file names.
    soundfile_format : str
        libsndfile's name of the container; empty if it is not encoded with libsndfile.
    subtypes : tuple of str
        libsndfile's names of the codecs.
    av_format : str
        FFmpeg's name of the container; empty if it is not encoded with FFmpeg.
    codecs : tuple of str
        FFmpeg's names of the codecs.
    """

    name: str
    suffixes: tuple[str, ...]
    soundfile_format: str = ""
    subtypes: tuple[str, ...] = ()
    av_format: str = ""
    codecs: tuple[str, ...] = ()


_WAV_CODECS = ("g722", "g726", "g723_1", "wmav2", "ac3", "eac3", "mp2", "libmp3lame", "flac", "adpcm_yamaha", "aac")
_MP4_CODECS = ("aac", "alac", "libmp3lame", "mp2", "ac3", "eac3", "flac", "libopus")
_MATROSKA_CODECS = ("libopus", "flac", "aac", "libmp3lame", "ac3", "pcm_s16le", "alac", "tta", "wavpack")

ROWS = (
    ContainerRow(
        "WAV",
        (".wav", ".wave"),
        "WAV",
        ("PCM_U8", *_PCM, "IMA_ADPCM", "MS_ADPCM", "GSM610", "G721_32"),
        "wav",
        _WAV_CODECS,
    ),
    ContainerRow("RF64", (".rf64",), "RF64", ("PCM_U8", *_PCM)),
    ContainerRow("W64", (".w64",), "W64", ("PCM_U8", *_PCM, "IMA_ADPCM", "MS_ADPCM", "GSM610")),
    ContainerRow("AIFF", (".aif", ".aiff", ".aifc"), "AIFF", ("PCM_S8", *_PCM, "IMA_ADPCM", "GSM610", "DWVW_16")),
    ContainerRow("AU", (".au", ".snd"), "AU", ("PCM_S8", *_PCM, "G721_32", "G723_24")),
    ContainerRow("CAF", (".caf",), "CAF", ("PCM_S8", *_PCM, "ALAC_16"), "caf", ("adpcm_ima_qt",)),
    ContainerRow("SPHERE (NIST)", (".sph",), "NIST", ("PCM_S8", "PCM_16", "PCM_24", "PCM_32", "ULAW", "ALAW")),
    ContainerRow("VOC", (".voc",), "VOC", ("PCM_U8", "PCM_16", "ULAW", "ALAW")),
    ContainerRow("FLAC", (".flac",), "FLAC", ("PCM_16", "PCM_24")),
    ContainerRow("Ogg", (".ogg", ".oga", ".ogv", ".opus", ".spx"), "OGG", ("VORBIS", "OPUS"), "ogg", ("flac", "speex")),
    ContainerRow("MPEG audio", (".mp3", ".mp2"), "MP3", ("MPEG_LAYER_III",), "mp2", ("mp2",)),
    ContainerRow("AAC (ADTS)", (".aac",), av_format="adts", codecs=("aac",)),
    ContainerRow("MP4", (".m4a", ".m4b", ".mp4", ".m4v"), av_format="mp4", codecs=_MP4_CODECS),
    ContainerRow(
        "MOV",
        (".mov",),
        av_format="mov",
        codecs=("aac", "alac", "pcm_u8", "pcm_s16be", "pcm_s16le", "pcm_f32le", "adpcm_ima_qt", "pcm_mulaw"),
    ),
    ContainerRow("3GP", (".3gp", ".3g2"), av_format="3gp", codecs=("libopencore_amrnb", "aac")),
    ContainerRow("WebM", (".webm", ".weba"), av_format="webm", codecs=("libopus",)),
    ContainerRow("Matroska", (".mka", ".mkv"), av_format="matroska", codecs=_MATROSKA_CODECS),
    ContainerRow("AMR", (".amr", ".awb"), av_format="amr", codecs=("libopencore_amrnb",)),
    ContainerRow("WMA (ASF)", (".wma", ".wmv", ".asf"), av_format="asf", codecs=("wmav1", "wmav2", "pcm_s16le")),
    ContainerRow(
        "AVI",
        (".avi",),
        av_format="avi",
        codecs=("libmp3lame", "mp2", "ac3", "aac", "pcm_s16le", "adpcm_ima_wav", "adpcm_ms"),
    ),
    ContainerRow("MPEG-TS", (".ts", ".mts"), av_format="mpegts", codecs=("aac", "mp2", "ac3", "eac3", "libopus")),
    ContainerRow("MPEG-PS", (".mpg", ".mpeg"), av_format="mpeg", codecs=("mp2", "ac3")),
    ContainerRow("AC-3", (".ac3",), av_format="ac3", codecs=("ac3",)),
)


def document() -> str:
    """Return the content of docs/formats.md, after trying every container and codec."""
    lines = []
    for row in ROWS:
        is_read = dict(_results(row))
        read_codecs = ", ".join(name for name in is_read if is_read[name])
        refused_codecs = ", ".join(name for name in is_read if not is_read[name])
        suffixes = " ".join(f"`{suffix}`" for suffix in row.suffixes)
        lines.append(f"| {row.name} | {suffixes} | {read_codecs} | {refused_codecs} |\n")
    return _INTRODUCTION + "".join(lines) + _NOTES


def _results(row: ContainerRow) -> Iterator[tuple[str, bool]]:
    """Yield the name of each codec, and whether a tone in it is read."""
    for subtype in row.subtypes:
        tone = sine(_DURATION_S, _DEFAULT_RATE_HZ)
        yield _NAMES[subtype], _is_read(partial(encode, tone, _DEFAULT_RATE_HZ, row.soundfile_format, subtype))
    for codec in row.codecs:
        yield _NAMES[codec], _is_read(partial(_encode_with_av, row.av_format, codec))


def _encode_with_av(av_format: str, codec: str) -> bytes:
    if codec == "speex":
        return encode_speex(_DURATION_S)
    rate_hz = _RATES_HZ.get(codec, _DEFAULT_RATE_HZ)
    tone = sine(_DURATION_S, rate_hz)
    return encode_with_av(tone, rate_hz, av_format, codec, bit_rate_bps=_BIT_RATES_BPS.get(codec, 0))


def _is_read(encode_tone: Callable[[], bytes]) -> bool:
    data = encode_tone()
    try:
        audio = load_audio(data)
    except AudioError:
        return False
    return abs(audio.duration_s - _DURATION_S) <= _TOLERANCE_S and bool(np.abs(audio.samples).max() > _TOLERANCE_S)


if __name__ == "__main__":
    FORMATS.write_text(document(), encoding="utf-8")
