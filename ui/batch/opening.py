"""Opening one recording of a batch on the first page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ser_core.audio.loading import to_wav_bytes
from ser_core.batch.judging import Row
from ser_core.batch.recordings import Entry, Recording
from ser_core.errors import SerError
from ui.batch.state import paths_with_sound
from ui.common import clip, voice_profile
from ui.common.file_names import shown_name
from ui.common.messages import show_error


def offer_opening(rows: Sequence[Row], entries: Sequence[Entry], chosen: Sequence[int]) -> None:
    """Open the row that was clicked; show a list of the rows for those who cannot click one.

    Parameters
    ----------
    rows : sequence of dict
        The rows that are shown.
    entries : sequence of Recording or Skipped
        The files of the batch; empty when they are gone.
    chosen : sequence of int
        Places of the rows that were clicked.
    """
    if not entries:
        st.caption("The files are gone, because another page was open. To open a recording, choose the files again.")
        return
    path = st.selectbox(
        "Open a recording on Recognise (or click its row)",
        paths_with_sound(rows),
        index=None,
        placeholder="Choose a recording",
        key="batch_open",
    )
    if chosen:
        path = rows[chosen[0]]["path"]
    recording = next((entry for entry in entries if isinstance(entry, Recording) and entry.path == path), None)
    if recording is not None:
        _open(recording)


def _open(recording: Recording) -> None:
    try:
        audio = recording.load()
    except SerError as error:
        show_error(error)
        return
    # A file of a batch is not the visitor's own voice, so it is not compared with earlier recordings of the visit.
    voice_profile.forget()
    opened = clip.Clip("Your file", audio, to_wav_bytes(audio.samples), file_name=shown_name(recording.path))
    clip.choose(opened)
    st.switch_page("pages/recognise.py")
