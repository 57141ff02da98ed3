"""Recordings for the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.harness.paths import COMPUTER_VOICES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a folder for each of two speakers and a file without sound, in the current directory."""
    monkeypatch.chdir(tmp_path)
    for speaker, voices in (("al", ("angry_male", "sad_male")), ("bo", ("happy_female", "sad_female"))):
        (tmp_path / "clips" / speaker).mkdir(parents=True)
        for voice in voices:
            shutil.copy(COMPUTER_VOICES / f"{voice}.wav", tmp_path / "clips" / speaker)
    (tmp_path / "clips" / "bad.wav").write_bytes(b"this is no audio")
    return tmp_path
