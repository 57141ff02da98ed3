"""Reading of lesson files: Markdown with directives, as ``docs/lessons.md`` describes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ser_core.errors import LessonError
from ser_core.lessons import directives
from ser_core.lessons.blocks import Body, read_fields, read_options
from ser_core.lessons.directives import DIRECTIVES, KINDS, Field
from ser_core.lessons.lesson import Block, Lesson, Open, Play, Predict, Question, Screen, Show, Task, Text, terms_in
from ser_core.lessons.mistakes import mistake
from ser_core.lessons.sounds import is_sound


@dataclass(frozen=True)
class Names:
    """What lesson files may name.

    Parameters
    ----------
    terms : collection of str
        The terms of the glossary.
    pages : collection of str
        The pages of the app: the names of their files without the ending.
    """

    terms: Collection[str]
    pages: Collection[str]


_FILE_NAME = re.compile(r"(\d+)-([a-z0-9-]+)\.md")
_START = re.compile(r":::(\w+)(?:\s+(.*))?")
_END = ":::"
_PICTURE = "picture:"


def read_lessons(folder: Path, names: Names, fill: Callable[[str, str], str]) -> tuple[Lesson, ...]:
    """Read all lessons of a folder.

    Parameters
    ----------
    folder : Path
        A folder with files named ``1-sound-as-numbers.md``.
    names : Names
        What the files may name.
    fill : callable
        Returns a file's text with the measured values in it, given the text and the file's name.

    Returns
    -------
    tuple of Lesson
        In the order of their numbers.

    Raises
    ------
    LessonError
        If there is no lesson, two have the same number, or a file has a mistake.
    """
    paths = [path for path in folder.glob("*.md") if _FILE_NAME.fullmatch(path.name)]
    lessons = [parse_lesson(fill(_read(path), path.name), path.name, names) for path in paths]
    lessons.sort(key=lambda lesson: lesson.number)
    numbers = [lesson.number for lesson in lessons]
    if not lessons or len(set(numbers)) < len(numbers):
        raise LessonError(
            "Two lessons have the same number" if lessons else "The folder of the lessons has no lesson",
            expected="files named 1-first-title.md, 2-second-title.md and so on",
            advice="Rename the files, or restore the folder lessons of the project",
        )
    return tuple(lessons)


def parse_lesson(text: str, file_name: str, names: Names) -> Lesson:
    """Return the lesson that a text describes.

    Parameters
    ----------
    text : str
        The content of a lesson file, with the measured values filled in.
    file_name : str
        The file's name: its number and the lesson's key.
    names : Names
        What the file may name.

    Raises
    ------
    LessonError
        With file and line, if the text has a mistake.
    """
    name = _FILE_NAME.fullmatch(file_name)
    if name is None:
        raise mistake(file_name, 1, "the name of the file has no number", "a name like 7-my-lesson.md")
    reader = _Reader(file_name, names)
    for line, content in _parts(text, file_name):
        reader.take(line, content)
    return reader.finish(int(name[1]), name[2])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(
            f"The lesson {path.name} cannot be read", expected="a text file in UTF-8", advice="Save the file again"
        ) from error


def _parts(text: str, file_name: str) -> Iterator[tuple[int, str | Body]]:
    """Yield each line outside directives, and each directive, with the number of its first line."""
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        first, content = position + 1, lines[position]
        position += 1
        if not content.startswith(_END):
            yield first, content
            continue
        start = _START.fullmatch(content.rstrip())
        if start is None or start[1] not in DIRECTIVES:
            known = ", ".join(f":::{name}" for name in DIRECTIVES)
            raise mistake(file_name, first, f'"{content.strip()}" is not the start of a directive', f"one of {known}")
        inside: list[str] = []
        while position < len(lines) and lines[position].rstrip() != _END:
            if lines[position].startswith(_END):
                raise mistake(
                    file_name, position + 1, f"the directive of line {first} has no end yet", "a line ::: before"
                )
            inside.append(lines[position].rstrip())
            position += 1
        if position == len(lines):
            raise mistake(file_name, first, f"the directive :::{start[1]} has no end", "a line ::: after it")
        position += 1
        yield first, Body(file_name, first, start[1], (start[2] or "").strip(), tuple(inside))


class _Reader:
    """Collects the parts of one lesson."""

    def __init__(self, file_name: str, names: Names) -> None:
        self._file_name = file_name
        self._names = names
        self._title = ""
        self._about: dict[str, list[str]] = {}
        self._screens: list[tuple[str, int, list[Block]]] = []
        self._tasks: list[Task] = []
        self._paragraphs: list[str] = []

    def take(self, line: int, content: str | Body) -> None:
        """Take a line of text or a directive."""
        if isinstance(content, Body):
            self._end_text()
            self._take_directive(content)
        elif content.startswith("## "):
            self._end_text()
            self._screens.append((content[3:].strip(), line, []))
        elif content.startswith("# "):
            if self._title:
                raise mistake(self._file_name, line, "there is a second title", "one line # Title; ## starts a screen")
            self._title = content[2:].strip()
        elif content.strip() and not self._screens:
            raise mistake(self._file_name, line, "there is text before the first screen", "a line ## Title of a screen")
        else:
            self._check_terms(line, terms_in(content))
            self._paragraphs.append(content)

    def finish(self, number: int, key: str) -> Lesson:
        """Return the lesson, once all parts are taken."""
        self._end_text()
        for is_there, problem, expected in (
            (self._title, "there is no title", "a line # Title"),
            (self._about, "there is no :::about", "a directive :::about below the title"),
            (self._screens, "there is no screen", "a line ## Title of a screen"),
            (self._tasks, "there is no task for the worksheet", "a directive :::task"),
        ):
            if not is_there:
                raise mistake(self._file_name, 1, problem, expected)
        self._check_questions()
        return Lesson(
            key=key,
            number=number,
            title=self._title,
            minutes=int(float(self._about["minutes"][0])),
            aims=tuple(self._about["aim"]),
            words=_comma_list(self._about["words"][0]),
            notes=tuple(self._about["note"]),
            screens=tuple(Screen(title, tuple(blocks)) for title, _, blocks in self._screens),
            tasks=tuple(self._tasks),
        )

    def _end_text(self) -> None:
        text = "\n".join(self._paragraphs).strip()
        self._paragraphs.clear()
        if text:
            self._screens[-1][2].append(Text(text))

    def _take_directive(self, body: Body) -> None:
        if body.name == directives.ABOUT:
            self._about = read_fields(body, directives.ABOUT_FIELDS)
            self._check_terms(body.first_line, _comma_list(self._about["words"][0]))
        elif body.name == directives.TASK:
            self._tasks.append(_read_task(body))
        elif not self._screens:
            raise mistake(
                self._file_name,
                body.first_line,
                f":::{body.name} comes before the first screen",
                "a line ## Title of a screen",
            )
        else:
            block = _read_block(body, self._names.pages)
            if isinstance(block, Show):
                self._check_terms(body.first_line, terms_in(block.caption))
            self._screens[-1][2].append(block)

    def _check_terms(self, line: int, used: tuple[str, ...]) -> None:
        for term in used:
            if term not in self._names.terms:
                raise mistake(
                    self._file_name, line, f'the term "{term}" is not in the glossary', "a heading in glossary.md"
                )

    def _check_questions(self) -> None:
        for title, line, blocks in self._screens:
            if not blocks:
                raise mistake(self._file_name, line, f'the screen "{title}" is empty', "text or a directive below it")
            if sum(isinstance(block, Predict) for block in blocks) > 1:
                raise mistake(self._file_name, line, "the screen has two predictions", "one :::predict a screen")
        questions = [line for _, line, blocks in self._screens for block in blocks if isinstance(block, Question)]
        title, line, blocks = self._screens[-1]
        if len(questions) != 1 or not isinstance(blocks[-1], Question):
            raise mistake(
                self._file_name,
                line,
                "the lesson does not end with its question",
                "one :::question, on the last screen",
            )


def _read_block(body: Body, pages: Collection[str]) -> Block:
    if body.name == directives.PLAY:
        sounds = tuple(read_fields(body, directives.PLAY_FIELDS)["sound"])
        _check_sounds(body, sounds)
        return Play(sounds)
    if body.name == directives.OPEN:
        values = read_fields(body, {**directives.OPEN_FIELDS, "page": Field(choices=tuple(pages))})
        return Open(values["page"][0], values["label"][0])
    if body.name == directives.SHOW:
        return _read_show(body)
    if body.name == directives.PREDICT:
        return Predict(*read_options(body, are_explained=False))
    return Question(*read_options(body, are_explained=True))


def _read_show(body: Body) -> Show:
    values = read_fields(body, {**_drawing_fields(body, body.argument), "caption": Field()})
    (caption,) = values.pop("caption")
    return _drawing(body, body.argument, values, caption)


def _read_task(body: Body) -> Task:
    kind = next((line.removeprefix(_PICTURE).strip() for line in body.lines if line.startswith(_PICTURE)), None)
    fields = {} if kind is None else {"picture": Field(), **_drawing_fields(body, kind)}
    values = read_fields(body, {**directives.TASK_FIELDS, **fields})
    text, answer, n_lines = (values.pop(name)[0] for name in directives.TASK_FIELDS)
    values.pop("picture", None)
    picture = None if kind is None else replace(_drawing(body, kind, values, ""), has_letters=True)
    return Task(text, answer, int(float(n_lines)), picture)


def _drawing_fields(body: Body, kind: str) -> dict[str, Field]:
    """Return the fields of a kind of drawing, with its sounds."""
    if kind not in KINDS:
        raise mistake(
            body.file_name, body.first_line, f'the drawing "{kind}" is not known', f"one of {', '.join(KINDS)}"
        )
    needs = KINDS[kind]
    sound = {"sound": Field(is_required=needs.least_sounds > 0, may_repeat=True)} if needs.most_sounds else {}
    return sound | needs.fields


def _drawing(body: Body, kind: str, values: dict[str, list[str]], caption: str) -> Show:
    sounds = tuple(values.pop("sound", []))
    _check_sounds(body, sounds)
    needs = KINDS[kind]
    if not needs.least_sounds <= len(sounds) <= needs.most_sounds:
        raise mistake(
            body.file_name,
            body.first_line,
            f"the number of sounds is {len(sounds)}",
            f"{needs.least_sounds} to {needs.most_sounds} lines sound: ...",
        )
    return Show(kind, sounds, {name: value[0] for name, value in values.items() if value}, caption)


def _check_sounds(body: Body, sounds: tuple[str, ...]) -> None:
    for name in sounds:
        if not is_sound(name):
            raise mistake(
                body.file_name,
                body.first_line,
                f'the sound "{name}" is not known',
                "a sound such as computer/angry_female, tone/220 or vowel/a/120",
            )


def _comma_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
