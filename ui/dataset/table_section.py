"""The section "Table": the clips as a table, and their download."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.column_config import Column, NumberColumn

from ser_core.corpora.sentences import sentence_text
from ui.common.file_names import download_name

_COLUMNS = {
    "corpus": Column("corpus"),
    "clip": Column("clip"),
    "emotion": Column("emotion"),
    "sex": Column("sex"),
    "speaker": Column("speaker"),
    "age_years": NumberColumn("age", format="%d"),
    "sentence": Column("sentence"),
    "intensity": Column("intensity"),
    "duration_s": NumberColumn("seconds", format="%.2f"),
    "source": Column("numbers"),
    "pitch_hz": NumberColumn("pitch (Hz)", format="%.0f"),
    "level_dbfs": NumberColumn("loudness (dB)", format="%.1f"),
    "syllables_per_s": NumberColumn("syllables/s", format="%.1f"),
    "brightness_hz": NumberColumn("brightness (Hz)", format="%.0f"),
    "defect": Column("why it is not used"),
}


def show(clips: pd.DataFrame) -> None:
    """Show clips as a table.

    Parameters
    ----------
    clips : pandas.DataFrame
        The rows of the table of clips that pass the filters.
    """
    st.write(
        "Click a heading to sort. An empty cell was not measured, or cannot be measured on a reconstructed recording."
    )
    sentences = [sentence_text(corpus, code) for corpus, code in zip(clips["corpus"], clips["sentence"], strict=True)]
    st.dataframe(
        clips.assign(sentence=sentences)[list(_COLUMNS)],
        column_config=_COLUMNS,
        hide_index=True,
        height=480,
        # An empty cell where there is no value.
        placeholder="",
        key="clips",
        alt="Table of the clips",
    )
    st.download_button(
        "Download these clips with all measures (CSV)",
        # A function, because writing all clips takes a second: Streamlit calls it when the button is pressed.
        lambda: clips.drop(columns=["map_x", "map_y"]).to_csv(index=False),
        file_name=download_name("clips", "", "csv"),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
