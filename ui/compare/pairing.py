"""The two clips that Compare shows; by default, one speaker's same sentence in two emotions."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.errors import SerError
from ser_core.samples import Sample
from ui.common import clip, engine, intake, sample_link
from ui.common.messages import handle_user_errors

# The default second emotion for each emotion of the first clip. Neutral contrasts with all of them except itself.
_CONTRAST_OF_NEUTRAL = "angry"
_NEUTRAL = "neutral"


def choose_first() -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it; an angry sample until a clip is chosen."""
    first = intake.offer_clip(clip.FIRST, _default_first)
    clip.keep_in_address(first)
    return first


def choose_second(first: clip.Clip) -> clip.Clip:
    """Show the second clip in the same way; by default the first clip's speaker and sentence in another emotion."""
    sample_link.restore(clip.SECOND)
    second = intake.offer_clip(clip.SECOND, partial(_default_second, first))
    clip.keep_in_address(second, clip.SECOND)
    return second


def sample_of(chosen: clip.Clip) -> Sample | None:
    """Return the sample that a clip was read from; None for a visitor's own clip."""
    if chosen.sample_id is None:
        return None
    return next((sample for sample in _samples() if sample.sample_id == chosen.sample_id), None)


def is_same_sentence(first: clip.Clip, second: clip.Clip) -> bool:
    """Return whether two clips are samples of one speaker who says the same sentence."""
    first_sample, second_sample = sample_of(first), sample_of(second)
    if first_sample is None or second_sample is None:
        return False
    key = _speaker_and_sentence(first_sample)
    return key == _speaker_and_sentence(second_sample) and key != (None, None)


def _samples() -> tuple[Sample, ...]:
    with handle_user_errors():
        return engine.sample_library().samples


def _speaker_and_sentence(sample: Sample) -> tuple[str | None, str | None]:
    return sample.speaker, sample.sentence


def _default_first() -> clip.Clip:
    """Return an angry sample that is on this machine, if possible one that exists in neutral too."""
    on_this_machine = [sample for sample in _samples() if sample.origin != "crema-d"]
    in_neutral = {_speaker_and_sentence(sample) for sample in on_this_machine if sample.emotion == _NEUTRAL}
    angry = [sample for sample in on_this_machine if sample.emotion == _CONTRAST_OF_NEUTRAL]
    with handle_user_errors():
        return _read(next((sample for sample in angry if _speaker_and_sentence(sample) in in_neutral), angry[0]))


def _default_second(first: clip.Clip) -> clip.Clip:
    """Return the same speaker's same sentence in another emotion, or else any neutral sample."""
    samples = _samples()
    first_sample = sample_of(first)
    is_neutral = first_sample is not None and first_sample.emotion == _NEUTRAL
    emotion = _CONTRAST_OF_NEUTRAL if is_neutral else _NEUTRAL
    computer_voices = [sample for sample in samples if sample.origin == "computer" and sample.emotion == emotion]
    if first_sample is not None:
        same_sentence = [
            sample
            for sample in samples
            if _speaker_and_sentence(sample) == _speaker_and_sentence(first_sample)
            and sample.emotion != first_sample.emotion
        ]
        in_emotion = (sample for sample in same_sentence if sample.emotion == emotion)
        try:
            return _read(next(in_emotion, (same_sentence or computer_voices)[0]))
        except SerError:
            # The sample could not be fetched or decoded; a computer voice needs no network.
            pass
    with handle_user_errors():
        return _read(computer_voices[0])


def _read(sample: Sample) -> clip.Clip:
    return _read_cached(sample.sample_id, sample)


@st.cache_data(scope="session", max_entries=4, show_spinner="Reading the clip ...")
def _read_cached(sample_id: str, _sample: Sample) -> clip.Clip:
    return intake.read_sample(_sample)
