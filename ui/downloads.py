"""The answer to take away."""

from __future__ import annotations

import streamlit as st

from ser_core.audio import Audio
from ser_core.quality import QualityNote
from ser_core.recognizer import Prediction
from ser_core.report import to_csv, to_json


def offer_downloads(audio: Audio, prediction: Prediction, notes: tuple[QualityNote, ...]) -> None:
    """Show the download buttons for a prediction."""
    with st.container(horizontal=True):
        for kind, mime, text in (
            ("CSV", "text/csv", to_csv(audio, prediction)),
            ("JSON", "application/json", to_json(audio, prediction, notes)),
        ):
            st.download_button(
                f"Download {kind}",
                text,
                file_name=f"emotion.{kind.lower()}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )
