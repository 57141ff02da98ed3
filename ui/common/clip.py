"""The clips that a visitor has chosen, kept in the session: the clip of all pages, and Compare's second clip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui.common import links

if TYPE_CHECKING:
    from ser_core.audio.loading import Audio
    from ser_core.inference.voice_profile import VoiceProfile

# Keys of the session state. The first holds the clip of all pages.
FIRST, SECOND = "clip", "second_clip"
# The parameter of the address that names the sample in each.
PARAMETERS = {FIRST: "sample", SECOND: "second"}


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip with its description.

    Parameters
    ----------
    title : str
        ``"Your recording"``, ``"Your file"`` or the title of a sample. Two clips may have the same title.
    audio : Audio
        The decoded sound.
    wav : bytes
        The sound as a WAV file for the browser's player, which may not support the original format.
    intended : str or None
        The label that the speaker was asked for; None when it is unknown.
    note : str
        One line about a sample, without its full stop; empty for a visitor's own clip.
    credit : str
        The source of a sample and its licence; empty for a visitor's own clip.
    sex : str
        The sex of the speaker: ``"female"``, ``"male"`` or ``"unknown"``.
    file_name : str
        The name of an uploaded file, as ``shown_name`` returns it; empty for other clips.
    sample_id : str or None
        The id of the sample in the sample library; None for a visitor's own clip.
    votes : mapping of str to int, optional
        By emotion: how many listeners chose it for a sample.
    is_from_batch : bool
        Whether the clip is a file of the page Many files. It need not be the visitor's own voice.
    profile : VoiceProfile, optional
        For a file of Many files: the other recordings of its speaker, which the table has compared it with.
    """

    title: str
    audio: Audio
    wav: bytes
    intended: str | None = None
    note: str = ""
    credit: str = ""
    sex: str = "unknown"
    file_name: str = ""
    sample_id: str | None = None
    votes: Mapping[str, int] | None = None
    is_from_batch: bool = False
    profile: VoiceProfile | None = None

    @property
    def name(self) -> str:
        """The name of the clip as plain text: the file's name, or else the title."""
        return self.file_name or self.title

    @property
    def heading(self) -> str:
        """The name of the clip as Markdown. A file's name is inline code, in which Markdown has no effect."""
        return f"**`{self.file_name}`**" if self.file_name else f"**{self.title}**"

    @property
    def is_sample(self) -> bool:
        """Whether the clip is a sample, and not a visitor's own voice or file."""
        return self.sample_id is not None

    @property
    def is_computer_voice(self) -> bool:
        """Whether the clip is a sample that a computer speaks."""
        return self.sample_id is not None and self.sample_id.startswith("computer/")

    @property
    def is_recording(self) -> bool:
        """Whether the visitor recorded the clip in the browser."""
        return not (self.is_sample or self.is_from_batch or self.file_name)


def current(slot: str = FIRST) -> Clip | None:
    """Return the clip that the visitor has chosen.

    Parameters
    ----------
    slot : str
        ``FIRST`` for the clip of all pages, ``SECOND`` for Compare's second clip.

    Returns
    -------
    Clip or None
        None before the visitor has chosen a clip.
    """
    clip: Clip | None = st.session_state.get(slot)
    return clip


def choose(clip: Clip, slot: str = FIRST) -> None:
    """Store the clip that the visitor has chosen, and name it in the address if it is a sample.

    Parameters
    ----------
    clip : Clip
        The clip.
    slot : str
        As in ``current``.
    """
    st.session_state[slot] = clip
    keep_in_address(clip, slot)


def keep_in_address(shown: Clip | None, slot: str = FIRST) -> None:
    """Name the shown sample in the address. A visitor's own clip has no name there.

    Parameters
    ----------
    shown : Clip or None
        The clip that the page shows; None if it shows none.
    slot : str
        As in ``current``.
    """
    links.keep_text(PARAMETERS[slot], (shown.sample_id or "") if shown else "")


def forget(slot: str = FIRST) -> None:
    """Let the visitor choose a clip again; ``slot`` as in ``current``."""
    st.session_state.pop(slot, None)
