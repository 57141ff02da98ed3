"""Download buttons for a prediction."""

from __future__ import annotations

import streamlit as st

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote
from ser_core.inference.recognizer import Prediction
from ser_core.inference.report import to_csv, to_json


def show_downloads(audio: Audio, prediction: Prediction, notes: tuple[QualityNote, ...]) -> None:
    """Show the download buttons for a prediction.

    Parameters
    ----------
    audio : Audio
        The clip.
    prediction : Prediction
        The network's answer to it.
    notes : tuple of QualityNote
        The defects of the recording.
    """
    with st.container(horizontal=True):
        for file_format, mime, text in (
            ("CSV", "text/csv", to_csv(audio, prediction)),
            ("JSON", "application/json", to_json(audio, prediction, notes)),
        ):
            st.download_button(
                f"Download {file_format}",
                text,
                file_name=f"emotion.{file_format.lower()}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )
