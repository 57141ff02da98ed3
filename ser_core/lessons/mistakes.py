"""The error for a mistake in the file of a lesson: which file, which line, what is there, and what was expected."""

from __future__ import annotations

from ser_core.errors import LessonError


def mistake(file_name: str, line: int, problem: str, expected: str) -> LessonError:
    """Return the error for a mistake.

    Parameters
    ----------
    file_name : str
        The name of the file, without its folder.
    line : int
        The number of the line, from 1.
    problem : str
        What is there, as a clause: ``"the directive :::shwo is not known"``.
    expected : str
        What was expected instead, as a noun phrase.
    """
    return LessonError(
        f"{file_name}, line {line}: {problem}",
        expected=expected,
        advice="Correct that line; docs/lessons.md describes how a lesson is written",
    )
