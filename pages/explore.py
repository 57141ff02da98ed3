"""Explore: the clip's features, drawn over one time axis, with a player that shows where the sound is."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ui.common import engine
from ui.common.downloads import offer_feature_downloads
from ui.common.intake import require_clip
from ui.common.messages import show_note
from ui.explore.explainer_tabs import show_explainers
from ui.explore.panel_choice import choose_panels
from ui.explore.player import synced_player
from ui.explore.stacked_figure import stacked_figure
from ui.shell.navigation import open_page

open_page("See the sound", "What the five features are, on your voice or a sample, and how they move while it plays.")

chosen = require_clip()
for note in engine.quality(chosen.audio):
    show_note(note)

panels = choose_panels()
if not panels:
    st.info("Choose at least one feature to see.", icon=":material/arrow_upward:")
    st.stop()

with st.spinner("Drawing ..."):
    features = engine.features(chosen.audio)
    figure = stacked_figure(chosen.audio, features, panels)
synced_player(figure, chosen.wav, chosen.audio.duration_s, key="explore_player")
st.caption(
    "Click to go to a place in the clip, drag to zoom in, double-click for the whole clip. "
    "Space plays and pauses, the arrow keys move, plus and minus zoom."
)

st.subheader("What am I looking at?", anchor=False)
show_explainers(panels)

st.subheader("Take it away", anchor=False)
st.write("Every frame's numbers, for a spreadsheet or for Python; the buttons under the figure save the figure.")
offer_feature_downloads(features)
