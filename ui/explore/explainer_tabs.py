"""The explanations of the features that are shown, one tab per feature."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ui.common.panels import Panel
from ui.explore.explainers import BY_PANEL, REVIEWS


def show_explainers(panels: Sequence[Panel]) -> None:
    """Explain features in plain words; the formulas are folded.

    Parameters
    ----------
    panels : sequence of Panel
        The panels that are shown.
    """
    reviews = " and ".join(f"[{name}]({url})" for name, url in REVIEWS)
    for tab, panel in zip(st.tabs([panel.title for panel in panels]), panels, strict=True):
        explainer = BY_PANEL[panel.key]
        with tab:
            st.markdown(with_linked_terms(f"**What it is.** {explainer.what}"))
            st.markdown(with_linked_terms(f"**What to look for.** {explainer.look_for}"))
            st.markdown(with_linked_terms(f"**With emotion.** {explainer.with_emotion}"))
            with st.expander("Show me the maths", icon=":material/function:"):
                st.latex(explainer.equation)
                st.markdown(with_linked_terms(explainer.in_words))
                st.markdown(f"Source: [{explainer.paper}]({explainer.paper_url})")
    st.caption(f"How features change with emotion: what {reviews} found in many studies. Tendencies, not rules.")
