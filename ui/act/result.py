"""The attempts side by side: how far each went, what the network answers, the arrows, and one tip."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ser_core.acting.direction import ACTED_CUES, NEUTRAL, CueStep, find_steps, plain_voice, score_of_neutral
from ser_core.lessons.lesson import with_linked_terms
from ui.act import chart, words
from ui.act.session import Attempt, stage
from ui.act.task import Task
from ui.common import classroom, engine
from ui.common.charts import CONFIG
from ui.common.messages import handle_user_errors
from ui.common.reference_table import reference
from ui.common.verdict import headline
from ui.common.words import percent

_MOST_SHOWN = 3


def show(task: Task, player: str) -> None:
    """Show the latest attempts at a task; before the first one, nothing."""
    numbered = dict(enumerate(stage().of(player, task.sentence, task.emotion), start=1))
    attempts = dict(list(numbered.items())[-_MOST_SHOWN:])
    if not attempts:
        return
    newest = max(attempts)
    own_plain = None if task.emotion == NEUTRAL else stage().plain.get((player, task.sentence))
    with handle_user_errors():
        plain = plain_voice(reference(), task.sex, own_plain)
        steps_of = {
            number: find_steps(attempt.cues, task.emotion, reference(), plain, task.sex)
            for number, attempt in attempts.items()
        }
        with st.container(key="act_attempts"):
            _show_attempts(attempts, steps_of, task.sex)
    if steps_of[newest]:
        st.markdown(with_linked_terms(f"**How far the [[cue|cues]] went.** {words.tip(steps_of[newest])}"))
        st.plotly_chart(
            chart.arrows(steps_of, task.emotion),
            config=CONFIG,
            key="act_arrows",
            alt="How far each attempt took each cue",
        )
        st.caption(
            "The dashed line is the middle of the actors, the coloured band half of their recordings. "
            f"{words.start_of_arrows(is_own=own_plain is not None, emotion=task.emotion)}"
        )
    else:
        st.caption(words.start_of_arrows(is_own=False, emotion=task.emotion))
    rows = words.cue_rows(attempts[newest].cues, plain, steps_of[newest], ACTED_CUES)
    st.table(rows, border="horizontal", hide_index=True)


def _show_attempts(attempts: Mapping[int, Attempt], steps_of: Mapping[int, tuple[CueStep, ...]], sex: str) -> None:
    newest = max(attempts)
    is_classroom = not classroom.may_judge(attempts[newest].clip)
    for place, (number, attempt) in zip(st.columns(_MOST_SHOWN), attempts.items(), strict=False):
        with place.container(border=True, height="stretch"):
            st.markdown(f"**Attempt {number}**" + (" (new)" if number == newest else ""))
            st.audio(attempt.clip.wav, alt=f"Attempt {number}")
            if attempt.emotion == NEUTRAL:
                st.markdown(words.plainness(score_of_neutral(attempt.cues, reference(), sex)))
            else:
                st.markdown(words.progress(steps_of[number], attempt.emotion))
            if not is_classroom:
                _show_answer(attempt)
    if is_classroom:
        st.caption(
            "Classroom mode: the cues are measured, and no emotion is inferred from a voice. The network is not used."
        )


def _show_answer(attempt: Attempt) -> None:
    prediction = engine.predict_alone(attempt.clip.audio)
    share = percent(prediction.probabilities[attempt.emotion])
    st.markdown(f"The network: {headline(prediction)}. It gives {attempt.emotion} {share}.")
