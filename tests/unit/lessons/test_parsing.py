"""Lesson files: what is read, and the error for each mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ser_core.errors import LessonError
from ser_core.features.cue_percentiles import Reference
from ser_core.lessons.directives import DIRECTIVES, KINDS
from ser_core.lessons.lesson import Open, Play, Predict, Question, Show, Text, with_linked_terms, without_marks
from ser_core.lessons.parsing import Names, parse_lesson, read_lessons
from ser_core.lessons.values import Values
from tests.harness.paths import ROOT

GUIDE = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"^```text\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
TERMS = ("frequency", "hertz")
NAMES = Names(TERMS, ("explore", "game"))


def parse(text: str, file_name: str = "7-high-and-low.md") -> object:
    return parse_lesson(text, file_name, NAMES)


def test_the_lesson_of_the_guide_is_read() -> None:
    lesson = parse_lesson(EXAMPLE, "7-high-and-low.md", NAMES)
    assert (lesson.number, lesson.key, lesson.title, lesson.minutes) == (7, "high-and-low", "High and low", 5)
    assert lesson.words == TERMS
    first, last = lesson.screens
    assert [type(block) for block in first.blocks] == [Text, Play, Predict, Show, Text]
    assert first.terms == TERMS
    show = first.blocks[3]
    assert isinstance(show, Show)
    assert (show.kind, show.sounds, show.options) == (
        "waveform",
        ("tone/300", "tone/600"),
        {"from_s": "0.5", "to_s": "0.51"},
    )
    assert isinstance(last.blocks[0], Question)
    assert lesson.question.right_answer.text == "100 Hz"
    assert lesson.question.right_answer.explanation.startswith("50 times")
    assert lesson.tasks[0].n_lines == 4


def test_a_link_and_a_continued_line_are_read() -> None:
    text = EXAMPLE.replace("## Check", ":::open\npage: explore\nlabel: See it\n  yourself\n:::\n\n## Check")
    lesson = parse_lesson(text, "7-high-and-low.md", NAMES)
    assert lesson.screens[0].blocks[-1] == Open("explore", "See it yourself")


def test_a_task_can_have_a_picture_that_does_not_name_its_sounds() -> None:
    text = EXAMPLE.replace("lines: 4\n", "lines: 4\npicture: waveform\nsound: tone/300\nto_s: 0.01\n")
    (task,) = parse_lesson(text, "7-high-and-low.md", NAMES).tasks
    assert task.picture == Show("waveform", ("tone/300",), {"to_s": "0.01"}, "", has_letters=True)


def test_terms_become_links_or_plain_words() -> None:
    text = "A [[wave]]: [[sampling rate|rates]]"
    assert with_linked_terms(text) == "A [wave](#word-wave): [rates](#word-sampling-rate)"
    assert without_marks(text) == "A wave: rates"


def test_the_terms_of_a_screen_are_those_of_its_texts_and_captions() -> None:
    text = EXAMPLE.replace("The second wave", "The second [[hertz|wave]]").replace("measured in [[hertz]]", "measured")
    assert parse_lesson(text, "7-high-and-low.md", NAMES).screens[0].terms == TERMS


# What is replaced in the example, by what, the line of the error, and a part of what it says.
MISTAKES: list[tuple[str, str, int, str]] = [
    ("# High and low\n", "\n", 1, "no title"),
    (":::about", "# Again\n:::about", 3, "second title"),
    (":::about\nminutes", ":::task\nminutes", 4, "is no field here"),
    ("minutes: 5", "minutes: five", 4, 'minutes is "five"'),
    ("minutes: 5\n", "", 3, "the field minutes is missing"),
    ("minutes: 5", "minutes: 5\nminutes: 6", 5, "second time"),
    ("aim: You can say which of two tones is higher.", "aim:", 5, "the field aim is empty"),
    ("words: frequency", "words: melody", 3, '"melody" is not in the glossary'),
    ("[[frequency]]", "[[melody]]", 12, '"melody" is not in the glossary'),
    ("The second wave", "The second [[melody]]", 25, '"melody" is not in the glossary'),
    ("## Two tones", "Two tones", 10, "text before the first screen"),
    (":::play", ":::plya", 14, '":::plya" is not the start of a directive'),
    ("sound: tone/600\n:::\n\n:::predict", "sound: tone/600\n\n:::predict", 18, "line 14 has no end yet"),
    ("sound: tone/300\nsound: tone/600\n:::\n\n:::predict", ":::\n\n:::predict", 14, "the field sound is missing"),
    ("sound: tone/300", "sound: tune/300", 14, '"tune/300" is not known'),
    ("- [x] the second", "- [ ] the second", 19, "the number of right options is 0"),
    ("- [ ] the first\n", "", 19, "the number of options is 1"),
    ("Which one is higher?\n", "", 19, "no question"),
    ("- [x] the second\n", "- [x] the second\nthe third\n", 23, '"the third" is no option'),
    (":::show waveform", ":::show wavform", 25, 'the drawing "wavform" is not known'),
    ("from_s: 0.5", "from: 0.5", 28, '"from: 0.5" is no field here'),
    ("from_s: 0.5", "from_s: -1", 28, 'from_s is "-1"'),
    ("caption: The second wave repeats twice as often.\n", "", 25, "the field caption is missing"),
    ("  That is for half a second. Hertz counts a whole second.\n", "", 37, '"50 Hz" has no explanation'),
    ("## Check yourself\n", "## Empty\n\n## Check yourself\n", 35, 'the screen "Empty" is empty'),
    (":::question", ":::predict", 35, "does not end with its question"),
    (":::predict", ":::open\npage: exlpore\nlabel: See it\n:::\n:::predict", 20, 'page is "exlpore"'),
    (
        "show waveform\nsound: tone/300\nsound: tone/600\nfrom_s: 0.5\nto_s: 0.51",
        "show learning-curve\nnetwork: cnn",
        26,
        'network is "cnn"',
    ),
    ("lines: 4\n", "lines: 4\npicture: photo\n", 45, 'the drawing "photo" is not known'),
    ("lines: 4\n", "lines: 4\npicture: waveform\n", 45, "the field sound is missing"),
    ("lines: 4\n", "lines: 4\nsound: tone/300\n", 49, "is no field here"),
    ("lines: 4\n:::", "lines: 4", 45, ":::task has no end"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), MISTAKES, ids=[mistake[3] for mistake in MISTAKES])
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in EXAMPLE
    with pytest.raises(LessonError, match=re.escape(says)) as caught:
        parse(EXAMPLE.replace(old, new, 1))
    assert caught.value.problem.startswith(f"7-high-and-low.md, line {line}: ")
    assert caught.value.expected


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda text: text.split(":::about")[0] + "## Two" + text.split("## Two")[1], "no :::about"),
        (lambda text: text.split(":::task")[0], "no task"),
        (
            lambda text: text.replace(":::show waveform\nsound: tone/300\n", ":::show samples\nsound: tone/300\n"),
            "is 2",
        ),
        (
            lambda text: text.replace("## Two tones", ":::play\nsound: tone/300\n:::\n\n## Two tones"),
            "before the first",
        ),
        (
            lambda text: text.replace(":::show waveform", ":::predict\nSo?\n- [x] a\n- [ ] b\n:::\n:::show waveform"),
            "two",
        ),
    ],
)
def test_a_part_that_is_missing_or_misplaced(make: Callable[[str], str], says: str) -> None:
    with pytest.raises(LessonError, match=says):
        parse(make(EXAMPLE))


def test_the_file_name_needs_a_number() -> None:
    with pytest.raises(LessonError, match="has no number"):
        parse(EXAMPLE, "high.md")


def fill_nothing(text: str, file_name: str) -> str:
    return text


def test_lessons_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10-last.md", "9-first.md"):
        (tmp_path / name).write_text(EXAMPLE, encoding="utf-8")
    assert [lesson.key for lesson in read_lessons(tmp_path, NAMES, fill_nothing)] == ["first", "last"]
    (tmp_path / "9-second.md").write_text(EXAMPLE, encoding="utf-8")
    with pytest.raises(LessonError, match="same number"):
        read_lessons(tmp_path, NAMES, fill_nothing)


def test_a_folder_without_lessons_and_a_file_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="has no lesson"):
        read_lessons(tmp_path, NAMES, fill_nothing)
    (tmp_path / "1-bad.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(LessonError, match="cannot be read"):
        read_lessons(tmp_path, NAMES, fill_nothing)


def test_the_guide_names_every_directive_kind_and_form_of_a_value() -> None:
    for name in (*(f":::{directive}" for directive in DIRECTIVES), *KINDS):
        assert f"`{name}" in GUIDE, name
    for example in Values({}, Reference()).examples:
        assert f"`{{{{{example}}}}}`" in GUIDE, example
