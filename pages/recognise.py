"""Recognise: record, upload or pick a clip, and see which emotion it sounds like, and what the network saw."""

import streamlit as st

from ui.common import clip, engine
from ui.common.intake import choose_clip
from ui.common.messages import handle_user_errors, show_note
from ui.shell import warming
from ui.shell.navigation import open_page

SHORTLY = {
    "waveform": "how far the air moves; tall is loud.",
    "mel": "which frequencies sound when; bright is loud. This is what the network looks at.",
    "mfcc": "the spectrum's shape in 20 numbers; red is above this clip's average, blue below.",
}

open_page(
    "How does it sound?",
    "Say something, or bring a recording, and see which emotion the voice sounds like, and why.",
)

choose_clip()
chosen = clip.current()
if chosen is None:
    st.info("No clip yet: record one, upload one, or start with a sample.", icon=":material/arrow_upward:")
    warming.begin()
    st.stop()

# Only now: what draws an answer takes a second to import, and the page above is painted without it.
import ui.common.loaded  # noqa: E402, F401 -- before the others, see there
from ui.common import charts  # noqa: E402
from ui.common.downloads import offer_downloads  # noqa: E402
from ui.common.honesty import show_limits  # noqa: E402
from ui.common.panels import BY_KEY  # noqa: E402
from ui.common.verdict import show_verdict  # noqa: E402

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

answer, worth = st.columns([3, 2], gap="large")
with answer:
    is_shown = show_verdict(chosen, prediction, notes)
    if is_shown:
        st.plotly_chart(
            charts.probabilities(prediction), config=charts.CONFIG, key="bars", alt="Probability of each emotion"
        )
        st.page_link("pages/why.py", label="**Why?** What the network listened to", icon=":material/lightbulb:")
        offer_downloads(chosen.audio, prediction, notes)
with worth:
    show_limits()

if is_shown and prediction.timeline is not None and len(prediction.timeline.start_s) > 1:
    st.subheader("How it moves through the clip", anchor=False)
    st.write("Each point is what the three seconds around it sound like; gaps are pauses.")
    st.plotly_chart(
        charts.timeline(prediction.timeline),
        config=charts.CONFIG,
        key="timeline",
        alt="Probability of each emotion over time",
    )

st.subheader("What the voice looks like", anchor=False)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(chosen.audio)
for key, words in SHORTLY.items():
    panel = BY_KEY[key]
    st.markdown(f"**{panel.title}**: {words}")
    chart = charts.drawing(panel, chosen.audio, features)
    st.plotly_chart(chart, config=charts.CONFIG, key=key, alt=panel.title)
st.page_link(
    "pages/explore.py",
    label="**See and hear it in detail**: play it, zoom in, have it explained",
    icon=":material/stacked_line_chart:",
)
