"""The A/B player: two recordings with one play button, and a switch that goes to the same place in the other one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from ser_core.audio.loading import Audio, to_wav_bytes
from ui.common.served_files import serve
from ui.common.waveform_bars import bar_heights
from ui.common.web import with_controls_style, with_server_address

_HERE = Path(__file__).parent
_mount = st.components.v2.component(
    "ab_player",
    html=(_HERE / "ab_player.html").read_text(encoding="utf-8"),
    css=with_controls_style((_HERE / "ab_player.css").read_text(encoding="utf-8")),
    js=with_server_address((_HERE / "ab_player.js").read_text(encoding="utf-8")),
)


class Track(NamedTuple):
    """One of the two recordings: its name on the switch, and its sound."""

    name: str
    audio: Audio


def ab_player(tracks: Sequence[Track], *, key: str, start: int = 0) -> None:
    """Show the waveforms of two recordings, one play button for both, and a switch between them.

    Parameters
    ----------
    tracks : sequence of Track
        Two recordings. Recordings of different lengths are compared by the share of their length.
    key : str
        The key of this player; the same on each run of the page. A new sound does not stop it.
    start : int
        Which of the two is heard first: 0 or 1.
    """
    _mount(
        key=key,
        data={
            "start": start,
            "tracks": [
                {
                    "name": track.name,
                    "duration_s": track.audio.duration_s,
                    "bars": bar_heights(track.audio.samples),
                    "url": serve(to_wav_bytes(track.audio.samples), "audio/wav", f"{key}-{number}"),
                }
                for number, track in enumerate(tracks)
            ],
        },
    )
