"""Paths, bytes and file objects are read alike; content that is not audio raises an error of our own."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.errors import AudioError, EmptyAudioError, UnreadableAudioError
from tests.harness.recordings import every_kind
from tests.unit.audio.tones import NoSeek, assert_tone

EVERY_KIND = every_kind()


class Upload(io.BytesIO):
    """A file object like Streamlit's uploads: a BytesIO with a name."""

    name = "secret-name.wav"


def test_all_sources_give_the_same_samples(tmp_path: Path) -> None:
    data = EVERY_KIND["wav"]
    path = tmp_path / "clip"
    path.write_bytes(data)
    with path.open("rb") as opened:
        sources: list[Any] = [path, str(path), data, bytearray(data), memoryview(data), io.BytesIO(data)]
        sources += [Upload(data), NoSeek(data), opened]
        loaded = [load_audio(source) for source in sources]
    for audio in loaded:
        np.testing.assert_array_equal(audio.samples, loaded[0].samples)
        assert audio.sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_object_is_read_from_its_start_and_its_position_is_restored() -> None:
    upload = Upload(EVERY_KIND["m4a"])
    upload.seek(77)
    assert_tone(load_audio(upload), 0.3, length_tolerance_s=0.03)
    assert upload.tell() == 77


@pytest.mark.parametrize("case", ["missing", "folder", "empty name", "null"])
def test_a_path_without_a_file_is_refused(case: str, tmp_path: Path) -> None:
    paths: dict[str, Path | str] = {
        "missing": tmp_path / "secret-name.wav",
        "folder": tmp_path,
        "empty name": "",
        "null": "a\0b",
    }
    problem = "That path is a folder" if case == "folder" else "There is no file"
    with pytest.raises(UnreadableAudioError, match=problem) as caught:
        load_audio(paths[case])
    assert "secret-name" not in str(caught.value)


def test_a_file_without_read_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret-name.wav"
    path.write_bytes(EVERY_KIND["wav"])

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableAudioError, match="Permission denied") as caught:
        load_audio(path)
    assert "secret-name" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("case", ["closed", "text", "no file", "none", "array"])
def test_an_object_that_is_not_a_readable_file_is_refused(case: str) -> None:
    closed = io.BytesIO(EVERY_KIND["wav"])
    closed.close()
    text = io.StringIO("RIFF")
    source: Any = {"closed": closed, "text": text, "no file": 5, "none": None, "array": np.zeros(3)}[case]
    with pytest.raises(UnreadableAudioError, match="cannot be read"):
        load_audio(source)


@pytest.mark.parametrize("source", [b"", bytearray(), io.BytesIO(), NoSeek(b"")])
def test_an_empty_file_is_refused(source: Any) -> None:
    with pytest.raises(EmptyAudioError, match="no bytes"):
        load_audio(source)


@pytest.mark.parametrize(
    "data",
    [
        b"This is a text file.\n" * 50,
        b"<!DOCTYPE html><html><body>404</body></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"PK\x03\x04" + bytes(500),
        b"%PDF-1.7" + bytes(500),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        "Some text".encode("utf-16"),
        b"\xff\xfe" + "Some more text".encode("utf-16-le") * 50,
        b"ID3",
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"not music " * 50,
        b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(100),
        b"RIFF\x00\x00\x00\x00WAVE",
        b"FORM\x00\x00\x00\x00AIFF",
        b"fLaC",
        b"OggS",
        b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00",
        b"\x1a\x45\xdf\xa3",
        b"\xff\xf1",
        b"\xff\xfb",
        b"\x00",
        bytes(5_000),
        np.random.default_rng(0).bytes(5_000),
    ],
)
def test_content_that_is_not_audio_is_refused_with_advice(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "secret-name.wav"
    path.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        load_audio(path)
    error = caught.value
    assert error.problem
    assert error.expected
    assert error.advice
    assert "secret-name" not in str(error)
