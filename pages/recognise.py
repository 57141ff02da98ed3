"""Recognise: record, upload or choose a clip, and see which emotion it sounds like."""

import streamlit as st

from ui.common import clip, engine
from ui.common.intake import ask_for_clip, choose_clip
from ui.common.messages import handle_user_errors, show_note
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
chosen = clip.current()
if chosen is None:
    ask_for_clip()
    warming.begin()
    st.stop()

# Imported here: these take a second to import, and the page without a clip does not need them.
import ui.common.import_first  # noqa: E402, F401 -- see its docstring
from ui.common import charts  # noqa: E402
from ui.common.limits import show_limits  # noqa: E402
from ui.common.panels import BY_KEY  # noqa: E402
from ui.common.verdict import show_verdict  # noqa: E402
from ui.recognise.charts import panel_figure, probability_bars  # noqa: E402
from ui.recognise.downloads import show_downloads  # noqa: E402

st.divider()
st.markdown(f"**{chosen.title}** · {chosen.audio.duration_s:.1f} s")
st.audio(chosen.wav, alt="The chosen clip")
if chosen.note:
    st.caption(f"{chosen.note}. {chosen.credit}")

notes = engine.quality(chosen.audio)
for note in notes:
    show_note(note)
with st.spinner("Listening ..."), handle_user_errors():
    prediction = engine.predict(chosen.audio)

left, right = st.columns([3, 2], gap="large")
with left:
    is_shown = show_verdict(chosen, prediction, notes)
    if is_shown:
        st.plotly_chart(
            probability_bars(prediction), config=charts.CONFIG, key="bars", alt="Probability of each emotion"
        )
        st.page_link("pages/why.py", label="**Why?** What the network listened to", icon=":material/lightbulb:")
        show_downloads(chosen.audio, prediction, notes)
with right:
    show_limits()

if is_shown and prediction.timeline is not None and len(prediction.timeline.start_s) > 1:
    st.subheader("How it changes through the clip", anchor=False)
    st.write("Each point shows what the three seconds around it sound like; gaps are pauses.")
    st.plotly_chart(
        charts.timeline_chart(prediction.timeline),
        config=charts.CONFIG,
        key="timeline",
        alt="Probability of each emotion over time",
    )

st.subheader("What the voice looks like", anchor=False)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(chosen.audio)
for key, text in PANEL_TEXTS.items():
    panel = BY_KEY[key]
    st.markdown(f"**{panel.title}**: {text}")
    st.plotly_chart(panel_figure(panel, chosen.audio, features), config=charts.CONFIG, key=key, alt=panel.title)
st.page_link(
    "pages/explore.py",
    label="**See and hear it in detail**: play it, zoom in, read explanations",
    icon=":material/stacked_line_chart:",
)
