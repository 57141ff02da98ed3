"""The clip that a visitor has chosen and that is not read yet.

A callback of a widget stores it; the run of the page that follows reads it. Streamlit ends a run early when another
widget changes. The pending clip then stays, and the next run reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui.common import clip

if TYPE_CHECKING:
    from ser_core.samples import Sample

_KEY = "pending"


@dataclass(frozen=True, eq=False)
class PendingClip:
    """A clip that was chosen and is not read yet; reading it may fail.

    Parameters
    ----------
    title : str
        Its name on the pages.
    content : callable
        Returns the bytes of the recording; called again if the run that reads them ends early.
    sample : Sample, optional
        The sample that it is.
    file_name : str
        The name of the visitor's file, as it is shown.
    """

    title: str
    content: Callable[[], bytes]
    sample: Sample | None = None
    file_name: str = ""

    def read(self) -> clip.Clip:
        """Load and decode the clip.

        Raises
        ------
        SerError
            If the recording cannot be loaded or decoded.
        """
        # Imported here: the page that asks for a clip needs neither NumPy nor the decoders.
        import ui.common.import_first  # noqa: F401 -- see its docstring
        from ser_core.audio.loading import load_audio, to_wav_bytes

        audio = load_audio(self.content())
        wav, sample = to_wav_bytes(audio.samples), self.sample
        if sample is None:
            return clip.Clip(self.title, audio, wav, file_name=self.file_name)
        return clip.Clip(
            self.title,
            audio,
            wav,
            intended=sample.emotion,
            note=sample.note,
            credit=sample.credit,
            sex=sample.sex,
            sample_id=sample.sample_id,
            votes=sample.votes,
        )


def remember(pending: PendingClip, slot: str) -> None:
    """Store a clip for the next run that shows the slot."""
    st.session_state[_key(slot)] = pending


def is_pending(slot: str) -> bool:
    """Return whether a clip of the slot was chosen and is not read yet."""
    return _key(slot) in st.session_state


@contextmanager
def pending_clip(slot: str) -> Iterator[PendingClip | None]:
    """Hand over the pending clip of a slot, and remove it afterwards, also if the block fails.

    The exceptions with which Streamlit ends a run early are no subclasses of ``Exception``: the clip then stays.
    """
    try:
        yield st.session_state.get(_key(slot))
    except Exception:
        st.session_state.pop(_key(slot), None)
        raise
    st.session_state.pop(_key(slot), None)


def _key(slot: str) -> str:
    return _KEY if slot == clip.FIRST else f"{slot}_{_KEY}"
