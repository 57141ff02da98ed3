"""The parts of a lesson, as its file describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# The addresses of terms start with it.
TERM_ADDRESS = "#word-"
# A term of the glossary in a text: [[wave]], or [[wave|waves]] with another form of the word.
_TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


def terms_in(markdown: str) -> tuple[str, ...]:
    """Return the glossary terms of a text in their order, each once."""
    return tuple(dict.fromkeys(match[1].strip() for match in _TERM.finditer(markdown)))


def with_linked_terms(markdown: str) -> str:
    """Return a text whose glossary terms are links to ``term_address`` instead of in brackets."""
    return _TERM.sub(lambda match: f"[{match[2] or match[1]}]({term_address(match[1])})", markdown)


def without_marks(markdown: str) -> str:
    """Return a text whose glossary terms are plain words instead of in brackets."""
    return _TERM.sub(lambda match: match[2] or match[1], markdown)


def term_address(term: str) -> str:
    """Return the address of a term's meaning on its page: ``"#word-sampling-rate"``."""
    return TERM_ADDRESS + "-".join(term.casefold().split())


@dataclass(frozen=True)
class Text:
    """Paragraphs in Markdown; glossary terms are in double brackets."""

    markdown: str


@dataclass(frozen=True)
class Play:
    """Sounds to listen to.

    Parameters
    ----------
    sounds : tuple of str
        Names that ``sounds.load_sound`` reads.
    """

    sounds: tuple[str, ...]


@dataclass(frozen=True)
class Show:
    """A drawing.

    Parameters
    ----------
    kind : str
        A key of ``directives.KINDS``.
    sounds : tuple of str
        The sounds that are drawn; empty for a drawing of committed figures.
    options : mapping of str to str
        The other fields of the directive.
    caption : str
        What the drawing shows, in one or two sentences, with terms as in ``Text``; empty for the picture of a task.
    has_letters : bool
        Whether the sounds are named A, B, C, so that a task does not give them away.
    """

    kind: str
    sounds: tuple[str, ...]
    options: Mapping[str, str]
    caption: str
    has_letters: bool = False


@dataclass(frozen=True)
class Open:
    """A link to another page of the app.

    Parameters
    ----------
    page : str
        The name of the page's file without its ending.
    label : str
        The text of the link.
    """

    page: str
    label: str


@dataclass(frozen=True)
class Option:
    """An answer to choose.

    Parameters
    ----------
    text : str
        The answer.
    is_right : bool
        Whether it is the right one.
    explanation : str
        Why it is right or wrong; empty for the options of a prediction.
    """

    text: str
    is_right: bool
    explanation: str = ""


@dataclass(frozen=True)
class Predict:
    """A question whose answer follows on the same screen. What follows is shown after the reader has chosen."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Question:
    """The checked question at the end of a lesson."""

    question: str
    options: tuple[Option, ...]

    @property
    def right_answer(self) -> Option:
        """The right answer."""
        return next(option for option in self.options if option.is_right)


Block = Text | Play | Show | Open | Predict | Question


@dataclass(frozen=True)
class Screen:
    """One screen: a title and what is on it, from top to bottom."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The glossary terms in the texts and captions of the screen."""
        texts = [
            block.markdown if isinstance(block, Text) else block.caption
            for block in self.blocks
            if isinstance(block, Text | Show)
        ]
        return terms_in("\n".join(texts))


@dataclass(frozen=True)
class Task:
    """A task of the worksheet.

    Parameters
    ----------
    text : str
        What to do.
    answer : str
        The answer, for the teacher.
    n_lines : int
        How many lines to write on.
    picture : Show or None
        A drawing that belongs to the task.
    """

    text: str
    answer: str
    n_lines: int
    picture: Show | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Parameters
    ----------
    key : str
        The lesson's name in an address: ``"sound-as-numbers"``.
    number : int
        Its place among the lessons, from 1.
    title : str
        Its heading.
    minutes : int
        How long it takes on the screen.
    aims : tuple of str
        What a pupil can do afterwards.
    words : tuple of str
        The curriculum words that it explains; each is in the glossary.
    notes : tuple of str
        What a teacher should watch for.
    screens : tuple of Screen
        The screens; the last one ends with the question.
    tasks : tuple of Task
        The tasks of the worksheet.
    """

    key: str
    number: int
    title: str
    minutes: int
    aims: tuple[str, ...]
    words: tuple[str, ...]
    notes: tuple[str, ...]
    screens: tuple[Screen, ...]
    tasks: tuple[Task, ...]

    @property
    def question(self) -> Question:
        """The question at the end."""
        return next(block for block in self.screens[-1].blocks if isinstance(block, Question))
