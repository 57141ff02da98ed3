"""Samples in the address: ``?sample=`` names the clip of all pages, so a link or a reload shows the same clip.

A visitor's own clip has no address. Its sound is only in the session's memory.
"""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError
from ui.common import clip, engine, intake, links
from ui.common.messages import handle_user_errors, show_error


def restore(slot: str = clip.FIRST) -> None:
    """Choose the sample that the address names, if no clip is chosen yet; then make the address agree with the clip.

    Parameters
    ----------
    slot : str
        ``clip.FIRST`` or ``clip.SECOND``.
    """
    if slot == clip.FIRST:
        # Each run of a page begins here.
        intake.note_explained(is_explained=False)
    sample_id = links.read_text(clip.PARAMETERS[slot])
    if sample_id and clip.current(slot) is None:
        _choose(sample_id, slot)
    clip.keep_in_address(clip.current(slot), slot)


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
        intake.note_explained(is_explained=True)
        return
    try:
        with st.spinner("Reading the clip ..."):
            clip.choose(intake.read_sample(sample), slot)
    except SerError as error:
        show_error(error)
        intake.note_explained(is_explained=True)
