"""Data: the 12,162 recordings behind the network, counted, compared, mapped, and heard by people."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ui.common.messages import handle_user_errors
from ui.common.sections import choose_section
from ui.dataset import browse, counts, distributions, filters, listeners, sound_map, store
from ui.shell.navigation import open_page

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

with handle_user_errors():
    clips = store.clips()
chosen = filters.choose(clips).apply(clips)
st.markdown(
    f"**{len(chosen):,} of {len(clips):,} clips** · {chosen['speaker'].nunique()} speakers · "
    f"{chosen['duration_s'].sum() / 3600:.1f} hours, where the duration is known"
)
show_section = choose_section(SECTIONS, key="data_section")
if chosen.empty:
    st.info("No clip fits all of these filters. Clear one of them.", icon=":material/filter_alt_off:")
    st.stop()
show_section(chosen)
