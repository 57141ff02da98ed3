"""The first screen: eight voices to tap, a microphone, a field for a file, and all samples."""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError
from ui.common import intake
from ui.common.messages import show_error
from ui.recognise.voices_stage import show_voices


def show_first_screen() -> None:
    """Show all ways to choose the first clip; the shortest one, a tap on a voice, comes first."""
    try:
        with st.container(key="big_voices"):
            show_voices(is_compact=False)
    except SerError as error:
        # Without samples, the microphone and the upload still work.
        show_error(error)
    own, file = st.columns(2, gap="medium")
    with own, st.container(key="big_microphone"):
        intake.show_microphone()
    with file, st.container(key="big_upload"):
        intake.show_upload()
    intake.show_privacy()
    with st.expander("More samples", icon=":material/library_music:"):
        intake.show_samples()
