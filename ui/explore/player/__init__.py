"""The synced player: a figure and the sound that it shows, with one cursor over all panels.

``st.audio`` does not report the playback position, and a rerun per animation frame would be far too slow. So this is a
component that draws the figure itself, with the Plotly JavaScript that the ``plotly`` package contains.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import plotly
import streamlit as st

from ui.common.plots import go
from ui.common.served_files import serve
from ui.common.web import with_controls_style, with_server_address

_HERE = Path(__file__).parent
_PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Not isolated in a shadow tree, where Plotly cannot measure text. All selectors of the style sheet start with .sp- or
# .synced-player, and the shared ones are kept inside the player, so they affect nothing else on the page.
_mount = st.components.v2.component(
    "synced_player",
    html=(_HERE / "player.html").read_text(encoding="utf-8"),
    css=with_controls_style((_HERE / "player.css").read_text(encoding="utf-8"), within=".synced-player"),
    js=with_server_address((_HERE / "player.js").read_text(encoding="utf-8")),
    isolate_styles=False,
)


def synced_player(figure: go.Figure, wav: bytes, duration_s: float, *, image_name: str, key: str) -> None:
    """Show a figure, play its sound, and move a cursor over all its panels.

    A click on a panel seeks; dragging and the buttons zoom; the space bar plays and pauses; arrow keys seek.

    Parameters
    ----------
    figure : go.Figure
        The figure. All traces share one x axis, in seconds from the start of the sound.
    wav : bytes
        The sound as a WAV file.
    duration_s : float
        The duration of the sound in seconds.
    image_name : str
        The name of the saved figure, without its ending.
    key : str
        The key of this player; the same on each run of the page.
    """
    figure_dict = figure.to_dict()
    _mount(
        key=key,
        # Known before this component and Plotly are loaded: the page keeps the place free, and nothing moves. The style
        # sheet of reserved space adds what is around the figure.
        height=figure.layout.height,
        data={
            "figure": figure_dict,
            "figure_id": hashlib.sha256(json.dumps(figure_dict).encode()).hexdigest(),
            "duration_s": duration_s,
            "image_name": image_name,
            "audio_url": serve(wav, "audio/wav", f"{key}-sound"),
            "plotly_url": serve(str(_PLOTLY_JS), "text/javascript", f"{key}-plotly"),
        },
    )
