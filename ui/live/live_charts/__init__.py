"""The live charts: one Streamlit component that draws, and a small second one that sends it new data.

Streamlit sends a component's style and script again in each run that shows it. The drawing component is therefore
outside of the fragment that runs four times a second. Inside the fragment is a component with one line of script, which
passes its data on inside the browser.
"""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ser_core.emotions import LABELS
from ser_core.features.spectrum import mel_centres_hz
from ser_core.live import LIVE_MELS, LiveSession, LiveState
from ser_core.live.picture import COLUMN_S, SHOWN_S
from ser_core.live.session import STEP_S
from ui.common import faces
from ui.common.plain_figure import colour_scale
from ui.common.tokens import EMOTION_COLOURS, FONT_FAMILY, FONT_FILE, RADIUS_REM, SEQUENTIAL, TARGET_PX
from ui.common.web import with_server_address

_FOLDER = Path(__file__).parent

# Each message repeats the newest three seconds, so a skipped message leaves no gap.
_REPEATED_S = 3.0
_TICKS_HZ = (200, 1000, 4000)
_REPEATED_MOMENTS = round(_REPEATED_S / STEP_S)

_charts_component = st.components.v2.component(
    "live_charts",
    html=(_FOLDER / "live_charts.html").read_text(encoding="utf-8"),
    css=(_FOLDER / "live_charts.css").read_text(encoding="utf-8"),
    js=with_server_address((_FOLDER / "live_charts.js").read_text(encoding="utf-8")),
)
_data_component = st.components.v2.component(
    "live_data",
    js="export default ({ data }) => {"
    " globalThis.liveData = data; globalThis.dispatchEvent(new Event('live-data')); };",
)


def show_live_charts(*, is_running: bool, is_classroom: bool) -> None:
    """Show the live charts. Before a start they are empty and only report a missing microphone.

    Parameters
    ----------
    is_running : bool
        Whether a stream runs.
    is_classroom : bool
        Whether no emotion may be inferred. Then pitch and loudness are drawn instead of emotions.
    """
    _charts_component(
        key="live_charts",
        data={
            "sent_s": time.monotonic(),
            "is_running": is_running,
            "is_classroom": is_classroom,
            "emotions": [[label, faces.address(label), EMOTION_COLOURS[label]] for label in LABELS],
            "n_mels": LIVE_MELS,
            "mel_ticks": mel_ticks(),
            "button_style": {
                "font": FONT_FAMILY,
                "font_file": FONT_FILE,
                "radius": f"{RADIUS_REM}rem",
                "target": f"{TARGET_PX}px",
            },
            "heat_colours": colour_scale(SEQUENTIAL),
            "column_s": COLUMN_S,
            "shown_s": SHOWN_S,
        },
    )


def mel_ticks() -> list[tuple[float, str]]:
    """Return the ticks of the live spectrogram: each is a position, as a share of the height, and the tick's text."""
    rows = np.interp(_TICKS_HZ, mel_centres_hz(LIVE_MELS), np.arange(LIVE_MELS))
    return [(round((float(row) + 0.5) / LIVE_MELS, 3), f"{hz:,} Hz") for row, hz in zip(rows, _TICKS_HZ, strict=True)]


def send_live_data(session: LiveSession, state: LiveState, stream_id: str) -> None:
    """Send the newest data to the live charts. To be called within a fragment.

    Parameters
    ----------
    session : LiveSession
        The stream.
    state : LiveState
        The state that ``advance`` returned.
    stream_id : str
        Identifies the stream. With a new id, the charts start again from nothing.
    """
    _data_component(key="live_data", data=live_data(session, state, stream_id))


def live_data(session: LiveSession, state: LiveState, stream_id: str) -> dict[str, Any]:
    """Return the newest data for the live charts, ready for JSON: about 4 kB.

    Parameters
    ----------
    session, state, stream_id
        As for ``send_live_data``.

    Returns
    -------
    dict
        ``stream_id``, ``now_s``, ``level_db``, ``is_current``, ``first_column`` (number of the first column sent),
        ``mel`` (columns one after the other, one byte per band, base64), ``levels`` (dB, by column), ``pitches`` (Hz or
        None, by column) and ``answers`` (pairs of time in seconds and probabilities, or None where there is no answer).
    """
    columns = session.columns(_REPEATED_S)
    moments = session.moments(_REPEATED_MOMENTS)
    return {
        "stream_id": stream_id,
        "now_s": round(state.received_s, 3),
        "level_db": round(state.level_db, 1),
        "is_current": state.is_current,
        "first_column": columns.first,
        "mel": base64.b64encode(np.ascontiguousarray(columns.mel.T).tobytes()).decode(),
        "levels": [round(float(level), 1) for level in columns.level_db],
        "pitches": [None if np.isnan(pitch) else round(float(pitch)) for pitch in columns.pitch_hz],
        "answers": [
            [round(float(time_s), 2), [round(float(share), 3) for share in shares] if has_prediction else None]
            for time_s, shares, has_prediction in zip(
                moments.time_s, moments.probabilities, moments.has_prediction, strict=True
            )
        ],
    }
