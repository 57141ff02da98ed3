"""Two panels of a clip, with the value of a cue and its usual range in neutral speech drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.features.cues import WORDS
from ser_core.features.extraction import Features
from ser_core.features.unusual import CueDeviation
from ser_core.game.hints import Hint
from ui.common.panel_figure import panel_figure
from ui.common.panels import BY_KEY
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import CURSOR, GREY, WHITE

# The panel in which each cue can be seen.
_PANEL_OF_CUE = {
    "pitch_hz": "pitch",
    "pitch_range_st": "pitch",
    "voiced_share": "pitch",
    "level_range_db": "rms",
    "syllables_per_s": "rms",
    "pause_share": "rms",
    "brightness_hz": "mel",
}
# Drawn if the cues can be seen in fewer than two panels.
_USUAL_PANELS = ("pitch", "mel")
# The cue that is a value on the y axis of a panel.
_CUE_OF_PANEL = {"pitch": "pitch_hz", "mel": "brightness_hz"}
_RANGE_OPACITY = 0.25


def choose_panels(hints: Sequence[Hint]) -> list[str]:
    """Return the keys of the two panels in which the unusual cues can be seen."""
    keys = dict.fromkeys([*(_PANEL_OF_CUE[hint.cue] for hint in hints), *_USUAL_PANELS])
    return list(keys)[:2]


def marked_cues(panels: Sequence[str]) -> list[str]:
    """Return the names of the cues that ``annotated_panel`` marks in these panels."""
    return [WORDS[_CUE_OF_PANEL[key]].name for key in panels if key in _CUE_OF_PANEL]


def annotated_panel(key: str, audio: Audio, features: Features, deviations: Sequence[CueDeviation]) -> PlainFigure:
    """Return a panel; a line marks the clip's value of the panel's cue, a band the usual range of neutral speech.

    Parameters
    ----------
    key : str
        A key of ``ui.common.panels.BY_KEY``.
    audio : Audio
        The clip.
    features : Features
        The features of the clip.
    deviations : sequence of CueDeviation
        The clip's cues and their usual ranges.
    """
    panel = BY_KEY[key]
    drawing = panel.draw(audio, features)
    y_axis = dict(drawing.y_axis)
    shapes: list[dict[str, Any]] = []
    for deviation in deviations:
        if deviation.cue == _CUE_OF_PANEL.get(key) and not np.isnan(deviation.value):
            low, high, value = (_on_axis(key, hz, features) for hz in (*deviation.usual_range, deviation.value))
            shapes = _marks(low, high, value, WHITE if key == "mel" else GREY)
            if "range" in y_axis:
                y_axis["range"] = [min(y_axis["range"][0], 0.95 * low), max(y_axis["range"][1], 1.05 * high)]
    return panel_figure(
        panel, replace(drawing, y_axis=y_axis), (0, audio.duration_s), shapes=shapes, has_colour_bar=False
    )


def _on_axis(key: str, hz: float, features: Features) -> float:
    """Return where a frequency is on the y axis of a panel: the rows of the mel panel are counted, not in hertz."""
    if key != "mel":
        return hz
    return float(np.interp(hz, features.mel_centres_hz, np.arange(len(features.mel_centres_hz))))


def _marks(low: float, high: float, value: float, band_colour: str) -> list[dict[str, Any]]:
    across = {"xref": "paper", "x0": 0, "x1": 1}
    return [
        {
            "type": "rect",
            **across,
            "y0": low,
            "y1": high,
            "fillcolor": band_colour,
            "opacity": _RANGE_OPACITY,
            "line": {"width": 0},
        },
        {"type": "line", **across, "y0": value, "y1": value, "line": {"color": CURSOR, "width": 3, "dash": "dash"}},
    ]
