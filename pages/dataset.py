"""Data: the 12,162 recordings behind the network, counted, compared, mapped, and heard by people."""

import streamlit as st

from ui.dataset import browse, counts, distributions, filters, listeners, sound_map, store
from ui.messages import told_kindly
from ui.navigation import open_page

SECTIONS = {
    "Counts": (":material/bar_chart:", counts.show),
    "By emotion": (":material/area_chart:", distributions.show),
    "Sound map": (":material/scatter_plot:", sound_map.show),
    "Listeners": (":material/hearing:", listeners.show),
    "Table": (":material/table:", browse.show),
}

open_page(
    "What it learns from",
    "Four collections of actors who say short sentences in a given emotion. Everything here is numbers: no recording "
    "is part of this page.",
)

with told_kindly():
    clips = store.clips()
chosen = filters.choose(clips).apply(clips)
st.markdown(
    f"**{len(chosen):,} of {len(clips):,} clips** · {chosen['speaker'].nunique()} speakers · "
    f"{chosen['duration_s'].sum() / 3600:.1f} hours, where the duration is known"
)
section = st.segmented_control(
    "What would you like to see?",
    list(SECTIONS),
    default="Counts",
    required=True,
    format_func=lambda name: f"{SECTIONS[name][0]} {name}",
    key="data_section",
    persist_state="session",
)
if chosen.empty:
    st.info("No clip fits all of these filters. Clear one of them.", icon=":material/filter_alt_off:")
    st.stop()
SECTIONS[section][1](chosen)
