"""One screen of a lesson: its texts, sounds and drawings, the prediction, the question, and the way on."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.lessons.lesson import (
    Block,
    Lesson,
    Open,
    Play,
    Predict,
    Question,
    Screen,
    Show,
    Text,
    with_linked_terms,
    without_marks,
)
from ser_core.lessons.sounds import sound_title
from ui.common import lesson_store
from ui.common.chart_table import show_chart
from ui.common.charts import CONFIG
from ui.common.lesson_drawings import HAVE_TABLES, draw
from ui.common.next_focus import move_focus
from ui.common.term_tips import explain_terms
from ui.lessons import progress
from ui.shell.navigation import PAGES


def show_screen(lesson: Lesson, number: int) -> None:
    """Show a screen; after a prediction that is not made yet, nothing but the buttons.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    number : int
        The screen, counted from 0.
    """
    screen = lesson.screens[number]
    progress.of(lesson).seen.add(number)
    st.progress((number + 1) / len(lesson.screens), text=f"Screen {number + 1} of {len(lesson.screens)}")
    with st.container(key="lesson_screen"):
        st.subheader(screen.title, anchor=False)
        _show_blocks(lesson, number, screen)
        _show_terms(screen)
    _show_ways_on(lesson, number)
    explain_terms()
    _move_focus(lesson, number)


def _show_blocks(lesson: Lesson, number: int, screen: Screen) -> None:
    for place, block in enumerate(screen.blocks):
        if isinstance(block, Predict):
            _show_prediction(lesson, number, block)
            if number not in progress.of(lesson).predictions:
                return
        elif isinstance(block, Question):
            _show_question(lesson, block)
        else:
            _show_content(block, key=f"{lesson.key}_{number}_{place}")


def _show_content(block: Block, key: str) -> None:
    if isinstance(block, Text):
        st.markdown(with_linked_terms(block.markdown))
    elif isinstance(block, Play):
        columns = st.columns(len(block.sounds), vertical_alignment="bottom")
        for place, name in zip(columns, block.sounds, strict=True):
            place.caption(sound_title(name))
            place.audio(lesson_store.sound(name).wav, alt=sound_title(name))
    elif isinstance(block, Show):
        for position, (title, figure) in enumerate(draw(block)):
            if title:
                st.markdown(f"**{title}**")
            alt = f"{title} {without_marks(block.caption)}".strip()
            if block.kind in HAVE_TABLES:
                show_chart(figure, f"{key}_{position}", alt)
            else:
                st.plotly_chart(figure, config=CONFIG, key=f"{key}_{position}", alt=alt)
        st.caption(with_linked_terms(block.caption))
    elif isinstance(block, Open):
        page = next(page for page in PAGES if page.path == f"pages/{block.page}.py")
        st.page_link(page.path, label=block.label, icon=page.icon)


def _show_prediction(lesson: Lesson, number: int, block: Predict) -> None:
    with st.container(border=True, key="lesson_predict"):
        st.markdown(f":material/psychology_alt: **Predict:** {block.question}")
        chosen = progress.of(lesson).predictions.get(number)
        if chosen is None:
            with st.container(horizontal=True):
                for position, option in enumerate(block.options):
                    st.button(
                        option.text,
                        key=f"predict_{number}_{position}",
                        on_click=partial(progress.predict, lesson, number, position),
                    )
            return
        right = next(option for option in block.options if option.is_right)
        if block.options[chosen].is_right:
            st.markdown(f":green-badge[✓] You predicted **{right.text}**. That is what comes out.")
        else:
            st.markdown(f":orange-badge[✗] You predicted **{block.options[chosen].text}**. It is **{right.text}**.")


def _show_question(lesson: Lesson, block: Question) -> None:
    st.markdown(f"**{block.question}**")
    answers = progress.of(lesson).answers
    is_done = progress.is_done(lesson)
    for position, option in enumerate(block.options):
        st.button(
            option.text,
            key=f"answer_{position}",
            icon=(":material/check:" if option.is_right else ":material/close:") if position in answers else None,
            # A wrong one can be pressed again: a button that is switched off loses the keyboard's focus.
            disabled=is_done,
            width="stretch",
            on_click=partial(progress.answer, lesson, position),
        )
    if not answers:
        return
    chosen = block.options[answers[-1]]
    if not is_done:
        st.warning(f"**Not this one.** {chosen.explanation} Try again.", icon=":material/close:")
        return
    with st.container(key="lesson_right"):
        st.success(f"**Right.** {chosen.explanation}", icon=":material/check:")
    st.markdown("**Why the other answers are wrong**")
    wrong = [option for option in block.options if not option.is_right]
    st.markdown("\n".join(f"- *{option.text}*  \n  {option.explanation}" for option in wrong))


def _show_terms(screen: Screen) -> None:
    if not screen.terms:
        return
    with st.expander("Words on this screen", icon=":material/dictionary:"):
        glossary = lesson_store.glossary()
        st.markdown("\n".join(f"- **{term}**: {glossary[term]}" for term in screen.terms))
        st.page_link(
            "pages/teachers.py", label="All words", icon=":material/menu_book:", query_params={"section": "words"}
        )


def _move_focus(lesson: Lesson, number: int) -> None:
    """Go to a new screen, and to what a prediction or the right answer has brought."""
    screen = f"lessons/{lesson.key}/{number}"
    if number == len(lesson.screens) - 1 and progress.is_done(lesson):
        move_focus(f"{screen}/right", "lesson_right")
    elif number in progress.of(lesson).predictions:
        move_focus(f"{screen}/predicted", "lesson_predict")
    else:
        move_focus(screen, "lesson_screen", to_top=True)


def _show_ways_on(lesson: Lesson, number: int) -> None:
    is_last = number == len(lesson.screens) - 1
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_ways_on"):
        st.button(
            "Back",
            icon=":material/arrow_back:",
            key="lesson_back",
            disabled=number == 0,
            on_click=partial(progress.go_to, lesson, number - 1),
        )
        if not is_last:
            st.button(
                "Next",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary",
                key="lesson_next",
                on_click=partial(progress.go_to, lesson, number + 1),
            )
        elif progress.is_done(lesson):
            _show_next_lesson(lesson)
            # Here and not on the page for teachers, which shows the answers too.
            st.button(
                "Worksheet",
                icon=":material/print:",
                type="tertiary",
                key="lesson_worksheet",
                on_click=progress.open_worksheet,
            )
        st.button("All lessons", icon=":material/list:", type="tertiary", key="lesson_leave", on_click=progress.leave)


def _show_next_lesson(lesson: Lesson) -> None:
    following = next((other for other in lesson_store.lessons().values() if other.number > lesson.number), None)
    if following is not None:
        st.button(
            f"Next lesson: {following.title}",
            icon=":material/arrow_forward:",
            icon_position="right",
            type="primary",
            key="lesson_following",
            on_click=partial(progress.go_to, following, 0),
        )
