"""The synced player: a figure and the sound it was drawn from, with one cursor over all panels.

``st.audio`` cannot say where playback is, and a rerun a frame is out of the question: so this is a component, which
draws the figure itself, with the Plotly that comes with the ``plotly`` package.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import plotly
import streamlit as st
from streamlit.runtime import get_instance

from ui.common.plots import go

_HERE = Path(__file__).parent
_PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Our style sheet touches nothing outside, and Plotly cannot measure text in a shadow tree.
_mount = st.components.v2.component(
    "synced_player",
    html=(_HERE / "player.html").read_text(encoding="utf-8"),
    css=(_HERE / "player.css").read_text(encoding="utf-8"),
    js=(_HERE / "player.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def synced_player(figure: go.Figure, wav: bytes, duration_s: float, *, key: str) -> None:
    """Show a figure, play its sound, and move a cursor over all its panels.

    A click on a panel seeks, dragging zooms, and so do the buttons; the space bar plays and pauses, arrow keys move.

    Parameters
    ----------
    figure : go.Figure
        All its traces on the one x axis, in seconds from the beginning of the sound.
    wav : bytes
        The sound, as any browser plays it.
    duration_s : float
        Its length.
    key : str
        The player's own; the same each time the page is drawn.
    """
    drawn = figure.to_dict()
    _mount(
        key=key,
        data={
            "figure": drawn,
            "figure_id": hashlib.sha256(json.dumps(drawn).encode()).hexdigest(),
            "duration_s": duration_s,
            "audio_url": _serve(wav, "audio/wav", f"{key}-sound"),
            "plotly_url": _serve(str(_PLOTLY_JS), "text/javascript", f"{key}-plotly"),
        },
    )


def _serve(content: bytes | str, mimetype: str, place: str) -> str:
    """Have Streamlit serve bytes, or the file at a path, as it does for ``st.audio``; return the address."""
    return get_instance().media_file_mgr.add(content, mimetype, place)
