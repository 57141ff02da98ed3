"""Names of files: of an upload as it is shown, and of a download."""

from __future__ import annotations

import re

import pytest

from ui.common.file_names import download_name, shown_name


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("my voice.wav", "my voice.wav"),
        ("../../etc/passwd.wav", "passwd.wav"),
        ("..\\..\\boot.wav", "boot.wav"),
        ("a\nb\r\nc.wav", "a b c.wav"),
        ("Grüße 你好 🎤 \u202egnp.wav", "Grüße 你好 🎤 gnp.wav"),
        ("secret\0name.wav", "secretname.wav"),
        ("a`b`.wav", "a'b'.wav"),
        ("\u202e\0", ""),
    ],
)
def test_a_shown_name_is_plain_text(file_name: str, expected: str) -> None:
    assert shown_name(file_name) == expected


def test_a_long_name_is_shortened_in_the_middle() -> None:
    name = shown_name("n" * 251 + ".wav")
    assert len(name) == 60
    assert name.endswith(".wav")


@pytest.mark.parametrize(
    ("clip_name", "safe"),
    [
        ("Computer voice, woman - angry", "Computer-voice-woman-angry"),
        ("Grüße.wav", "Grue"),
        ("../x<y>.flac", "x-y"),
        ("你好.wav", ""),
        ("a" * 90 + ".wav", "a" * 40),
    ],
)
def test_a_download_names_its_content_the_clip_and_the_time(clip_name: str, safe: str) -> None:
    name = download_name("emotion", clip_name, "csv")
    expected = "_".join(filter(None, ("emotion", safe, r"\d{4}-\d\d-\d\d_\d\d-\d\d")))
    assert re.fullmatch(f"{expected}\\.csv", name)
