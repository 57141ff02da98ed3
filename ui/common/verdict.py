"""What the network made of a clip, in plain words."""

from __future__ import annotations

import streamlit as st

from ser_core.audio.quality import QualityNote
from ser_core.emotions import BY_LABEL
from ser_core.inference.recognizer import Prediction
from ui.common.clip import Clip
from ui.common.words import percent


def headline(prediction: Prediction) -> str:
    """Return the answer in one line of Markdown: what the clip sounds like, never what somebody is."""
    ranked = sorted(prediction.probabilities, key=prediction.probabilities.__getitem__, reverse=True)
    first, second = (BY_LABEL[label] for label in ranked[:2])
    if prediction.unsure:
        return f"Not sure: between {first.adjective} {first.icon} and {second.adjective} {second.icon}"
    return f"Sounds like what listeners call {first.adjective} {first.icon}"


def show_verdict(clip: Clip, prediction: Prediction, notes: tuple[QualityNote, ...]) -> bool:
    """Show the headline, or, where the recording is unfit, why there is none.

    Returns
    -------
    bool
        Whether the answer is to be seen.
    """
    serious = any(note.serious for note in notes)
    if serious and not st.toggle("Show the network's guess anyway", key=f"anyway_{clip.audio.sha256}"):
        return False
    st.subheader(headline(prediction), anchor=False)
    share = max(prediction.probabilities.values())
    says = f"The network gives it {percent(share)}."
    if prediction.unsure:
        says += " With so little, it is wrong too often to call it an answer."
    if clip.intended == prediction.emotion:
        says += " That is what was intended."
    elif clip.intended is not None:
        says += f" It was meant to sound **{BY_LABEL[clip.intended].adjective}**."
    st.write(says)
    return True
