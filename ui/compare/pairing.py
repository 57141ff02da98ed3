"""Which two clips are compared: the visitor's and another, the same sentence in two emotions where that can be had."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.errors import SerError
from ser_core.samples import Sample
from ui.common import clip, engine, intake
from ui.common.messages import handle_user_errors

# What an emotion is best heard against.
_CONTRAST = {"neutral": "angry"}
_ELSE = "neutral"


def choose_first() -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it; an angry sample until one was chosen."""
    return intake.offer_clip(clip.FIRST, _first_sample)


def choose_second(first: clip.Clip) -> clip.Clip:
    """Show the other clip likewise; until one was chosen, the first one's speaker and sentence in another emotion."""
    return intake.offer_clip(clip.SECOND, partial(_companion, first))


def sample_of(chosen: clip.Clip) -> Sample | None:
    """Return the sample that a clip is; None for a visitor's own."""
    return next((sample for sample in _samples() if sample.title == chosen.title), None)


def is_same_sentence(first: clip.Clip, second: clip.Clip) -> bool:
    """Tell whether two clips are samples of one speaker saying the same."""
    one, other = sample_of(first), sample_of(second)
    return one is not None and other is not None and _says(one) == _says(other) != (None, None)


def _samples() -> tuple[Sample, ...]:
    with handle_user_errors():
        return engine.sample_library().samples


def _says(sample: Sample) -> tuple[str | None, str | None]:
    return sample.speaker, sample.sentence


def _first_sample() -> clip.Clip:
    """Return an angry sample that needs not be fetched and has a companion."""
    at_hand = [sample for sample in _samples() if sample.origin != "crema-d"]
    contrast = {_says(sample) for sample in at_hand if sample.emotion == _ELSE}
    angry = [sample for sample in at_hand if sample.emotion == _CONTRAST[_ELSE]]
    with handle_user_errors():
        return _read(next((sample for sample in angry if _says(sample) in contrast), angry[0]))


def _companion(first: clip.Clip) -> clip.Clip:
    """Return the same speaker's same sentence in another emotion, or else any neutral sample."""
    samples = _samples()
    of_first = sample_of(first)
    wanted = _CONTRAST.get(of_first.emotion, _ELSE) if of_first else _ELSE
    computer = [sample for sample in samples if sample.origin == "computer" and sample.emotion == wanted]
    if of_first is not None:
        alike = [
            sample for sample in samples if _says(sample) == _says(of_first) and sample.emotion != of_first.emotion
        ]
        try:
            return _read(next((sample for sample in alike if sample.emotion == wanted), (alike or computer)[0]))
        except SerError:
            # It could not be fetched or read; a computer voice always can.
            pass
    with handle_user_errors():
        return _read(computer[0])


def _read(sample: Sample) -> clip.Clip:
    return _cached(sample.sample_id, sample)


@st.cache_data(scope="session", max_entries=4, show_spinner="Reading the clip ...")
def _cached(sample_id: str, _sample: Sample) -> clip.Clip:
    return intake.read_sample(_sample)
