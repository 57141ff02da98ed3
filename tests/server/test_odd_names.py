"""Uploads with names that are made to do harm: a name is never a path, never HTML, and never in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core import Recognizer, load_audio
from tests.harness.app_server import AppServer
from tests.harness.visitors import VisitorClip, visitor_clips
from tests.harness.web_session import WebSession

PATIENCE_S = 240.0
# The name that is sent, and the name that the page shows. The client sends line breaks percent-encoded.
NAMES = {
    "HTML": ("<img src=x onerror=alert(1)>.wav", "<img src=x onerror=alert(1)>.wav"),
    "Markdown": ("[click](javascript:alert(1)) `**bold**` $x$.wav", "[click](javascript:alert(1)) '**bold**' $x$.wav"),
    "a path": ("../../../../etc/passwd.wav", "passwd.wav"),
    "an absolute path": ("/etc/passwd", "passwd"),
    "a Windows path": ("..\\..\\boot.ini", "boot.ini"),
    "Unicode": ("Grüße 你好 🎤 \u202egnp.wav", "Grüße 你好 🎤 gnp.wav"),
    "255 characters": ("n" * 251 + ".wav", "n" * 50 + "...nnn.wav"),
    "line breaks": ("a\nb\r\nc.wav", "a%0Ab%0D%0Ac.wav"),
    "a format string": ("%s%n{0}{config}.wav", "%s%n{0}{config}.wav"),
    "a null character": ("secret\0name.wav", "secretname.wav"),
    "an unknown ending": ("voice.qta", "voice.qta"),
    "dots": ("......", "......"),
}


@pytest.fixture(scope="module")
def clip() -> VisitorClip:
    return next(visitor_clips(3, Recognizer()))


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_shown_as_inline_code_and_never_logged(diskless: AppServer, clip: VisitorClip, kind: str) -> None:
    sent, shown_name = NAMES[kind]
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(clip.wav, sent)
        assert f"{shown_name}, {clip.audio.duration_s:.1f} s" in session.text()
    log = "".join(diskless.log_lines)
    assert sent not in log
    assert shown_name not in log


def test_the_library_reads_a_file_with_any_name(clip: VisitorClip, tmp_path: Path) -> None:
    for name, _ in NAMES.values():
        file = tmp_path / name.replace("/", "_").replace("\0", "")
        file.write_bytes(clip.wav)
        assert load_audio(file).source.format == "WAV"
