"""The clips of the game, read once for all visitors. They hold no visitor's data."""

from __future__ import annotations

import streamlit as st

from ser_core.dataset.tables import read_votes
from ser_core.game.clips import GameClip, collect_clips
from ser_core.predictions_table import predictions_path, read_predictions, with_answers
from ser_core.samples import Sample
from ui.common import engine
from ui.common.metrics_store import SHIPPED


@st.cache_resource(show_spinner="Reading what others answered ...")
def clips() -> tuple[GameClip, ...]:
    """Return all samples with the votes of listeners and the out-of-fold answers of our network.

    Raises
    ------
    SerError
        If a committed table or the samples are missing or damaged.
    """
    answers = with_answers(read_predictions(predictions_path(SHIPPED, "out_of_fold")))
    return collect_clips(engine.sample_library().samples, read_votes(), answers)


def playable_clips() -> list[GameClip]:
    """Return the clips that can be played now, as far as this is known without a request."""
    library = engine.sample_library()
    available = {sample.sample_id for sample in library.samples if library.is_available(sample)}
    return [clip for clip in clips() if clip.sample_id in available]


def sample_of(clip: GameClip) -> Sample:
    """Return the sample of a clip."""
    return next(sample for sample in engine.sample_library().samples if sample.sample_id == clip.sample_id)
