"""Compare: two clips side by side, what one has more than the other, and where both stand among real voices."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ser_core.features.cues import WORDS
from ui.common import charts, engine, pairs, standing
from ui.common.messages import handle_user_errors, show_note
from ui.common.verdict import headline
from ui.compare.pairing import choose_first, choose_second, is_same_sentence, sample_of
from ui.shell.navigation import open_page

open_page("Compare", "Two clips side by side: what makes the one sound different from the other?")

HEADINGS = ("clip 1", "clip 2")
columns = st.columns(2)
with columns[0]:
    st.markdown("**Clip 1**")
    first_clip = choose_first()
with columns[1]:
    st.markdown("**Clip 2**")
    second_clip = choose_second(first_clip)
clips = first_clip, second_clip

with st.spinner("Listening ..."), handle_user_errors():
    predictions = tuple(engine.predict(each.audio) for each in clips)
for column, each, prediction in zip(columns, clips, predictions, strict=True):
    with column:
        st.audio(each.wav, alt=each.title)
        st.markdown(headline(prediction))
        for note in engine.quality(each.audio):
            show_note(note)
if is_same_sentence(*clips):
    st.caption("The same speaker says the same sentence, so what differs is how it is said.")

with st.spinner("Measuring ..."):
    cues = tuple(engine.cues(each.audio) for each in clips)
    first, second = (
        pairs.Side(heading.capitalize(), each.audio, engine.features(each.audio))
        for heading, each in zip(HEADINGS, clips, strict=True)
    )

st.subheader("What differs", anchor=False)
sexes = {sample.sex for sample in map(sample_of, clips) if sample is not None}
corpus, sex = standing.choose_corpus(sexes.pop() if len(sexes) == 1 else "unknown")
pairs.show_differences(HEADINGS, cues, lambda cue, value: standing.most_like(cue, value, corpus, sex))
st.caption(
    "The difference is what clip 2 has more or less than clip 1. *Like angry* means: in the middle half of the angry "
    "clips of these voices. Loudness depends on the microphone, so it tells apart clips of one corpus alone."
)

st.subheader("Side by side", anchor=False)
st.plotly_chart(
    pairs.features(first, second),
    config=pairs.ZOOM_CONFIG,
    key="compare_features",
    alt="Waveform, mel spectrogram, pitch and level of both clips",
)

st.subheader("Among real voices", anchor=False)
cue = st.selectbox("Which cue?", list(WORDS), format_func=lambda name: WORDS[name].name, key="compare_cue")
standing.show_cue(cue, cues, corpus, sex)
st.caption("The thin line holds nine clips of ten, the thick one the middle half, the dot is the median.")

st.subheader("What the network makes of them", anchor=False)
st.plotly_chart(
    pairs.probabilities(HEADINGS, predictions),
    config=charts.CONFIG,
    key="compare_bars",
    alt="Probability of each emotion for both clips",
)
