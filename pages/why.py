"""Why?: the moments, frequencies and cues of the voice that the prediction depends on."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.audio.loading import to_wav_bytes
from ser_core.features.unusual import compare_with_neutral
from ser_core.inference.explain import LONGEST_PART_S, cut_out
from ser_core.lessons.lesson import with_linked_terms
from ui.common import charts, engine
from ui.common.classroom import explain_no_answer, is_classroom, may_judge
from ui.common.defects import show_defects
from ui.common.intake import require_clip
from ui.common.messages import handle_user_errors
from ui.common.reference_table import reference
from ui.common.term_tips import explain_terms
from ui.common.verdict import show_verdict
from ui.common.voices import choose_sex
from ui.shell.navigation import open_page
from ui.why import chart, words
from ui.why.part import choose_part

open_page(
    "Why?",
    with_linked_terms(
        "Which moments, which frequencies and which properties of the voice the [[network]]'s answer depends on."
    ),
)

# In classroom mode there is no answer for an own voice, so there is nothing to explain: only samples are offered.
clip = require_clip(only_samples=is_classroom())
if not may_judge(clip):
    explain_no_answer()
    st.page_link("pages/explore.py", label="**See the sound**", icon=":material/stacked_line_chart:")
    st.stop()
notes = show_defects(clip)
with st.spinner("Listening ..."), handle_user_errors():
    prediction = engine.judge(clip)
clip, prediction = choose_part(clip, prediction)
if not show_verdict(clip, prediction, notes):
    st.stop()

with st.spinner("Hiding one part after another, and predicting again ..."), handle_user_errors():
    explanation = engine.explanation(clip.audio, prediction)
with st.spinner("Drawing the spectrum ..."):
    features = engine.features(clip.audio)
# Filled below, after the choice of the voices that the clip is compared with.
with st.container(key="why_sentence"):
    sentence_place = st.empty()
if not explanation.is_whole:
    start_s, end_s = explanation.part_s
    st.caption(
        f"The clip is long, so only the {LONGEST_PART_S:.0f} seconds with the clearest answer were used: "
        f"{start_s:.0f} to {end_s:.0f} s."
    )

whole, part = st.columns(2)
with whole:
    st.markdown("**All of it**")
    st.audio(clip.wav, alt="All of it")
with part:
    st.markdown("**Only the part that mattered**")
    if explanation.moments_s:
        st.audio(to_wav_bytes(cut_out(clip.audio.samples, explanation.moments_s)), alt="The part that mattered")
    else:
        st.write("No moment mattered more than others.")

st.subheader("When, and at which frequencies", anchor=False)
st.write(
    with_linked_terms(
        "Above the picture, a [[mel spectrogram]]: how much each moment supports the answer. To the right: how much "
        "each band of [[frequency|frequencies]] does. Striped bars speak against the answer; white frames mark the "
        "moments that you can listen to above."
    )
)
st.plotly_chart(
    chart.importance_chart(explanation, features),
    config=charts.CONFIG,
    key="importance",
    alt="Mel spectrogram with how much each moment and each band of frequencies mattered",
)
st.markdown(words.effect_of_hiding(explanation))

st.subheader("What is unusual for neutral speech", anchor=False)
sex = choose_sex(clip)
with handle_user_errors():
    cues = compare_with_neutral(engine.cues(clip.audio), reference(), sex)
sentence_place.info(words.sentences(explanation, cues, sex), icon=":material/lightbulb:")
st.markdown(words.cue_table(cues, sex))
st.caption(
    "The range of neutral speech holds eight of ten neutral clips of real actors. These values are not an input of the "
    "network, so its answer may have other reasons. Loudness is not in the table: it depends on the microphone."
)

with st.expander("How this is computed, and what it does not show"):
    st.markdown(
        "One part of the picture after another is replaced by the clip's average level, and the answer is computed "
        "again. The more the probability of the answer falls, the more that part mattered (*occlusion*, Zeiler and "
        "Fergus 2014).\n"
        "- Parts can matter together: hiding one of two angry words may change little while the other is audible.\n"
        "- It explains the network's answer, also a wrong one. It does not explain how the speaker feels.\n"
        "- A clip with a hidden part does not sound like any voice, and that alone may change the answer. So the "
        "method was tested: when the part that it ranks first is hidden, the probability falls far more than when "
        "another part of the same size is hidden."
    )
explain_terms()
