"""The defects of a clip's recording, shown as warnings."""

from __future__ import annotations

from ser_core.audio.quality import QualityNote
from ui.common import engine
from ui.common.classroom import may_judge
from ui.common.clip import Clip
from ui.common.messages import show_note


def show_defects(clip: Clip) -> tuple[QualityNote, ...]:
    """Show the defects of a clip's recording, and return them.

    The check for speech uses the network. In classroom mode, a visitor's own clip is not checked for speech.

    Parameters
    ----------
    clip : Clip
        The clip.
    """
    notes = engine.quality(clip.audio, use_network=may_judge(clip))
    for note in notes:
        show_note(note)
    return notes
