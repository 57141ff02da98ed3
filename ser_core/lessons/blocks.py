"""What is between ``:::name`` and ``:::`` in a lesson file: fields, or a question with options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ser_core.lessons.directives import Field
from ser_core.lessons.lesson import Option
from ser_core.lessons.mistakes import mistake

_FIELD = re.compile(r"(\w+):\s*(.*)")
_OPTION = re.compile(r"- \[( |x)\] (.+)")
_INDENT = "  "


class Body(NamedTuple):
    """The lines between the start and the end of a directive.

    Parameters
    ----------
    file_name : str
        The file's name, for errors.
    first_line : int
        The number of the line with the directive's name.
    name : str
        The directive's name.
    argument : str
        What follows the name on that line.
    lines : tuple of str
        The lines up to the end, without it.
    """

    file_name: str
    first_line: int
    name: str
    argument: str
    lines: tuple[str, ...]


def read_fields(body: Body, fields: Mapping[str, Field]) -> dict[str, list[str]]:
    """Return the values of each field of a directive.

    Parameters
    ----------
    body : Body
        The directive's lines. A line that starts with two spaces continues the one before.
    fields : mapping of str to Field
        The fields that the directive has.

    Returns
    -------
    dict
        By name: the values in their order; an empty list for a field that is not there.

    Raises
    ------
    LessonError
        If a field is missing, unknown, empty, there too often, or has a value that is not possible.
    """
    values: dict[str, list[str]] = {name: [] for name in fields}
    name = ""
    for line, text in enumerate(body.lines, start=body.first_line + 1):
        if not text.strip():
            continue
        match = _FIELD.fullmatch(text)
        if match is None and text.startswith(_INDENT) and name:
            values[name][-1] += f" {text.strip()}"
            continue
        if match is None or match[1] not in fields:
            raise mistake(body.file_name, line, f"{_quoted(text)} is no field here", _names(fields))
        name, value = match[1], match[2].strip()
        if values[name] and not fields[name].may_repeat:
            raise mistake(body.file_name, line, f"the field {name} is there a second time", "this field only once")
        _check_value(body.file_name, line, name, value, fields[name])
        values[name].append(value)
    for name, field in fields.items():
        if field.is_required and not values[name]:
            raise mistake(body.file_name, body.first_line, f"the field {name} is missing", f"a line {name}: ...")
    return values


def read_options(body: Body, *, are_explained: bool) -> tuple[str, tuple[Option, ...]]:
    """Return the question and the options of a directive.

    Parameters
    ----------
    body : Body
        The directive's lines: the question, then for each option a line ``- [ ] text``, or ``- [x] text`` for the right
        one. Lines that start with two spaces explain the option above.
    are_explained : bool
        Whether each option must have an explanation.

    Returns
    -------
    str
        The question, Markdown.
    tuple of Option

    Raises
    ------
    LessonError
        If there is no question, fewer than two options, not exactly one right option, or an explanation is missing.
    """
    question: list[str] = []
    options: list[Option] = []
    for line, text in enumerate(body.lines, start=body.first_line + 1):
        match = _OPTION.fullmatch(text)
        if match:
            options.append(Option(match[2].strip(), is_right=match[1] == "x"))
        elif text.startswith(_INDENT) and options:
            last = options.pop()
            options.append(replace(last, explanation=f"{last.explanation} {text.strip()}".strip()))
        elif not options:
            question.append(text)
        elif text.strip():
            raise mistake(
                body.file_name, line, f"{_quoted(text)} is no option", "an option - [ ] or - [x], or an indented line"
            )
    _check_options(body, "\n".join(question).strip(), options, are_explained=are_explained)
    return "\n".join(question).strip(), tuple(options)


def _check_options(body: Body, question: str, options: Sequence[Option], *, are_explained: bool) -> None:
    n_right = sum(option.is_right for option in options)
    if not question:
        problem, expected = "there is no question", "a question above the options"
    elif len(options) < 2:
        problem, expected = f"the number of options is {len(options)}", "two or more lines - [ ] text"
    elif n_right != 1:
        problem, expected = f"the number of right options is {n_right}", "one option with - [x]"
    elif are_explained and any(not option.explanation for option in options):
        text = next(option.text for option in options if not option.explanation)
        problem, expected = f"the option {_quoted(text)} has no explanation", "a line with two spaces below the option"
    else:
        return
    raise mistake(body.file_name, body.first_line, problem, expected)


def _check_value(file_name: str, line: int, name: str, value: str, field: Field) -> None:
    if not value:
        raise mistake(file_name, line, f"the field {name} is empty", "a value after the colon")
    if field.choices and value not in field.choices:
        raise mistake(file_name, line, f"{name} is {_quoted(value)}", f"one of {', '.join(field.choices)}")
    if field.is_number:
        try:
            is_possible = float(value) >= 0
        except ValueError:
            is_possible = False
        if not is_possible:
            raise mistake(file_name, line, f"{name} is {_quoted(value)}", "a number, 0 or more")


def _names(fields: Mapping[str, Field]) -> str:
    return f"one of the fields {', '.join(fields)}, as name: value"


def _quoted(text: str) -> str:
    return f'"{text.strip()[:60]}"'
