"""The moving picture: a component that is drawn once, and a second, tiny one that brings it what is new.

A component's style and script travel with every run that shows it. So the one that has them stands outside the fragment
that runs four times a second, and what stands inside has one line of script and hands its numbers over in the browser.
"""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ser_core.emotions import EMOTIONS
from ser_core.live import LIVE_MELS, LiveSession, LiveState
from ser_core.live.picture import COLUMN_S, SHOWN_S
from ser_core.live.session import STEP_S

_HERE = Path(__file__).parent

# Each message repeats what the last ones brought, so that one that is skipped leaves no hole.
_REPEATED_S = 3.0
_REPEATED_MOMENTS = round(_REPEATED_S / STEP_S)

_stage = st.components.v2.component(
    "live_stage",
    html=(_HERE / "stage.html").read_text(encoding="utf-8"),
    css=(_HERE / "stage.css").read_text(encoding="utf-8"),
    js=(_HERE / "stage.js").read_text(encoding="utf-8"),
)
_feed = st.components.v2.component(
    "live_feed",
    js="export default ({ data }) => {"
    " globalThis.liveFeed = data; globalThis.dispatchEvent(new Event('live-feed')); };",
)


def show_stage(*, is_running: bool, is_classroom: bool) -> None:
    """Show the picture; before a start it is empty, and says only what is wrong with the microphone."""
    _stage(
        key="live_stage",
        data={
            "said_s": time.monotonic(),
            "is_running": is_running,
            "is_classroom": is_classroom,
            "emotions": [[emotion.label, emotion.icon, emotion.colour] for emotion in EMOTIONS],
            "mels": LIVE_MELS,
            "column_s": COLUMN_S,
            "shown_s": SHOWN_S,
        },
    )


def feed_stage(session: LiveSession, state: LiveState, run: str) -> None:
    """Bring the picture what is new; to be called within a fragment.

    Parameters
    ----------
    session : LiveSession
        The stream.
    state : LiveState
        As ``advance`` returned it.
    run : str
        Names the stream: with another name the picture starts afresh.
    """
    _feed(key="live_feed", data=news(session, state, run))


def news(session: LiveSession, state: LiveState, run: str) -> dict[str, Any]:
    """Return what the picture is brought, JSON-ready: about 4 kB."""
    columns = session.columns(_REPEATED_S)
    moments = session.moments(_REPEATED_MOMENTS)
    return {
        "run": run,
        "now_s": round(state.heard_s, 3),
        "level_db": round(state.level_db, 1),
        "is_speech": state.is_speech,
        "first": columns.first,
        "mel": base64.b64encode(np.ascontiguousarray(columns.mel.T).tobytes()).decode(),
        "levels": [round(float(level), 1) for level in columns.level_db],
        "pitches": [None if np.isnan(pitch) else round(float(pitch)) for pitch in columns.pitch_hz],
        "answers": [
            [round(float(time_s), 2), [round(float(share), 3) for share in shares] if is_answered else None]
            for time_s, shares, is_answered in zip(
                moments.time_s, moments.probabilities, moments.is_answered, strict=True
            )
        ],
    }
