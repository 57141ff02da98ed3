"""What is to be said, and how: the sentence, the emotion, whose voices it is compared with, and the microphone."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ser_core.acting.sentences import SENTENCES
from ser_core.emotions import LABELS
from ui.act import session, words
from ui.common import intake, links
from ui.common.defects import show_defects
from ui.common.faces import face
from ui.common.linked_choice import choose_option
from ui.common.messages import handle_user_errors

_EMOTION = "act_emotion"
_SENTENCE = "act_sentence"


@dataclass(frozen=True)
class Task:
    """What is to be said.

    Parameters
    ----------
    sentence : str
        A key of ``SENTENCES``.
    emotion : str
        How to say it.
    sex : str
        Whose voices it is compared with: ``"female"``, ``"male"`` or ``"all"``.
    """

    sentence: str
    emotion: str
    sex: str


def choose_sentence() -> str:
    """Show the choice of the sentence; the address names it."""
    parameter = links.option("sentence", SENTENCES, default=next(iter(SENTENCES)))
    parameter.start(_SENTENCE)
    sentence = st.selectbox(
        "Which sentence?",
        list(SENTENCES),
        format_func=SENTENCES.__getitem__,
        key=_SENTENCE,
        persist_state="session",
    )
    parameter.keep(sentence)
    return sentence


def choose_emotion() -> str:
    """Show the choice of the emotion; the address names it."""
    return choose_option(
        "Which emotion?",
        LABELS,
        default=LABELS[0],
        parameter="emotion",
        key=_EMOTION,
        format_func=lambda label: f"{face(label)} {label}",
        persist_state="session",
    )


def show_next_emotion(emotion: str) -> None:
    """Show the button that goes on to the next of the eight emotions."""
    number = LABELS.index(emotion)
    st.button(
        "Next emotion",
        icon=":material/skip_next:",
        key="act_next",
        on_click=_go_to,
        args=(LABELS[(number + 1) % len(LABELS)],),
    )
    st.caption(f"This is emotion {number + 1} of {len(LABELS)}.")


def record(task: Task, player: str) -> None:
    """Show the task and the microphone, and add a new recording to the attempts.

    A recording with a serious defect is no attempt; its defects are shown.
    """
    st.subheader(words.task(SENTENCES[task.sentence], task.emotion), anchor=False)
    label = (
        f"{player}: press, say it, press again"
        if player
        else "Press, say it, press again. To try again, press once more"
    )
    # Another task has another microphone, which does not show the recording of the last one.
    recording = intake.take_recording(f"act_{player}_{task.sentence}_{task.emotion}", label)
    intake.show_privacy()
    if recording is None:
        return
    with handle_user_errors():
        clip = session.shortened(recording)
        defects = show_defects(clip)
        if any(defect.serious for defect in defects):
            st.caption("This recording does not count as an attempt.")
            return
        session.stage().add(session.measured(player, task.sentence, task.emotion, clip), task.sex)


def _go_to(emotion: str) -> None:
    st.session_state[_EMOTION] = emotion
