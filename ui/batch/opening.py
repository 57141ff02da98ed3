"""Opening one recording of a batch on the first page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ser_core.audio.loading import to_wav_bytes
from ser_core.batch.recordings import Entry, Recording
from ser_core.errors import SerError
from ui.batch.state import Batch, shown_path
from ui.common import clip
from ui.common.file_names import shown_name
from ui.common.messages import show_error


def offer_opening(batch: Batch, entries: Sequence[Entry], shown: Sequence[int], clicked: Sequence[int]) -> None:
    """Open the row that was clicked; show a list of the rows for those who cannot click one.

    Parameters
    ----------
    batch : Batch
        The batch.
    entries : sequence of Recording or Skipped
        Its files, in the order of its rows; empty when they are gone.
    shown : sequence of int
        Places of the rows that are shown. Two files may have the same name, so a name does not identify a row.
    clicked : sequence of int
        Places, among the shown rows, of those that were clicked.
    """
    if not entries:
        st.caption("The files are gone, because another page was open. To open a recording, choose the files again.")
        return
    place = st.selectbox(
        "Open a recording on Recognise (or click its row)",
        [place for place in shown if "duration_s" in batch.rows[place]],
        index=None,
        format_func=lambda place: shown_path(batch.rows[place]),
        placeholder="Choose a recording",
        key="batch_open",
    )
    if clicked:
        place = shown[clicked[0]]
    if place is not None and isinstance(entries[place], Recording):
        _open(batch, entries, place)


def _open(batch: Batch, entries: Sequence[Entry], place: int) -> None:
    recording = entries[place]
    assert isinstance(recording, Recording)
    try:
        audio = recording.load()
    except SerError as error:
        show_error(error)
        return
    n_before = sum(isinstance(entry, Recording) for entry in entries[:place])
    opened = clip.Clip(
        "Your file",
        audio,
        to_wav_bytes(audio.samples),
        file_name=shown_name(recording.path),
        is_from_batch=True,
        profile=batch.voices.profile_without(n_before) if batch.voices else None,
    )
    clip.choose(opened)
    st.switch_page("pages/recognise.py")
