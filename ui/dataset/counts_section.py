"""The section "Counts": how many clips there are of each kind."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset.filters import count_clips
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED
from ser_core.lessons.lesson import with_linked_terms
from ui.common.chart_table import show_chart
from ui.dataset import charts

# By column: the chart's title, and what it shows.
_CHARTS = {
    "emotion": ("By emotion", "Only RAVDESS has calm. CREMA-D has no surprise."),
    "sex": ("By sex", "SAVEE has only men, TESS only women."),
    "intensity": (
        "By intensity",
        "RAVDESS has two strengths of a feeling. CREMA-D has three, for one of its twelve sentences.",
    ),
    "age_years": ("By age (years)", "RAVDESS and SAVEE do not publish the ages of their actors. TESS has two ages."),
    "duration_s": ("By duration", "Most clips are one short sentence of two to four seconds."),
    "sentence": (
        "By sentence",
        "In RAVDESS, CREMA-D and TESS the words are the same for each emotion. Only the way of speaking is different.",
    ),
}


def show(clips: pd.DataFrame) -> None:
    """Show the counts of clips by corpus, emotion, sex, intensity, age, duration, sentence and speaker.

    Parameters
    ----------
    clips : pandas.DataFrame
        The rows of the table of clips that pass the filters.
    """
    st.markdown(
        with_linked_terms(
            f"- **{MEASURED}** (plain): this project has the recording and measured it.\n"
            f"- **{RECONSTRUCTED}** (striped): CREMA-D's clips, made into sound again from published "
            "[[mel spectrogram|mel spectrograms]]. They count for [[brightness]] and [[MFCC]], but not for loudness, "
            "[[pitch]] or zero crossings.\n"
            f"- **{INVENTORY_ONLY}** (dotted): known from the lists of the corpus. This project does not have the "
            "recording."
        )
    )
    st.markdown("**By corpus**: four corpora of acted speech, and where their numbers come from.")
    show_chart(
        charts.count_bars(count_clips(clips, "corpus"), with_legend=True),
        key="count_corpus",
        alt="Clips by corpus and source",
    )
    columns = st.columns(2, gap="large")
    for place, (column, (title, explanation)) in zip(columns * 3, _CHARTS.items(), strict=True):
        with place:
            st.markdown(f"**{title}**: {explanation}")
            figure = charts.count_bars(count_clips(clips, column))
            show_chart(figure, key=f"count_{column}", alt=f"Clips {title.lower()}")
    st.markdown(
        f"**By speaker**: one bar for each of {clips['speaker'].nunique()} people. The two women of TESS recorded the "
        "most clips."
    )
    figure = charts.count_columns(count_clips(clips, "speaker"))
    show_chart(figure, key="count_speaker", alt="Clips by speaker")
    n_defects = int((clips["defect"] != "").sum())
    if n_defects:
        st.caption(
            f"{n_defects} of these clips are not used: the same recording has two labels, there is no voice in it, or "
            "it is a copy. The table gives the reason for each."
        )
