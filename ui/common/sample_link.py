"""Samples in the address: ``?sample=`` names the clip of all pages, so a link or a reload shows the same clip.

A visitor's own clip has no address. Its sound is only in the session's memory.
"""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError
from ui.common import clip, engine, intake, links
from ui.common.lost_clip import note_explained
from ui.common.messages import handle_user_errors, show_error

# Prefix of the keys that hold the ids of the samples that the page has shown since it was opened; empty for no sample.
_SHOWN_HERE = "shown_here"


def restore(slot: str = clip.FIRST) -> None:
    """Choose the sample that the address names, and make the address agree with the clip.

    The address counts if no clip is chosen yet, and after the browser's Back or Forward on a page that shows a sample.
    It does not replace a visitor's own clip, which could not be brought back.

    Parameters
    ----------
    slot : str
        ``clip.FIRST`` or ``clip.SECOND``.
    """
    if slot == clip.FIRST:
        # Each run of a page begins here.
        note_explained(is_explained=False)
    sample_id = links.read_text(clip.PARAMETERS[slot])
    if _has_gone_back(sample_id, slot):
        clip.forget(slot)
    if sample_id and clip.current(slot) is None:
        _choose(sample_id, slot)
    clip.keep_in_address(clip.current(slot), slot)


def _has_gone_back(sample_id: str, slot: str) -> bool:
    """Return whether the address names what the page has shown before the present sample: another sample, or none."""
    shown = clip.current(slot)
    shown_id = (shown.sample_id or "") if shown else ""
    key = f"{_SHOWN_HERE}_{slot}"
    # A page that was just opened from the menu has no sample in its address. That is no way back.
    shown_here: set[str] = set() if links.is_page_opened() else st.session_state.get(key, set())
    st.session_state[key] = shown_here | {shown_id}
    return bool(shown_id) and sample_id != shown_id and sample_id in shown_here


def _choose(sample_id: str, slot: str) -> None:
    # The text of the address is only compared with known ids. It never becomes a path.
    with handle_user_errors():
        samples = engine.sample_library().samples
    sample = next((sample for sample in samples if sample.sample_id == sample_id), None)
    if sample is None:
        st.info(
            "**The link names a sample that this server does not have.** Servers can have different samples. Choose "
            "another clip.",
            icon=":material/link_off:",
        )
        note_explained(is_explained=True)
        return
    try:
        with st.spinner("Reading the clip ..."):
            clip.choose(intake.read_sample(sample), slot)
    except SerError as error:
        show_error(error)
        note_explained(is_explained=True)
