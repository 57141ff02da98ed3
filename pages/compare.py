"""Compare: two clips next to each other, their differences, and their place among real voices."""

from functools import partial

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.lessons.lesson import with_linked_terms
from ui.common import charts, engine, pairs
from ui.common.ab_player import Track, ab_player
from ui.common.classroom import explain_no_answer, may_judge
from ui.common.defects import show_defects
from ui.common.messages import handle_user_errors
from ui.common.term_tips import explain_terms
from ui.common.verdict import headline
from ui.compare import standing
from ui.compare.pairing import choose_first, choose_second, describe_pair, name_differences
from ui.shell.navigation import open_page

open_page("Compare", "Two clips side by side: why does one sound different from the other?")

HEADINGS = ("clip 1", "clip 2")
columns = st.columns(2)
with columns[0]:
    st.markdown("**Clip 1**")
    first = choose_first()
with columns[1]:
    st.markdown("**Clip 2**")
    second = choose_second(first)

clips = first, second
with st.spinner("Listening ..."), handle_user_errors():
    predictions = [engine.judge(clip) if may_judge(clip) else None for clip in clips]
answers = []
for column, clip, prediction in zip(columns, clips, predictions, strict=True):
    with column:
        answer_place = st.empty()
        notes = show_defects(clip)
        answer_place.markdown(headline(prediction, notes) if prediction else "No answer in classroom mode.")
        if prediction and not any(note.serious for note in notes):
            answers.append(prediction)
ARE_JUDGED = len(answers) == len(clips)
if not all(map(may_judge, clips)):
    explain_no_answer()
tracks = [
    Track(f"{heading.capitalize()}: {clip.intended}" if clip.intended else heading.capitalize(), clip.audio)
    for heading, clip in zip(HEADINGS, clips, strict=True)
]
ab_player(tracks, key="compare_player")
with st.spinner("Measuring ..."):
    cues = engine.cues(first.audio), engine.cues(second.audio)
    sides = [
        pairs.Side(heading.capitalize(), clip.audio, engine.features(clip.audio))
        for heading, clip in zip(HEADINGS, clips, strict=True)
    ]
if sentence := name_differences(*cues):
    st.write(sentence)
st.caption(f"{describe_pair(first, second)} The switch goes to the same place in the other clip.")

st.subheader("What differs", anchor=False)
if ARE_JUDGED:
    with handle_user_errors():
        corpus, sex = standing.choose_voices(first, second)
    pairs.show_differences(HEADINGS, cues, partial(standing.most_like, corpus=corpus, sex=sex))
    st.caption("*Like angry* means: the value is in the middle half of the values of the angry clips of these voices.")
else:
    pairs.show_differences(HEADINGS, cues)
st.caption(
    with_linked_terms(
        "The difference is what clip 2 has more or less than clip 1. Loudness depends on the microphone, so compare it "
        "only within one [[corpus]]."
    )
)

st.subheader("Side by side", anchor=False)
st.plotly_chart(
    pairs.feature_figure(*sides),
    config=pairs.ZOOM_CONFIG,
    key="compare_features",
    alt="Waveform, mel spectrogram, pitch and level of both clips",
)

if ARE_JUDGED:
    st.subheader("Among real voices", anchor=False)
    standing.show_cue(standing.choose_cue(), cues, corpus, sex)

    st.subheader("The network's answers", anchor=False)
    st.plotly_chart(
        pairs.probability_bars(HEADINGS, answers),
        config=charts.CONFIG,
        key="compare_bars",
        alt="Probability of each emotion for both clips",
    )
explain_terms()
