"""What the answer is worth, said where it is given; every figure is read from the committed measurements."""

from __future__ import annotations

import streamlit as st

from ui.model.store import OURS, figures

# The share of audio-only votes for the emotion that the actor was asked for, in CREMA-D's own table of votes
# (Cao et al. 2014, "CREMA-D: Crowd-sourced emotional multimodal actors dataset").
LISTENERS_AGREE = 0.40


def show_limits() -> None:
    """Show how often the network is right on voices it never heard, and what it must not be used for."""
    ours = figures()[OURS]
    found = ours["speaker_independent"]["corpora"]
    sure = ours["selective"]
    with st.container(border=True):
        st.markdown("**How far can you trust this?**")
        st.markdown(
            f"- On **actors it had never heard**, the network names the intended emotion in "
            f"**{found['RAVDESS']['accuracy']:.0%}** of RAVDESS clips (eight emotions; guessing gives 12%) and in "
            f"**{found['CREMA-D']['accuracy']:.0%}** of CREMA-D clips (six emotions, reconstructed recordings). "
            f"People who only hear CREMA-D's clips agree with the actor {LISTENERS_AGREE:.0%} of the time.\n"
            f'- It says "not sure" to {1 - sure["coverage"]:.0%} of clips of unheard voices; of its other answers '
            f"{sure['accuracy']:.0%} are right.\n"
            "- The recorded samples come from corpora that it learnt from, so its answers to them flatter it.\n"
            "- It learnt from **acted** speech. Everyday feelings are quieter and more mixed.\n"
            "- It hears *how* something is said, not what is meant, and never what somebody feels.\n"
            "- It must not be used to judge people, least of all at work or in education: the EU's AI Act "
            "(article 5(1)(f)) forbids inferring emotions there."
        )
