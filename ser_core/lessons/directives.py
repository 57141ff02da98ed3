"""The directives of a lesson file: their names, and which fields each of them has.

``docs/lessons.md`` describes them for teachers. A test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ser_core.features.cues import WORDS
from ser_core.paths import MODELS_DIR

ABOUT, PLAY, SHOW, OPEN, PREDICT, QUESTION, TASK = "about", "play", "show", "open", "predict", "question", "task"
DIRECTIVES = (ABOUT, PLAY, SHOW, OPEN, PREDICT, QUESTION, TASK)


class Field(NamedTuple):
    """A field of a directive: ``name: value``.

    Parameters
    ----------
    is_required : bool
        Whether the field must be there.
    may_repeat : bool
        Whether it may be there more than once.
    choices : tuple of str
        The values that it may have; empty where any value is possible.
    is_number : bool
        Whether the value is a number.
    """

    is_required: bool = True
    may_repeat: bool = False
    choices: tuple[str, ...] = ()
    is_number: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of drawing: how many sounds it needs at least and at most, and its other fields."""

    least_sounds: int
    most_sounds: int
    fields: dict[str, Field]


ABOUT_FIELDS = {
    "minutes": Field(is_number=True),
    "aim": Field(may_repeat=True),
    "words": Field(),
    "note": Field(may_repeat=True),
}
PLAY_FIELDS = {"sound": Field(may_repeat=True)}
OPEN_FIELDS = {"page": Field(), "label": Field()}
TASK_FIELDS = {"text": Field(), "answer": Field(), "lines": Field(is_number=True)}

_SPAN = {"from_s": Field(is_required=False, is_number=True), "to_s": Field(is_required=False, is_number=True)}
_NETWORK = Field(choices=tuple(sorted(path.parent.name for path in MODELS_DIR.glob("*/config.json"))))
_CUE = Field(choices=tuple(WORDS))
_PANEL = Kind(1, 2, _SPAN)

# The panels are those of "See the sound". With two sounds, both have the same axes.
KINDS = {
    "waveform": _PANEL,
    "mel": _PANEL,
    "mfcc": _PANEL,
    "chroma": _PANEL,
    "zcr": _PANEL,
    "rms": _PANEL,
    "pitch": _PANEL,
    # Single samples as dots.
    "samples": Kind(1, 1, {"from_s": Field(is_number=True), "to_s": Field(is_number=True)}),
    # The average of each MFCC over the clip.
    "mfcc-averages": Kind(1, 3, {}),
    # A cue of the eight computer voices of one speaker.
    "computer-voices": Kind(0, 0, {"cue": _CUE, "speaker": Field(choices=("female", "male"))}),
    # A cue of a corpus' recordings of actors, by emotion.
    "actors": Kind(0, 0, {"cue": _CUE, "corpus": Field()}),
    # A mel spectrogram, and what a small filter of a CNN makes of it.
    "filter": Kind(1, 1, {"filter": Field(choices=("start", "stripe"))}),
    # Measured figures of a network.
    "learning-curve": Kind(0, 0, {"network": _NETWORK}),
    "random-split": Kind(0, 0, {"network": _NETWORK}),
}
