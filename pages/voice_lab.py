"""Voice lab: change a voice with sliders, hear it, and see the features and the network's answer move."""

import streamlit as st

import ui.common.loaded  # noqa: F401 -- before the others, see there
from ser_core.audio.loading import to_wav_bytes
from ser_core.errors import AudioError
from ser_core.voice import MAX_DURATION_S
from ui.common import charts, engine, pairs
from ui.common.intake import require_clip
from ui.common.messages import handle_user_errors, show_error, show_note
from ui.common.verdict import headline
from ui.shell.navigation import open_page
from ui.voice_lab.controls import ask_for_change

open_page(
    "Voice lab", "Make a voice higher, livelier, faster or hoarser: hear it, and see what the network makes of it."
)

chosen = require_clip()
st.info(
    "**This is a what-if, not the same person in another mood.** Changing a voice leaves traces in it, which you may "
    "hear and which may move the network too. Real feelings change more: breath, pauses, the shape of the mouth. "
    "**The network is deaf to loudness by design**: that slider alone changes the sound, not the answer.",
    icon=":material/science:",
)
if chosen.audio.duration_s > MAX_DURATION_S:
    st.caption(f"The clip is long: only its first {MAX_DURATION_S:.0f} seconds are used here.")
for note in engine.quality(chosen.audio):
    show_note(note)

HEADINGS = ("before", "after")


@st.fragment
def lab() -> None:
    """Show the sliders and what comes of them; moving one runs this alone."""
    controls, outcome = st.columns([2, 3], gap="large")
    with controls:
        change = ask_for_change()
    try:
        changed = engine.changed_voice(chosen.audio, change)
    except AudioError as error:
        show_error(error)
        return
    with handle_user_errors():
        predictions = engine.predict(changed.before), engine.predict(changed.audio)
    with outcome:
        for heading, audio, prediction in zip(HEADINGS, (changed.before, changed.audio), predictions, strict=True):
            st.markdown(f"**{heading.capitalize()}** · {audio.duration_s:.1f} s · {headline(prediction)}")
            st.audio(to_wav_bytes(audio.samples), alt=f"The clip {heading} the change")
        if changed.held_back_db > 0.1:
            st.caption(f"{changed.held_back_db:.0f} dB less than asked for: any louder, and it would crackle.")
        st.plotly_chart(
            pairs.probabilities(HEADINGS, predictions),
            config=charts.CONFIG,
            key="lab_bars",
            alt="Probability of each emotion before and after",
        )
    features = engine.features(changed.before), engine.features(changed.audio)
    st.subheader("What has changed in the sound", anchor=False)
    pairs.show_differences(HEADINGS, (engine.cues(changed.before), engine.cues(changed.audio)))
    before, after = (
        pairs.Side(heading.capitalize(), audio, found)
        for heading, audio, found in zip(HEADINGS, (changed.before, changed.audio), features, strict=True)
    )
    st.plotly_chart(
        pairs.features(before, after),
        config=pairs.ZOOM_CONFIG,
        key="lab_features",
        alt="Waveform, mel spectrogram, pitch and level before and after",
    )


lab()
