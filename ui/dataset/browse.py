"""The table of clips, to browse and to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

_SHOWN = {
    "corpus": "corpus",
    "clip": "clip",
    "emotion": "emotion",
    "sex": "sex",
    "speaker": "speaker",
    "age_years": st.column_config.NumberColumn("age", format="%d"),
    "sentence": "sentence",
    "intensity": "intensity",
    "duration_s": st.column_config.NumberColumn("seconds", format="%.2f"),
    "source": "numbers",
    "pitch_hz": st.column_config.NumberColumn("pitch (Hz)", format="%.0f"),
    "level_dbfs": st.column_config.NumberColumn("loudness (dB)", format="%.1f"),
    "syllables_per_s": st.column_config.NumberColumn("syllables/s", format="%.1f"),
    "brightness_hz": st.column_config.NumberColumn("brightness (Hz)", format="%.0f"),
    "defect": "why it is not used",
}


def show(chosen: pd.DataFrame) -> None:
    """Show the chosen clips as a table."""
    st.write("Click a heading to sort. An empty cell was not measured, or cannot be told of a reconstructed clip.")
    st.dataframe(
        chosen[list(_SHOWN)],
        column_config=_SHOWN,
        hide_index=True,
        height=480,
        key="clips",
        alt="Table of the chosen clips",
    )
    st.download_button(
        "Download these clips with every measure (CSV)",
        # Made when somebody presses it: the whole set takes a second.
        lambda: chosen.drop(columns=["map_x", "map_y"]).to_csv(index=False),
        file_name="clips.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
