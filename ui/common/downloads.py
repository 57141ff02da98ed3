"""The answer to take away, and the features."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote
from ser_core.features.extraction import Features
from ser_core.features.files import features_to_csv, features_to_npz
from ser_core.inference.recognizer import Prediction
from ser_core.inference.report import to_csv, to_json


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


def offer_feature_downloads(features: Features) -> None:
    """Show the download buttons for a clip's features; the files are made when they are asked for."""
    with st.container(horizontal=True):
        for kind, mime, make in (
            ("CSV", "text/csv", features_to_csv),
            ("NPZ", "application/octet-stream", features_to_npz),
        ):
            st.download_button(
                f"Features as {kind}",
                partial(make, features),
                file_name=f"features.{kind.lower()}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )
