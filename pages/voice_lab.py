"""Voice lab: change a voice with sliders, listen to it, and see how the features and the network's answer change."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.audio.loading import to_wav_bytes
from ser_core.errors import AudioError
from ser_core.lessons.lesson import with_linked_terms
from ser_core.voice import MAX_DURATION_S, NEUTRAL, implausible_cues
from ui.common import charts, engine, pairs
from ui.common.ab_player import Track, ab_player
from ui.common.classroom import explain_no_answer, may_judge
from ui.common.defects import show_defects
from ui.common.file_names import download_name
from ui.common.intake import require_clip
from ui.common.messages import handle_user_errors, show_error
from ui.common.term_tips import explain_terms
from ui.common.verdict import headline
from ui.shell.navigation import open_page
from ui.voice_lab.controls import ask_for_change

open_page(
    "Voice lab",
    with_linked_terms(
        "Make a voice higher, livelier, faster or hoarser: listen to it, and see the [[network]]'s answer."
    ),
)

clip = require_clip()
st.caption("This is an experiment, not the same person in another mood: see the end of the page.")
if clip.audio.duration_s > MAX_DURATION_S:
    st.caption(f"The clip is long: only its first {MAX_DURATION_S:.0f} seconds are used here.")
IS_JUDGED = may_judge(clip) and not any(note.serious for note in show_defects(clip))
if not may_judge(clip):
    explain_no_answer()

HEADINGS = ("before", "after")


@st.fragment
def lab() -> None:
    """Show the sliders and the results; moving a slider runs only this fragment."""
    with st.container(key="lab_columns"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        change = ask_for_change()
    try:
        changed = engine.changed_voice(clip.audio, change)
    except AudioError as error:
        show_error(error)
        return
    audios = changed.before, changed.audio
    with right:
        predictions = []
        # On a phone, the style of this container keeps it visible while the sliders are moved.
        with st.container(key="lab_outcome", gap="small"):
            for heading, audio in zip(HEADINGS, audios, strict=True):
                line = [f"**{heading.capitalize()}**", f"{audio.duration_s:.1f} s"]
                if IS_JUDGED:
                    with handle_user_errors():
                        predictions.append(engine.predict(audio))
                    line.append(headline(predictions[-1], engine.quality(audio)))
                st.markdown(" · ".join(line))
            tracks = [Track(heading.capitalize(), audio) for heading, audio in zip(HEADINGS, audios, strict=True)]
            ab_player(tracks, key="lab_player", start=1)
        st.download_button(
            "Download the changed voice as WAV",
            to_wav_bytes(changed.audio.samples),
            file_name=download_name("changed-voice", clip.name, "wav"),
            mime="audio/wav",
            icon=":material/download:",
            on_click="ignore",
            key="lab_download",
        )
        if changed.held_back_db > 0.1:
            st.caption(f"{changed.held_back_db:.0f} dB less than you chose: a louder sound would be distorted.")
        if IS_JUDGED:
            st.plotly_chart(
                pairs.probability_bars(HEADINGS, predictions),
                config=charts.CONFIG,
                key="lab_bars",
                alt="Probability of each emotion before and after",
            )
    st.subheader("What has changed in the sound", anchor=False)
    cues_before, cues_after = (engine.cues(audio) for audio in audios)
    pairs.show_differences(HEADINGS, (cues_before, cues_after))
    if change != NEUTRAL:
        for sentence in implausible_cues(cues_after):
            meaning = " The network was not trained on such voices: do not rely on its answer." if IS_JUDGED else ""
            st.warning(f"{sentence}.{meaning}")
    before, after = (
        pairs.Side(heading.capitalize(), audio, engine.features(audio))
        for heading, audio in zip(HEADINGS, audios, strict=True)
    )
    st.plotly_chart(
        pairs.feature_figure(before, after),
        config=pairs.ZOOM_CONFIG,
        key="lab_features",
        alt="Waveform, mel spectrogram, pitch and level before and after",
    )


lab()
st.info(
    with_linked_terms(
        "**This is an experiment, not the same person in another mood.** Changing a voice leaves traces in the sound. "
        "You may hear them, and they may change the [[network]]'s answer too. Real feelings change more [[cue|cues]]: "
        "breath, pauses, the shape of the mouth. **Loudness has no effect on the network's answer**: that slider "
        "changes only the sound."
    ),
    icon=":material/science:",
)
explain_terms()
