"""The glossary: one Markdown file, with a heading ``## term`` and a paragraph for each term."""

from __future__ import annotations

from pathlib import Path

from ser_core.errors import LessonError
from ser_core.lessons.mistakes import mistake


def read_glossary(path: Path) -> dict[str, str]:
    """Return the glossary.

    Parameters
    ----------
    path : Path
        The Markdown file.

    Returns
    -------
    dict of str to str
        The explanation of each term, in the file's order.

    Raises
    ------
    LessonError
        If the file cannot be read, a term is there twice, or a term has no explanation.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(
            f"The glossary {path.name} cannot be read",
            expected="the text file that comes with the app, in the folder lessons",
            advice="Restore that file from the project",
        ) from error
    explanations: dict[str, list[str]] = {}
    line_of: dict[str, int] = {}
    term = ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("## "):
            term = line[3:].strip()
            if term in explanations:
                raise mistake(path.name, number, f'the term "{term}" is there a second time', "each term once")
            explanations[term], line_of[term] = [], number
        elif term:
            explanations[term].append(line)
    glossary = {term: "\n".join(text).strip() for term, text in explanations.items()}
    for term, explanation in glossary.items():
        if not explanation:
            raise mistake(path.name, line_of[term], f'the term "{term}" has no explanation', "a paragraph below it")
    return glossary
