"""Loudness and pitch of a stream over time, as a chart."""

from __future__ import annotations

import numpy as np

from ser_core.live.history import Moments
from ui.common.charts import framed
from ui.common.plots import go, make_subplots
from ui.common.tokens import ACCENT

_MAX_POINTS = 1200

# Range of the loudness. Speech lies above -60 dB; a muted microphone would stretch the axis down to -120 dB.
_LEVEL_RANGE_DB = (-80.0, 0.0)
_LEVEL_TICKS_DB = 20


def feature_timeline(moments: Moments) -> go.Figure:
    """Return the loudness and the pitch of a stream, one above the other over one time axis.

    Parameters
    ----------
    moments : Moments
        The moments of the stream; of a long stream every second, third ... one is drawn.
    """
    step = max(1, -(-len(moments.time_s) // _MAX_POINTS))
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    level_db = np.maximum(moments.level_db, _LEVEL_RANGE_DB[0])
    for row, (values, unit) in enumerate(((level_db, "dB"), (moments.pitch_hz, "Hz")), start=1):
        figure.add_scatter(
            x=moments.time_s[::step],
            y=np.round(values[::step], 1),
            mode="lines",
            line={"color": ACCENT, "width": 2},
            hovertemplate=f"%{{x:.1f}} s: %{{y:.0f}} {unit}<extra></extra>",
            row=row,
            col=1,
        )
    figure.update_xaxes(fixedrange=True)
    figure.update_xaxes(title="time (s)", row=2, col=1)
    figure.update_yaxes(fixedrange=True)
    figure.update_yaxes(title="loudness (dB)", range=_LEVEL_RANGE_DB, dtick=_LEVEL_TICKS_DB, row=1, col=1)
    figure.update_yaxes(title="pitch (Hz)", row=2, col=1)
    return framed(figure, height_px=340).update_layout(showlegend=False)
