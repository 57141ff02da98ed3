"""The glossary's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.errors import LessonError
from ser_core.lessons.glossary import read_glossary


def write(folder: Path, text: str) -> Path:
    path = folder / "glossary.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_terms_and_explanations_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "# Glossary\n\nText.\n\n## wave\n\nIt moves.\n\n## hertz\n\nA unit.\nHz.\n")
    assert read_glossary(path) == {"wave": "It moves.", "hertz": "A unit.\nHz."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## wave\n\nIt moves.\n\n## wave\n\nAgain.\n", "line 5: .* second time"),
        ("## wave\n\n## hertz\n\nA unit.\n", 'line 1: the term "wave" has no explanation'),
    ],
)
def test_mistakes(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LessonError, match=says):
        read_glossary(write(tmp_path, text))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        read_glossary(tmp_path / "glossary.md")
