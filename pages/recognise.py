"""Recognise: record, upload or choose a clip, and see which emotion it sounds like."""

import streamlit as st

from ui.common import clip, engine
from ui.common.classroom import explain_no_answer, may_judge
from ui.common.intake import ask_for_clip, choose_clip
from ui.shell import warming
from ui.shell.navigation import open_page

PANEL_TEXTS = {
    "waveform": "how far the air moves; tall is loud.",
    "mel": "which frequencies sound when; bright is loud. The network reads a picture much like this one.",
    "mfcc": "the shape of the spectrum in 20 numbers; red is above this clip's average, blue below.",
}

open_page(
    "How does it sound?",
    "Say something, or choose a recording, and see which emotion the voice sounds like, and why.",
)

choose_clip()
current_clip = clip.current()
if current_clip is None:
    ask_for_clip()
    warming.begin()
    st.stop()

# Imported here: these take a second to import, and the page without a clip does not need them.
import ui.common.import_first  # noqa: E402, F401 -- see its docstring
from ui.common import charts  # noqa: E402
from ui.common.defects import show_defects  # noqa: E402
from ui.common.panels import BY_KEY  # noqa: E402
from ui.recognise.answer import show_answer  # noqa: E402
from ui.recognise.charts import panel_figure  # noqa: E402

st.divider()
st.markdown(f"{current_clip.heading} · {current_clip.audio.duration_s:.1f} s")
st.audio(current_clip.wav, alt="The chosen clip")
if current_clip.note:
    st.caption(f"{current_clip.note}. {current_clip.credit}")

notes = show_defects(current_clip)
if may_judge(current_clip):
    show_answer(current_clip, notes)
else:
    explain_no_answer()

st.subheader("What the voice looks like", anchor=False)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(current_clip.audio, with_pitch=False)
for key, text in PANEL_TEXTS.items():
    panel = BY_KEY[key]
    st.markdown(f"**{panel.title}**: {text}")
    st.plotly_chart(panel_figure(panel, current_clip.audio, features), config=charts.CONFIG, key=key, alt=panel.title)
st.page_link(
    "pages/explore.py",
    label="**See and hear it in detail**: play it, zoom in, read explanations",
    icon=":material/stacked_line_chart:",
)
