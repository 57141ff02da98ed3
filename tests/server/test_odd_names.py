"""Uploads with names that are made to do harm: a name is never a path, never HTML, and never in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core import Recognizer, load_audio
from tests.harness.app_server import AppServer
from tests.harness.visitors import VisitorClip, visitor_clips
from tests.harness.web_session import AppFailedError, WebSession

PATIENCE_S = 240.0
NAMES = {
    "HTML": "<img src=x onerror=alert(1)>.wav",
    "Markdown": "[click](javascript:alert(1)) **bold** $x$ :material/mic:.wav",
    "a path": "../../../../etc/passwd.wav",
    "an absolute path": "/etc/passwd.wav",
    "a Windows path": "..\\..\\boot.wav",
    "Unicode": "Grüße 你好 🎤 \u202egnp.wav",
    "255 characters": "n" * 251 + ".wav",
    "line breaks": "a\nb\r\nc.wav",
    "a format string": "%s%n{0}{config}.wav",
}
# A browser does not offer files with these names. From other programs Streamlit refuses them before the page runs.
REFUSED_NAMES = {
    "no ending of a sound file": "../../../../etc/passwd",
    "another ending": "..\\..\\boot.ini",
    "a null character": "secret\0name.wav",
    "dots": "......",
}


@pytest.fixture(scope="module")
def clip() -> VisitorClip:
    return next(visitor_clips(3, Recognizer()))


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_neither_shown_nor_logged(diskless: AppServer, clip: VisitorClip, kind: str) -> None:
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(clip.wav, NAMES[kind])
        assert f"**Your file** · {clip.audio.duration_s:.1f} s" in session.text()
        assert NAMES[kind] not in session.text()
    assert NAMES[kind] not in "".join(diskless.log_lines)


@pytest.mark.parametrize("kind", REFUSED_NAMES)
def test_a_name_that_no_browser_sends_is_refused(diskless: AppServer, clip: VisitorClip, kind: str) -> None:
    with WebSession(diskless.url, PATIENCE_S) as session:
        with pytest.raises(AppFailedError) as refusal:
            session.upload(clip.wav, REFUSED_NAMES[kind])
        assert REFUSED_NAMES[kind] not in str(refusal.value)
        assert "Traceback" not in session.text()
    assert REFUSED_NAMES[kind] not in "".join(diskless.log_lines)
    with WebSession(diskless.url, PATIENCE_S) as next_session:
        assert "No clip yet" in next_session.text()


def test_the_library_reads_a_file_with_any_name(clip: VisitorClip, tmp_path: Path) -> None:
    for name in NAMES.values():
        file = tmp_path / name.replace("/", "_")
        file.write_bytes(clip.wav)
        assert load_audio(file).source.format == "WAV"
