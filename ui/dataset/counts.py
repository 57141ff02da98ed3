"""How many clips there are of each kind."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ser_core.dataset.selection import counts
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED
from ui.common.charts import CONFIG
from ui.dataset import charts

# What each count shows, in one sentence.
_KINDS = {
    "emotion": ("By emotion", "Only RAVDESS has calm, and CREMA-D has no surprise."),
    "sex": ("By sex", "SAVEE has men alone, TESS women alone."),
    "intensity": ("By intensity", "RAVDESS has two strengths of a feeling, CREMA-D three for one sentence in twelve."),
    "age_years": ("By age (years)", "RAVDESS and SAVEE do not publish their actors' ages, and TESS has two."),
    "duration_s": ("By duration", "Most clips are one short sentence of two to four seconds."),
    "sentence": ("By sentence", "What is said is the same in every emotion: only how it is said differs."),
}


def show(chosen: pd.DataFrame) -> None:
    """Show the counts of the chosen clips."""
    st.markdown(
        f"- **{MEASURED}** (plain): the recording is at hand, its numbers are its own.\n"
        f"- **{RECONSTRUCTED}** (striped): CREMA-D's clips, made audible again from published mel spectrograms. They "
        "count for brightness and MFCC, never for loudness, pitch or zero crossings.\n"
        f"- **{INVENTORY_ONLY}** (dotted): known from the corpus's own lists; nothing of it was heard here."
    )
    st.markdown("**By corpus**: four collections of acted speech, and where their numbers come from.")
    st.plotly_chart(
        charts.count_bars(counts(chosen, "corpus"), with_legend=True),
        config=CONFIG,
        key="count_corpus",
        alt="Clips by corpus and source",
    )
    columns = st.columns(2, gap="large")
    for place, (by, (title, what_to_see)) in zip(columns * 3, _KINDS.items(), strict=True):
        with place:
            st.markdown(f"**{title}**: {what_to_see}")
            figure = charts.count_bars(counts(chosen, by))
            st.plotly_chart(figure, config=CONFIG, key=f"count_{by}", alt=f"Clips {title.lower()}")
    st.markdown(
        f"**By speaker**: one bar for each of {chosen['speaker'].nunique()} people; the two women of TESS gave more "
        "clips than anybody else."
    )
    figure = charts.count_columns(counts(chosen, "speaker"))
    st.plotly_chart(figure, config=CONFIG, key="count_speaker", alt="Clips by speaker")
    n_defects = int((chosen["defect"] != "").sum())
    if n_defects:
        st.caption(
            f"{n_defects} of these clips are not used for anything: two labels on one recording, no voice, or a copy. "
            "The table says which."
        )
