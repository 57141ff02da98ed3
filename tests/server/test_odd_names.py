"""Uploads whose names are made to do harm: a name is never a path, never HTML, and nowhere in a log."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from benchmarks.load import clips
from ser_core import Recognizer, load_audio
from tests.harness.web_session import AppFailedError, WebSession
from tests.server.conftest import DisklessServer

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
# A browser lets none of these be chosen. From anything else Streamlit refuses them, before a page is asked.
REFUSED_NAMES = {
    "no sound's ending": "../../../../etc/passwd",
    "another ending": "..\\..\\boot.ini",
    "a null": "secret\0name.wav",
    "dots": "......",
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_only_a_name(diskless: DisklessServer, kind: str) -> None:
    clip = next(clips(3, Recognizer()))
    with WebSession(diskless.url, 240.0) as session:
        session.upload(clip.wav, NAMES[kind])
        assert f"**Your file** · {clip.audio.duration_s:.1f} s" in session.text()
        assert NAMES[kind] not in session.text()
    assert NAMES[kind] not in "".join(diskless.log)


@pytest.mark.parametrize("kind", REFUSED_NAMES)
def test_a_name_that_no_browser_sends_is_refused(diskless: DisklessServer, kind: str) -> None:
    with WebSession(diskless.url, 240.0) as session:
        with pytest.raises((AppFailedError, requests.HTTPError)) as refused:
            session.upload(next(clips(3, Recognizer())).wav, REFUSED_NAMES[kind])
        assert REFUSED_NAMES[kind] not in str(refused.value)
        assert "Traceback" not in session.text()
    assert REFUSED_NAMES[kind] not in "".join(diskless.log)
    with WebSession(diskless.url, 240.0) as next_one:
        assert "No clip yet" in next_one.text()


def test_a_path_may_have_any_name(tmp_path: Path) -> None:
    wav = next(clips(3, Recognizer())).wav
    for name in NAMES.values():
        file = tmp_path / name.replace("/", "_")
        file.write_bytes(wav)
        assert load_audio(file).source.format == "WAV"
