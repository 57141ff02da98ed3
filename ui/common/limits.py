"""How far a prediction can be trusted, shown next to it. The figures come from the committed measurements."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.common.metrics_store import OURS, figures, listeners_agreement


def show_limits() -> None:
    """Show how often the network is right on speakers that were not in its training, and what it must not be used for.

    Raises
    ------
    SerError
        If the committed figures or tables are missing.
    """
    ours = figures()[OURS]
    corpora = ours["speaker_independent"]["corpora"]
    with st.container(border=True):
        st.markdown("**How far can you trust this?**")
        st.markdown(
            f"- For **actors it had never heard**, the network names the intended emotion in "
            f"**{corpora['RAVDESS']['accuracy']:.0%}** of RAVDESS clips (eight emotions; guessing gives 12%) and in "
            f"**{corpora['CREMA-D']['accuracy']:.0%}** of CREMA-D clips (six emotions, reconstructed recordings). "
            f"People who only hear CREMA-D's clips name the intended emotion {listeners_agreement():.0%} of the time. "
            "This comparison is not fair to them: the network was trained to name the intended emotion, and people "
            "said what they heard.\n"
            f"- {_how_often_sure(ours)}\n"
            "- The recorded samples come from the collections that it learned from, so it does better on them than on "
            "your voice.\n"
            "- It learned from **acted** speech. Everyday feelings are weaker and more mixed.\n"
            "- It hears *how* something is said, not what is meant, and never what a person feels.\n"
            "- It must not be used to judge people, above all not at work or in education: the EU's AI Act "
            "(article 5(1)(f)) forbids inferring emotions there."
        )


def _how_often_sure(ours: dict[str, Any]) -> str:
    """Return how often the network names a single emotion of a stranger, and how often it is right then."""
    strangers = ours["strangers"]["mean"]["no profile"]
    if strangers["right_when_sure"] is None:
        return "For voices and rooms that it has never met, it is never sure enough to name a single emotion."
    return (
        f"For voices and rooms that it has never met, it names a single emotion for {strangers['sure']:.0%} of the "
        f"clips, and is right in {strangers['right_when_sure']:.0%} of these."
    )
