"""The section "Plans": what a class can do in 10, 40 and 90 minutes, with links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from ui.common import lesson_store
from ui.shell.navigation import PAGES
from ui.teachers import sheets_section
from ui.teachers.class_address import show_class_address


@dataclass(frozen=True)
class Step:
    """A part of a plan.

    Parameters
    ----------
    minutes : int
        How long it takes.
    text : str
        What the class does, Markdown.
    page : str
        The page's script, ``"pages/game.py"``; empty for a step without the app.
    label : str
        The text of the link.
    parameters : mapping of str to str
        The state of the page, as its address names it.
    sheets : tuple of str
        The lessons whose worksheets the step needs, or of which it offers one; empty for a step without a worksheet.
    """

    minutes: int
    text: str
    page: str = ""
    label: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan for one lesson at school."""

    title: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """The time of all steps together."""
        return sum(step.minutes for step in self.steps)


# Each link switches classroom mode on: in school no emotion may be inferred from a pupil's voice.
_CLASSROOM = {"mode": "classroom"}


def _lesson(minutes: int, text: str, key: str, label: str, screen: int = 1) -> Step:
    parameters = {"lesson": key} | ({"screen": str(screen)} if screen > 1 else {})
    return Step(minutes, text, "pages/lessons.py", label, parameters)


PLANS = (
    Plan(
        "What does a loud recording prove?",
        (
            _lesson(
                7,
                "With a projector: three screens of lesson 2. At each prediction the class votes by raising hands.",
                "loudness-and-anger",
                "Lesson 2, from screen 2",
                screen=2,
            ),
            Step(3, "Talk: where else do people draw conclusions from a number that depends on the device?"),
        ),
    ),
    Plan(
        "A voice as numbers",
        (
            Step(
                6,
                "Together: three clips of the listening game. How many guesses are the same in your class?",
                "pages/game.py",
                "Can you hear it?",
            ),
            _lesson(9, "In pairs: lesson 1, sound as numbers.", "sound-as-numbers", "Lesson 1"),
            _lesson(
                10,
                "In pairs: lesson 3, pitch and excitement. *All lessons*, at the end of a lesson, leads there.",
                "pitch-and-excitement",
                "Lesson 3",
            ),
            Step(
                11,
                "Alone, on paper: the worksheet of lesson 1, or that of lesson 3. Print them before.",
                sheets=("sound-as-numbers", "pitch-and-excitement"),
            ),
            Step(
                4,
                "Together: which prediction was wrong for most of you, and why? *Back* in a lesson shows what you "
                "predicted.",
            ),
        ),
    ),
    Plan(
        "Can a computer tell how you feel?",
        (
            Step(
                12,
                "Alone: ten clips of the listening game. Its result has a link that gives everybody the same clips.",
                "pages/game.py",
                "Can you hear it?",
            ),
            _lesson(9, "In pairs: lesson 2, loudness and anger.", "loudness-and-anger", "Lesson 2"),
            _lesson(9, "In pairs: lesson 3, pitch and excitement.", "pitch-and-excitement", "Lesson 3"),
            Step(
                15,
                "Together, at the projector: a round of *Act it*. Pupils say the same sentence into your microphone, "
                "one after the other, and the class sees how far pitch and melody went. No emotion is inferred.",
                "pages/act.py",
                "Act it, a class",
                {"round": "a-class"},
            ),
            _lesson(11, "In pairs: lesson 6, learning and scores that lie.", "scores-that-lie", "Lesson 6"),
            Step(
                5,
                "Together: vote on which score is higher, press *Train*, and see. It takes about a minute.",
                "pages/train.py",
                "Train your own",
            ),
            Step(7, "In groups: who is in the data, and who is missing?", "pages/dataset.py", "Data"),
            Step(
                7,
                "In groups: for whom does the network work less well?",
                "pages/model.py",
                "Model, For whom",
                {"section": "for-whom"},
            ),
            Step(
                15,
                "Together: the worksheet of lesson 6, then a debate. Its last task is about applicants for a job.",
                sheets=("scores-that-lie",),
            ),
        ),
    ),
)


def show() -> None:
    """Show the plans side by side, each with its steps and links."""
    st.write(
        "The times are for a class of 12- to 16-year-olds. A pair needs one phone or computer, and headphones. The "
        "lessons use computer voices and need no microphone. These links switch classroom mode on for the rest of your "
        "visit. On a projector, *Present* (top right) makes everything larger. For the board, the address of the "
        "lessons in classroom mode:"
    )
    show_class_address()
    icons = {page.path: page.icon for page in PAGES}
    lessons = lesson_store.lessons()
    with st.container(key="teacher_plans"):
        for plan in PLANS:
            with st.container(border=True):
                st.subheader(f"{plan.minutes} minutes: {plan.title}", anchor=False)
                for step in plan.steps:
                    st.markdown(f"**{step.minutes} min** · {step.text}")
                    if step.page:
                        st.page_link(
                            step.page,
                            label=step.label,
                            icon=icons[step.page],
                            query_params={**step.parameters, **_CLASSROOM},
                        )
                    for key in step.sheets:
                        st.button(
                            f"Worksheet {lessons[key].number}",
                            icon=":material/print:",
                            type="tertiary",
                            key=f"plan_{plan.minutes}_{key}",
                            on_click=partial(sheets_section.open_worksheet, key),
                        )
