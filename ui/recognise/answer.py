"""The network's answer to a clip: the card, links to three pages, how far to trust the answer, and its figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ser_core.audio.quality import QualityNote
from ser_core.inference.affect import affect_of
from ser_core.inference.recognizer import Prediction
from ser_core.inference.verdict import reach_verdict
from ui.common import charts, engine, intake
from ui.common.chart_table import show_chart
from ui.common.classroom import explain_no_answer, may_judge
from ui.common.clip import Clip
from ui.common.defects import show_defects
from ui.common.messages import handle_user_errors
from ui.common.moments import stretches_of
from ui.common.network_choice import choose_network
from ui.common.trust import show_trust_details, trust_line
from ui.recognise.answer_card import show_card
from ui.recognise.charts import probability_bars
from ui.recognise.downloads import show_downloads
from ui.recognise.this_voice import show_this_voice
from ui.recognise.words import WITHHELD, card_words

# Two points are one straight line for each emotion, which the card's answer says better.
_FEWEST_POINTS = 3

_TO_REASONS = ("pages/why.py", "**Why?**", ":material/lightbulb:")
_TO_THE_SOUND = (
    ("pages/explore.py", "**See the sound**", ":material/stacked_line_chart:"),
    ("pages/voice_lab.py", "**Change it**", ":material/tune:"),
)


def show_answer(clip: Clip) -> None:
    """Show the network's answer to a clip, unless the mode or a defect of the recording forbids it.

    Parameters
    ----------
    clip : Clip
        The clip.
    """
    if not may_judge(clip):
        show_card(clip, WITHHELD)
        explain_no_answer()
        _show_ways_on(clip, _TO_THE_SOUND)
        show_defects(clip)
        return
    with st.spinner("Listening ..."), handle_user_errors():
        prediction = engine.judge(clip)
        notes = engine.quality(clip.audio)
    is_judged = reach_verdict(prediction, notes).kind != "not_judged"
    anyway_key = f"anyway_{clip.audio.sha256}"
    is_shown = is_judged or bool(st.session_state.get(anyway_key))
    words = card_words(reach_verdict(prediction, () if is_shown else notes), prediction, is_guess=not is_judged)
    # The style sheet of the first screen keeps a place free for the card of a sample, with which a link may begin.
    with st.container(key="card_of_sample" if clip.is_sample else "card_of_visitor"):
        show_card(clip, words, stretches_of(clip, prediction) if is_shown else ())
    show_defects(clip)
    if is_shown:
        _show_ways_on(clip, (_TO_REASONS, *_TO_THE_SOUND))
    else:
        _show_record_button(clip)
    if not is_judged:
        st.caption("For another file or a sample, open **change clip** above.")
        st.toggle("Show the network's guess anyway", key=anyway_key)
    if not is_shown:
        return
    if is_judged:
        show_this_voice(clip, prediction)
    with handle_user_errors():
        st.caption(trust_line(clip))
        with st.expander("How far can you trust this?", icon=":material/verified_user:"):
            show_trust_details()
    _show_figures(clip, prediction, notes)


def _show_ways_on(clip: Clip, ways_on: Sequence[tuple[str, str, str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="ways_on"):
        for path, label, icon in ways_on:
            st.page_link(path, label=label, icon=icon)
        _show_record_button(clip)


def _show_record_button(clip: Clip) -> None:
    label = "**Record again**" if clip.is_recording else "**Record your voice**"
    if st.button(label, icon=":material/mic:", key="record_again"):
        intake.open_recorder()


def _show_figures(clip: Clip, prediction: Prediction, notes: tuple[QualityNote, ...]) -> None:
    st.subheader("All eight emotions", anchor=False)
    st.write(f"The voice as a whole sounds **{affect_of(prediction.shares).words}**.")
    show_chart(probability_bars(prediction), key="bars", alt="Probability of each emotion")
    show_downloads(clip, prediction, notes)
    with st.expander("Choose the network", icon=":material/account_tree:"):
        choose_network()
    timeline = prediction.timeline
    if timeline is not None and len(timeline.start_s) >= _FEWEST_POINTS:
        st.subheader("How it changes through the clip", anchor=False)
        st.write("Each point is about the three seconds around it; gaps are pauses. Click a name to show or hide it.")
        show_chart(
            charts.timeline_chart(timeline),
            key="timeline",
            alt="Probability of each emotion over time",
        )
