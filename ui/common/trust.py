"""How far a prediction can be trusted, shown next to it. The figures come from the committed measurements."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.common import network_choice
from ui.common.clip import Clip
from ui.common.metrics_store import figures, listeners_agreement


def trust_line(clip: Clip) -> str:
    """Return the figure of the chosen network that is nearest to a clip, in one sentence.

    Parameters
    ----------
    clip : Clip
        The clip that an answer is shown for.

    Raises
    ------
    SerError
        If the committed figures are missing.
    """
    network_figures = figures()[network_choice.chosen()]
    if clip.sample_id is None:
        if "without_corpus" not in network_figures:
            return "This voice and this room are new to the network. How often it is right then was not measured."
        accuracies = [
            entry["accuracy"] for corpus, entry in network_figures["without_corpus"].items() if "song" not in corpus
        ]
        return (
            "This voice and this room are new to the network. On collections of recordings (corpora) that it was not "
            f"trained on, {min(accuracies):.0%} to {max(accuracies):.0%} of its answers were right."
        )
    # The credit of a recording begins with the name of its corpus.
    corpus = clip.credit.partition(" (")[0]
    recognition = network_figures["speaker_independent"]["corpora"].get(corpus)
    if recognition is None:
        return "How often the network is right about this kind of voice was not measured."
    return f"On {corpus} actors who were not in its training, {recognition['accuracy']:.0%} of its answers were right."


def show_trust_details() -> None:
    """Show how often the chosen network is right on new speakers, and what it must not be used for.

    Raises
    ------
    SerError
        If the committed figures or tables are missing.
    """
    network_figures = figures()[network_choice.chosen()]
    corpora = network_figures["speaker_independent"]["corpora"]
    st.markdown(
        '- "Sounds angry" means: listeners would call the voice angry. It is about the voice.\n'
        f"- For **actors who were not in its training**, the network names the intended emotion in "
        f"**{corpora['RAVDESS']['accuracy']:.0%}** of RAVDESS clips (eight emotions; guessing gives 12%) and in "
        f"**{corpora['CREMA-D']['accuracy']:.0%}** of CREMA-D clips (six emotions, reconstructed recordings). "
        f"People who only hear CREMA-D's clips name the intended emotion {listeners_agreement():.0%} of the time. "
        "This comparison is not fair to them: the network was trained to name the intended emotion, and people "
        "chose what they heard.\n"
        f"- {_how_often_sure(network_figures)}\n"
        "- The recorded samples come from the corpora that it was trained on, so more of its answers to them are "
        "right than of those to your voice.\n"
        "- It was trained on **acted** speech. Everyday feelings are weaker and more mixed.\n"
        "- It measures *how* something is said, not what is meant, and never what a person feels.\n"
        "- It must not be used to judge people, above all not at work or in education: the EU's AI Act "
        "(article 5(1)(f)) forbids inferring emotions there."
    )


def _how_often_sure(network_figures: dict[str, Any]) -> str:
    """Return how often the network names a single emotion of a stranger, and how often it is right then."""
    if "strangers" not in network_figures:
        return "For voices and rooms that are new to it, it was not measured how often it is right."
    strangers = network_figures["strangers"]["mean"]["no profile"]
    if strangers["right_when_sure"] is None:
        return "For voices and rooms that are new to it, it is never sure enough to name a single emotion."
    return (
        f"For voices and rooms that are new to it, it names a single emotion for {strangers['sure']:.0%} of the clips, "
        f"and is right in {strangers['right_when_sure']:.0%} of these."
    )
