"""The trained network's answer to the clip of all pages, beside the answer of the app's network."""

from __future__ import annotations

import streamlit as st

from ser_core.emotions import LABELS
from ser_core.own_network.answer import answer_clip
from ser_core.own_network.waiting_line import Training
from ui.common import classroom, engine, intake
from ui.common.chart_table import show_chart
from ui.common.defects import show_defects
from ui.common.messages import handle_user_errors
from ui.common.verdict import headline
from ui.common.words import percent
from ui.train import charts, words


def show(training: Training) -> None:
    """Show the answers to the visitor's clip, if it may be judged; without a clip, ask for one.

    In classroom mode it may not judge a visitor's own clip, so there is no microphone, and no field for a file.
    """
    st.subheader("What it says about a clip", anchor=False)
    is_classroom = classroom.is_classroom()
    current_clip = intake.take_clip(only_samples=is_classroom)
    if current_clip is None:
        if is_classroom:
            classroom.explain_no_answer()
        intake.choose_clip(only_samples=is_classroom)
        return
    if not classroom.may_judge(current_clip):
        classroom.explain_no_answer()
        return
    with handle_user_errors():
        prediction = engine.judge(current_clip)
    notes = show_defects(current_clip)
    if any(note.serious for note in notes):
        # The visitor's network has no "not judged" of its own: it names an emotion for silence and music too.
        st.markdown(f"**{headline(prediction, notes)}.**")
        return
    summary = engine.features(current_clip.audio, with_pitch=False).summary()
    answers = {charts.APP: prediction.probabilities}
    for result in training.results:
        probabilities = answer_clip(result, training.choices, summary)
        answers[result.split] = dict(zip(result.labels, map(float, probabilities), strict=True))
    st.markdown(
        " · ".join(
            f"{words.SPLIT_NAMES.get(name, name)}: **{label}**, {percent(shares[label])}"
            for name, shares in answers.items()
            for label in [max(shares, key=shares.__getitem__)]
        )
    )
    show_chart(charts.answers(answers, LABELS), key="train_answers", alt="Answers to the clip")
    st.caption(
        "Your network has no calibration: it is often very sure, also where it is wrong. It was trained on clean "
        "recordings of actors; another microphone or room changes the averages, most of all loudness."
    )
