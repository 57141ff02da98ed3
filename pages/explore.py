"""See the sound: the clip's features over one time axis, with a player that shows the current position."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ui.common import engine
from ui.common.defects import show_defects
from ui.common.file_names import download_name
from ui.common.intake import require_clip
from ui.common.pairs import is_touch_device
from ui.common.term_tips import explain_terms
from ui.explore.downloads import show_feature_downloads
from ui.explore.explainer_tabs import show_explainers
from ui.explore.panel_choice import choose_panels
from ui.explore.player import synced_player
from ui.explore.stacked_figure import stacked_figure
from ui.shell.navigation import open_page

open_page("See the sound", "The features of your voice or of a sample, and how they change while it plays.")

clip = require_clip()
show_defects(clip)

panels = choose_panels()
if not panels:
    st.info("Choose at least one feature to see.", icon=":material/arrow_upward:")
    st.stop()

with st.spinner("Drawing ..."):
    features = engine.features(clip.audio)
    figure = stacked_figure(clip.audio, features, panels)
synced_player(
    figure,
    clip.wav,
    clip.audio.duration_s,
    image_name=download_name("figure", clip.name, "").removesuffix("."),
    key="explore_player",
)
if is_touch_device():
    st.caption("Tap to go to a place in the clip. The buttons plus and minus zoom.")
else:
    st.caption(
        "Click to go to a place in the clip, drag to zoom in, double-click for the whole clip. "
        "Space plays and pauses, the arrow keys move, plus and minus zoom."
    )

st.subheader("What am I looking at?", anchor=False)
show_explainers(panels)

st.subheader("Download", anchor=False)
st.write("The numbers of every frame, for a spreadsheet or for Python. The buttons under the figure save the figure.")
show_feature_downloads(clip, features)
explain_terms()
