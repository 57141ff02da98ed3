"""The explainers of the features on show, one a tab."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.common.panels import Panel
from ui.explore.explainers import BY_PANEL, REVIEWS


def show_explainers(panels: Sequence[Panel]) -> None:
    """Explain features in plain words, the maths folded away.

    Parameters
    ----------
    panels : sequence of Panel
        What is on show.
    """
    reviews = " and ".join(f"[{name}]({url})" for name, url in REVIEWS)
    for tab, panel in zip(st.tabs([panel.title for panel in panels]), panels, strict=True):
        explainer = BY_PANEL[panel.key]
        with tab:
            st.markdown(f"**What it is.** {explainer.what}")
            st.markdown(f"**What to look for.** {explainer.look_for}")
            st.markdown(f"**With feeling.** {explainer.with_emotion}")
            with st.expander("Show me the maths", icon=":material/function:"):
                st.latex(explainer.equation)
                st.markdown(explainer.in_words)
                st.markdown(f"Source: [{explainer.paper}]({explainer.paper_url})")
    st.caption(f"How features move with emotion: tendencies found by {reviews} in many studies, not rules.")
