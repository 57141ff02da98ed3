"""The network's prediction in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from ser_core.audio.quality import QualityNote
from ser_core.emotions import BY_LABEL
from ser_core.inference.recognizer import Prediction
from ser_core.inference.verdict import reach_verdict
from ui.common.clip import Clip
from ui.common.words import percent

# By the reason of a verdict.
NOT_JUDGED = {
    "silent": "Not judged: the recording is silent",
    "too_short": "Not judged: the recording is too short",
    "not_speech": "Not judged: this does not sound like speech",
}


def headline(prediction: Prediction, notes: Iterable[QualityNote] = ()) -> str:
    """Return the verdict in one line of Markdown: what the clip sounds like, never what a person feels.

    Parameters
    ----------
    prediction : Prediction
        The network's prediction for a clip.
    notes : iterable of QualityNote
        The defects of the recording: a serious one means that no emotion is named.

    Returns
    -------
    str
    """
    verdict = reach_verdict(prediction, notes)
    if verdict.reason is not None:
        return NOT_JUDGED[verdict.reason]
    if verdict.least_like is not None:
        least_like = BY_LABEL[verdict.least_like]
        return f"Hard to tell. It sounds least {least_like.adjective}"
    emotions = [f"{BY_LABEL[label].adjective}" for label in verdict.emotions]
    if verdict.kind == "leaning":
        return f"Sounds like one of these: {', '.join(emotions[:-1])} or {emotions[-1]}"
    return f"Sounds like what listeners call {emotions[0]}"


def intention_words(clip: Clip, named: Sequence[str]) -> str:
    """Return what a sample was meant to sound like, and whether the answer fits; empty if it is not known.

    Parameters
    ----------
    clip : Clip
        The clip.
    named : sequence of str
        The emotions that the answer names.

    Returns
    -------
    str
        Plain text.
    """
    if clip.intended is None:
        return ""
    adjective = BY_LABEL[clip.intended].adjective
    fit = ": it fits" if tuple(named) == (clip.intended,) else ""
    if not clip.is_computer_voice:
        return f"The speaker was asked to sound {adjective}{fit}."
    excuse = "" if fit else " The network learned from people and is often wrong about computer voices."
    return f"A computer voice, made to sound {adjective}{fit}.{excuse}"


def show_verdict(clip: Clip, prediction: Prediction, notes: tuple[QualityNote, ...]) -> bool:
    """Show the headline of a prediction; for a recording with a serious defect only if the visitor asks for it.

    Parameters
    ----------
    clip : Clip
        The clip.
    prediction : Prediction
        The network's prediction for it.
    notes : tuple of QualityNote
        The defects of the recording.

    Returns
    -------
    bool
        Whether the prediction is shown.
    """
    is_judged = reach_verdict(prediction, notes).kind != "not_judged"
    if not is_judged and not st.toggle("Show the network's guess anyway", key=f"anyway_{clip.audio.sha256}"):
        return False
    st.subheader(headline(prediction), anchor=False)
    sentences = [f"The highest probability is {percent(max(prediction.probabilities.values()))}."]
    if prediction.unsure:
        sentences.append("With so low a probability, a single emotion would be wrong too often.")
    sentences.append(intention_words(clip, reach_verdict(prediction).emotions))
    st.write(" ".join(filter(None, sentences)))
    return True
