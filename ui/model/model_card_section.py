"""The section "Model card": the committed model card."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.model import store


def show(figures: dict[str, Any]) -> None:
    """Show the model card.

    Parameters
    ----------
    figures : dict
        Not used: the card is a text file. All sections take the same argument.
    """
    card = store.model_card()
    st.download_button(
        "Download the model card",
        card,
        file_name="MODEL_CARD.md",
        mime="text/markdown",
        icon=":material/download:",
        on_click="ignore",
    )
    # The container scrolls, so a wide table scrolls inside it and a narrow screen does not scroll sideways.
    # The headings are made smaller because the page has a title of its own.
    with st.container(height=720):
        st.markdown(card.replace("\n## ", "\n#### ").replace("# Model card", "### Model card", 1))
