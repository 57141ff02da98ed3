"""A ZIP archive of 200 files, good and hostile, as visitors might drop it on the page Many files."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from itertools import cycle, islice

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode, encode_with_av, sine

N_FILES = 200

_VOICE_S = 0.8
_CLAIMED_BYTES = 3_000_000_000
_LINK_MODE = stat.S_IFLNK | 0o777

# Names that cause trouble where a name is taken for a path, for markup or for a word.
_ODD_NAMES = (
    "Grüße 你好 🎤.wav",
    "e\u0301te\u0301.wav",
    "été.wav",
    "\u202egnp.wav",
    "zero\u200bwidth.wav",
    "<img src=x onerror=alert(1)>.wav",
    "</td><script>alert(1)</script>.wav",
    "[click](javascript:alert(1)) `**bold**` $x$.wav",
    "=HYPERLINK(1).wav",
    'quote"comma,semicolon;.wav',
    "line\nbreak.wav",
    "n" * 250 + ".wav",
    "a|b.wav",
    "  spaces  .wav",
    "UPPER.WAV",
    "dots...wav",
    "%s{0}.wav",
    "deep/" * 30 + "x.wav",
)
# The words of folder and file contradict each other, or agree.
_LABELLED_NAMES = (
    "angry/joy_1.wav",
    "angry/wut_2.wav",
    "sad/trauer-3.wav",
    "1001_DFA_HAP_XX.wav",
    "1001_IEO_HAP_HI.wav",
    "1001_IEO_SAD_HI.wav",
    "03-01-05-01-01-01-02.wav",
    "happy/1001_DFA_SAD_XX.wav",
    "boredom/4.wav",
)


def generated_voices() -> list[bytes]:
    """Return short computer voices as WAV files, all different."""
    sounds = [load_audio(path).samples for path in sorted(COMPUTER_VOICES.glob("*.wav"))]
    n_samples = round(_VOICE_S * SAMPLE_RATE_HZ)
    starts = (0, n_samples // 2, n_samples)
    return [to_wav_bytes(sound[start : start + n_samples]) for start in starts for sound in sounds]


def mixed_archive(voices: Mapping[str, bytes] | None = None) -> bytes:
    """Return a ZIP archive of ``N_FILES`` files: damaged ones, attacks, odd names, and recordings of voices.

    Parameters
    ----------
    voices : mapping of str to bytes, optional
        Recordings of people, by name. Without them, computer voices take their place.
    """
    recordings = generated_voices()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        # The same name twice is a part of the test.
        warnings.simplefilter("ignore", UserWarning)
        for name, content in _damaged_and_hostile(recordings):
            archive.writestr(name, content)
        for name, content in zip((*_ODD_NAMES, *_LABELLED_NAMES), cycle(recordings)):
            archive.writestr(name, content)
        named = voices or {f"speaker{n % 7}/clip_{n}.wav": content for n, content in enumerate(recordings)}
        n_left = N_FILES - len(archive.namelist())
        for copy, (name, content) in enumerate(islice(cycle(named.items()), n_left)):
            archive.writestr(name if copy < len(named) else f"again_{copy // len(named)}/{name}", content)
    return _with_claimed_size(buffer.getvalue(), "claims.wav")


def _damaged_and_hostile(recordings: list[bytes]) -> Iterator[tuple[str | zipfile.ZipInfo, bytes]]:
    voice, other = recordings[:2]
    samples = load_audio(voice).samples
    flac, mp3 = (encode(samples, SAMPLE_RATE_HZ, *kind) for kind in (("FLAC",), ("MP3", "MPEG_LAYER_III")))
    yield "flac/whole.flac", flac
    yield "flac/cut.flac", flac[: len(flac) // 2]
    yield "flac/head.flac", flac[:60]
    yield "mp3/whole.mp3", mp3
    yield "mp3/cut.mp3", mp3[: len(mp3) // 2 + 5]
    yield "mp3/head.mp3", mp3[:20]
    yield "m4a/whole.m4a", encode_with_av(samples[:, np.newaxis], SAMPLE_RATE_HZ, "ipod", "aac")
    yield "ogg/whole.opus", encode(samples, SAMPLE_RATE_HZ, "OGG", "OPUS")
    yield "wav/named.mp3", voice
    yield "wav/head.wav", voice[:44]
    yield "wav/part.wav", voice[:30]
    yield "not/text.wav", b"this is no audio\n" * 40
    yield "not/empty.wav", b""
    yield "not/page.wav", b"<!doctype html><script>alert(1)</script>"
    yield "not/archive.wav", _zipped("inner.wav", voice)
    yield "not/notes.txt", b"notes"
    yield "not/picture.png", b"\x89PNG\r\n\x1a\n"
    yield "not/no_ending", voice
    yield "archive/inner.zip", _zipped("inner.wav", voice)
    yield "archive/inner.tar.gz", b"\x1f\x8b\x08"
    yield "../outside.wav", voice
    yield "a/../../outside.wav", voice
    yield "..\\windows.wav", voice
    yield "C:\\drive.wav", voice
    yield "/absolute.wav", voice
    link = zipfile.ZipInfo("link.wav")
    link.create_system, link.external_attr = 3, _LINK_MODE << 16
    yield link, b"/etc/passwd"
    lzma = zipfile.ZipInfo("lzma.wav")
    lzma.compress_type = zipfile.ZIP_LZMA
    yield lzma, voice
    yield "twice.wav", voice
    yield "twice.wav", other
    yield "twice.wav", b"no audio the third time"
    yield "__MACOSX/._twice.wav", b"\0\5\x16\7"
    yield ".hidden.wav", voice
    yield "thumbs.db", b"x"
    yield "folder/", b""
    yield "bomb.wav", bytes(4_000_000)
    yield "claims.wav", voice
    yield "sound/silent.wav", to_wav_bytes(np.zeros(SAMPLE_RATE_HZ, np.float32))
    yield "sound/short.wav", to_wav_bytes(samples[: SAMPLE_RATE_HZ // 20])
    yield "sound/tone.wav", to_wav_bytes(sine(1.0, SAMPLE_RATE_HZ)[:, 0])
    yield "sound/chord.wav", to_wav_bytes(_chord())
    yield "sound/noise.wav", to_wav_bytes(np.random.default_rng(0).normal(0, 0.1, SAMPLE_RATE_HZ).astype(np.float32))
    yield "sound/stereo.wav", encode(np.stack([samples, -samples], axis=1), 48_000)
    yield "sound/quiet.wav", to_wav_bytes(np.float32(3e-4) * samples)
    yield "table.csv", b"path,emotion,speaker\nwav/named.mp3,freude,ann\nflac/whole.flac,wut,ann\n"
    yield "answers.csv", b"path,verdict,emotion\na.wav,sure,sad\n"
    yield "broken.csv", b"\xff\xfe\0,\n"


def _chord() -> np.ndarray:
    return sum(sine(1.0, SAMPLE_RATE_HZ, frequency_hz=hz)[:, 0] for hz in (262.0, 330.0, 392.0)) / np.float32(3)


def _zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def _with_claimed_size(archive: bytes, name: str) -> bytes:
    """Return an archive whose directory claims that a file unpacks to gigabytes."""
    place = archive.rindex(name.encode())
    changed = bytearray(archive)
    # The unpacked size is at byte 24 of the directory's entry, whose name begins at byte 46.
    changed[place - 22 : place - 18] = _CLAIMED_BYTES.to_bytes(4, "little")
    return bytes(changed)
