"""The voice profile of the visit: what an answer is compared with, and sentences to read for a better comparison."""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError
from ser_core.inference.recognizer import Prediction
from ui.common import engine, voice_profile
from ui.common.clip import Clip
from ui.common.messages import show_error

# Everyday sentences whose words express no emotion, so that only the voice matters.
_SENTENCES = (
    "The bus to the station leaves at ten past nine.",
    "I put the keys on the small table near the door.",
    "Tomorrow we will meet at the corner of the market.",
)

_ONLY_RECORDING = (
    "**Only one recording so far**: the network does not know how this voice usually sounds. Record another sentence, "
    "and the two are compared."
)
_ALONE = "Judged without other recordings of the speaker"


def show_this_voice(clip: Clip, prediction: Prediction) -> None:
    """Show how many recordings of this voice the clip is compared with, and sentences to read for a better comparison.

    Parameters
    ----------
    clip : Clip
        The visitor's own clip, or a file of Many files; nothing is shown for a sample.
    prediction : Prediction
        The network's prediction; nothing is shown for a network that takes no voice profile.
    """
    if clip.is_sample or prediction.voice is None:
        return
    if clip.is_from_batch:
        st.caption(f"{_comparison(prediction, 'the same speaker') or _ALONE}, as in the table of Many files.")
        return
    comparison = _comparison(prediction, "this voice")
    st.caption(f"{comparison}." if comparison else _ONLY_RECORDING)
    with st.expander("Getting to know this voice", icon=":material/record_voice_over:"):
        st.markdown(
            "A voice that is always high or loud can be taken for an excited one. With a few recordings, your voice is "
            "compared with itself. Read these sentences in your usual voice. No sound is kept, only averages of "
            "the network's values, until this visit ends."
        )
        for number, sentence in enumerate(_SENTENCES):
            recording = st.audio_input(f"“{sentence}”", key=f"sentence_{number}")
            if recording is not None:
                _remember(recording.getvalue())
        st.button(
            "Somebody else speaks now",
            help="The earlier recordings are forgotten.",
            icon=":material/person_off:",
            on_click=_forget_others,
            args=(clip,),
        )


def _forget_others(clip: Clip) -> None:
    voice_profile.forget(except_sha256=clip.audio.sha256)
    # The line that says what the clip is compared with is above the screen on a phone.
    st.toast("The earlier recordings are forgotten.", icon=":material/person_off:")


def _comparison(prediction: Prediction, whose: str) -> str:
    """Return what the clip was compared with; empty if it was compared with nothing."""
    if prediction.compared_with_itself:
        return "Compared with itself, because a long recording shows how the voice usually sounds"
    n_recordings = round(prediction.n_compared_clips)
    if not n_recordings:
        return ""
    return f"Compared with {n_recordings} other recording{'s' if n_recordings > 1 else ''} of {whose}"


def _remember(content: bytes) -> None:
    # Imported here: the page that asks for a clip needs no decoders.
    from ser_core.audio.loading import load_audio

    try:
        audio = load_audio(content)
        voice_profile.remember(audio.sha256, engine.predict(audio))
    except SerError as error:
        show_error(error)
