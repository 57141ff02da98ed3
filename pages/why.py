"""Why?: which moments, which frequencies and which habits of the voice the answer rests on."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ser_core.audio.loading import to_wav_bytes
from ser_core.features.unusual import compare_with_neutral
from ser_core.inference.explain import LONGEST_PART_S, cut_out
from ui.common import charts, engine, standing
from ui.common.intake import require_clip
from ui.common.messages import handle_user_errors, show_note
from ui.common.verdict import show_verdict
from ui.shell.navigation import open_page
from ui.why import chart, words

open_page(
    "Why?", "What in the sound made the network answer as it did: when, at which frequencies, and how the voice is."
)

chosen = require_clip()
notes = engine.quality(chosen.audio)
for note in notes:
    show_note(note)
with st.spinner("Listening ..."), handle_user_errors():
    prediction = engine.predict(chosen.audio)
if not show_verdict(chosen, prediction, notes):
    st.stop()

with st.spinner("Hiding one part after another, and asking again ..."), handle_user_errors():
    explanation = engine.explanation(chosen.audio)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(chosen.audio)
judged = compare_with_neutral(engine.cues(chosen.audio), standing.reference())
st.info(words.sentence(explanation, judged), icon=":material/lightbulb:")
if not explanation.is_whole:
    start_s, end_s = explanation.part_s
    st.caption(
        f"The clip is long, so only its most telling {LONGEST_PART_S:.0f} seconds were looked at: "
        f"{start_s:.0f} to {end_s:.0f} s."
    )

whole, part = st.columns(2)
with whole:
    st.markdown("**The whole clip**")
    st.audio(chosen.wav, alt="The whole clip")
with part:
    st.markdown("**Just the part that mattered**")
    if explanation.moments_s:
        st.audio(to_wav_bytes(cut_out(chosen.audio.samples, explanation.moments_s)), alt="The part that mattered")
    else:
        st.write("No moment stands out.")

st.subheader("When, and at which frequencies", anchor=False)
st.write(
    "Above the picture: how much each moment speaks for the answer. Beside it: how much each band of frequencies does. "
    "Grey speaks against it; white frames mark the moments that you can listen to above."
)
st.plotly_chart(
    chart.importance(explanation, features),
    config=charts.CONFIG,
    key="importance",
    alt="Mel spectrogram with how much each moment and each band of frequencies mattered",
)
st.markdown(words.without(explanation))

st.subheader("What is unusual for neutral speech", anchor=False)
st.markdown(words.cue_table(judged))
st.caption(
    "Eight in ten neutral clips of real actors lie in the range of neutral speech. The network is not told these, "
    "and may listen to others. Loudness is left out: the microphone decides it."
)

with st.expander("How this is found, and what it does not say"):
    st.markdown(
        "One part of the picture after another is painted over with the clip's average level, and the network is asked "
        "again: the more its answer suffers, the more that part mattered (*occlusion*, Zeiler and Fergus 2014).\n"
        "- Parts can matter together: hiding one of two angry words may change little while the other is heard.\n"
        "- It explains the network, not the speaker, and a wrong answer has its reasons too.\n"
        "- A painted-over sound is one that nobody makes, and the network may stumble over that alone. That is why the "
        "method was tested: hiding what it puts first hurts the answer far more than hiding as much elsewhere."
    )
