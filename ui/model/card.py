"""The model card, as it is committed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.model import store


def show(figures: dict[str, Any]) -> None:
    """Show the model card."""
    card = store.model_card()
    st.download_button(
        "Download the model card",
        card,
        file_name="MODEL_CARD.md",
        mime="text/markdown",
        icon=":material/download:",
        on_click="ignore",
    )
    # Of its own height, so that a narrow screen can move its wide tables and not the page. Headings one size smaller,
    # since the page has its own.
    with st.container(height=720):
        st.markdown(card.replace("\n## ", "\n#### ").replace("# Model card", "### Model card", 1))
