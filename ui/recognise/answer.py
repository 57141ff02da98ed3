"""The network's answer to a clip: headline, probabilities, their course over time, and what they are worth."""

from __future__ import annotations

import streamlit as st

from ser_core.audio.quality import QualityNote
from ui.common import charts, engine
from ui.common.clip import Clip
from ui.common.limits import show_limits
from ui.common.messages import handle_user_errors
from ui.common.verdict import show_verdict
from ui.recognise.charts import probability_bars
from ui.recognise.downloads import show_downloads


def show_answer(clip: Clip, notes: tuple[QualityNote, ...]) -> None:
    """Show the network's answer to a clip; for a recording with a serious defect only if the visitor asks for it.

    Parameters
    ----------
    clip : Clip
        The clip.
    notes : tuple of QualityNote
        The defects of the recording.
    """
    with st.spinner("Listening ..."), handle_user_errors():
        prediction = engine.judge(clip)
    left, right = st.columns([3, 2], gap="large")
    with left:
        is_shown = show_verdict(clip, prediction, notes)
        if is_shown:
            st.plotly_chart(
                probability_bars(prediction), config=charts.CONFIG, key="bars", alt="Probability of each emotion"
            )
            st.page_link("pages/why.py", label="**Why?** What the network listened to", icon=":material/lightbulb:")
            show_downloads(clip, prediction, notes)
    with right, handle_user_errors():
        show_limits()
    timeline = prediction.timeline
    if is_shown and timeline is not None and len(timeline.start_s) > 1:
        st.subheader("How it changes through the clip", anchor=False)
        st.write(
            "Each point shows what the three seconds around it sound like; gaps are pauses. The three strongest "
            "emotions are shown. Click a name under the chart to show or hide an emotion."
        )
        st.plotly_chart(
            charts.timeline_chart(timeline),
            config=charts.CONFIG,
            key="timeline",
            alt="Probability of each emotion over time",
        )
