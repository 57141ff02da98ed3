"""The clip that a visitor has chosen: one for all pages, until they choose another; and one to compare it with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from ser_core.audio.loading import Audio

# Where a clip is kept. The first is the one of all pages.
FIRST, SECOND = "clip", "second_clip"


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip and what is known of it.

    Parameters
    ----------
    title : str
        What it is called on the page.
    audio : Audio
        The sound.
    wav : bytes
        The same for the browser's player, which may not know the format it came in.
    intended : str or None
        The label that the speaker was asked for; None where nobody knows.
    note, credit : str
        A sample's line about itself, and its source; empty for a visitor's own.
    """

    title: str
    audio: Audio
    wav: bytes
    intended: str | None = None
    note: str = ""
    credit: str = ""


def current(slot: str = FIRST) -> Clip | None:
    """Return the visitor's clip, None before they chose one."""
    return st.session_state.get(slot)


def choose(clip: Clip, slot: str = FIRST) -> None:
    """Make a clip the visitor's."""
    st.session_state[slot] = clip
