"""Download buttons for a prediction."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core import __version__
from ser_core.audio.quality import QualityNote
from ser_core.inference.recognizer import Prediction
from ser_core.inference.report import Provenance, to_csv, to_json
from ser_core.inference.verdict import Verdict, reach_verdict
from ui.common import engine, network_choice
from ui.common.clip import Clip
from ui.common.file_names import download_name


def show_downloads(clip: Clip, prediction: Prediction, notes: tuple[QualityNote, ...]) -> None:
    """Show the download buttons for a prediction.

    Parameters
    ----------
    clip : Clip
        The clip.
    prediction : Prediction
        The network's prediction for it.
    notes : tuple of QualityNote
        The defects of the recording.
    """
    config = engine.recognizer(network_choice.chosen()).config
    provenance = Provenance(
        clip=clip.name,
        intended=clip.intended or "",
        network=config.network,
        network_sha256=config.network_sha256,
        version=__version__,
    )
    with st.container(horizontal=True):
        for file_format, mime, text in (
            ("CSV", "text/csv", to_csv(clip.audio, prediction, provenance)),
            ("JSON", "application/json", to_json(clip.audio, prediction, notes, provenance)),
        ):
            st.download_button(
                f"Download {file_format}",
                text,
                file_name=download_name("emotion", clip.name, file_format.lower()),
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"download_{file_format}",
            )
        verdict = reach_verdict(prediction, notes)
        if verdict.kind != "not_judged":
            st.download_button(
                "Save as a picture",
                # Drawn when the button is pressed.
                partial(_draw_card, clip, prediction, verdict),
                file_name=download_name("card", clip.title, "png"),
                mime="image/png",
                icon=":material/image:",
                on_click="ignore",
                help="The emotion, its probabilities and the waveform. The picture holds no sound, and no file name.",
                key="download_card",
            )


def _draw_card(clip: Clip, prediction: Prediction, verdict: Verdict) -> bytes:
    # Pillow is imported when the first picture is drawn.
    from ui.common.picture_card import draw_card

    return draw_card(clip.audio.samples, prediction, verdict, speaker=clip.title)
