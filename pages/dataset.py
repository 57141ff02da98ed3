"""Data: counts, measures and a map of the 12,162 recordings of the Kaggle set, and the votes of listeners."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.common.messages import handle_user_errors
from ui.common.sections import choose_section
from ui.common.term_tips import explain_terms
from ui.dataset import (
    counts_section,
    emotion_section,
    filters,
    listeners_section,
    sound_map_section,
    store,
    table_section,
)
from ui.shell.navigation import open_page

SECTIONS = {
    "Counts": (":material/bar_chart:", counts_section.show),
    "By emotion": (":material/area_chart:", emotion_section.show),
    "Sound map": (":material/scatter_plot:", sound_map_section.show),
    "Listeners": (":material/hearing:", listeners_section.show),
    "Table": (":material/table:", table_section.show),
}

open_page(
    "What the network learns from",
    with_linked_terms(
        "Four [[corpus|corpora]] (collections of recordings): actors say short sentences in a given emotion. This page "
        "holds only numbers, no recordings."
    ),
)

with handle_user_errors():
    all_clips = store.clips()
clips = filters.choose(all_clips).apply(all_clips)
st.markdown(
    f"**{len(clips):,} of {len(all_clips):,} clips** · {clips['speaker'].nunique()} speakers · "
    f"{clips['duration_s'].sum() / 3600:.1f} hours, where the duration is known"
)
show_section = choose_section(SECTIONS, key="data_section")
if clips.empty:
    st.info("No clip passes all of these filters. Clear one of them.", icon=":material/filter_alt_off:")
    st.stop()
show_section(clips)
explain_terms()
