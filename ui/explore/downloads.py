"""Download buttons for a clip's features."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.features.extraction import Features
from ser_core.features.files import features_to_csv, features_to_npz


def show_feature_downloads(features: Features) -> None:
    """Show the download buttons for a clip's features; a file is made when its button is pressed.

    Parameters
    ----------
    features : Features
        The features of the clip.
    """
    with st.container(horizontal=True):
        for file_format, mime, serialise in (
            ("CSV", "text/csv", features_to_csv),
            ("NPZ", "application/octet-stream", features_to_npz),
        ):
            st.download_button(
                f"Features as {file_format}",
                partial(serialise, features),
                file_name=f"features.{file_format.lower()}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )
