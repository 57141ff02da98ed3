"""The message about a chosen clip that cannot be read."""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError, ZipAsAudioError
from ui.common import event_log
from ui.common.lost_clip import note_explained
from ui.common.messages import show_error
from ui.common.next_focus import move_focus

_N_REFUSED = "n_refused"


def refuse(error: SerError) -> None:
    """Show why a clip cannot be read, and what to do."""
    event_log.log_event("clip refused", error=type(error).__name__)
    st.session_state[_N_REFUSED] = st.session_state.get(_N_REFUSED, 0) + 1
    with st.container(key=_key()):
        show_error(error)
    note_explained(is_explained=True)
    if isinstance(error, ZipAsAudioError):
        st.page_link(
            "pages/batch.py", label="**Many files** reads all recordings of an archive", icon=":material/folder_zip:"
        )


def go_to_refusal() -> None:
    """Scroll to a new message. It is at the top of the page, and a phone shows the place where the clip was chosen."""
    move_focus(_key(), _key())


def _key() -> str:
    return f"refusal_{st.session_state.get(_N_REFUSED, 0)}"
