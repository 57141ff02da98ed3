"""Download buttons for a clip's features."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.features.extraction import Features
from ser_core.features.files import features_to_csv, features_to_npz
from ui.common.clip import Clip
from ui.common.file_names import download_name


def show_feature_downloads(clip: Clip, features: Features) -> None:
    """Show the download buttons for a clip's features; a file is made when its button is pressed.

    Parameters
    ----------
    clip : Clip
        The clip.
    features : Features
        Its features.
    """
    with st.container(horizontal=True):
        for file_format, mime, serialise in (
            ("CSV", "text/csv", features_to_csv),
            ("NPZ", "application/octet-stream", features_to_npz),
        ):
            st.download_button(
                f"Features as {file_format}",
                partial(serialise, features),
                file_name=download_name("features", clip.name, file_format.lower()),
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"features_{file_format}",
            )
