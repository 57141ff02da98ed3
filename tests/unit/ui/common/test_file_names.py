"""Names of files: of an upload as it is shown, and of a download."""

from __future__ import annotations

import ast
import re

import pytest

from tests.harness.paths import ROOT
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


def test_every_download_has_such_a_name() -> None:
    # The same file in every visit: the table that the shown code reads, the model card, a worksheet.
    fixed = {"TABLE_NAME", "'MODEL_CARD.md'", "path.name"}
    names = [
        ast.unparse(keyword.value)
        for folder in ("pages", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.download_button"
        for keyword in node.keywords
        if keyword.arg == "file_name"
    ]
    assert len(names) >= 10
    assert {name for name in names if not name.startswith("download_name(")} == fixed
