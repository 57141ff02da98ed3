"""Eight voices, one per emotion: a tap plays a clip in the browser at once, and makes it the clip of all pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ui.common import engine, faces, intake
from ui.common.served_files import serve
from ui.common.web import with_controls_style, with_server_address, with_shared_sound

_HERE = Path(__file__).parent
_KEY = "voices"

_mount = st.components.v2.component(
    "voices_stage",
    html=(_HERE / "voices_stage.html").read_text(encoding="utf-8"),
    css=with_controls_style((_HERE / "voices_stage.css").read_text(encoding="utf-8")),
    js=with_shared_sound(with_server_address((_HERE / "voices_stage.js").read_text(encoding="utf-8"))),
)


def show_voices(*, is_compact: bool) -> None:
    """Show the eight voices.

    Parameters
    ----------
    is_compact : bool
        Whether to show them in one line, above an answer.
    """
    # A tuple: to see whether a list is a data frame, Streamlit would import pandas.
    voices = tuple(_entry(voice) for voice in engine.voices())
    _mount(
        key=_KEY,
        data={"is_compact": is_compact, "voices": voices},
        on_chosen_change=_take,
    )


def _entry(voice: engine.Voice) -> dict[str, Any]:
    sample = voice.sample
    # Where the browser may not know the format, the card of the answer plays the decoded sound.
    url = serve(voice.content, voice.mime_type, f"voice-{sample.emotion}") if voice.mime_type else ""
    return {
        "id": sample.sample_id,
        "emotion": sample.emotion,
        "face": faces.address(sample.emotion or faces.OPEN),
        "url": url,
    }


def _take() -> None:
    voice = engine.find_voice(st.session_state[_KEY].chosen or "")
    if voice is not None:
        intake.take_voice(voice)
