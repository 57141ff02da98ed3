"""The choice of the two clips that Compare shows; by default, one sentence of one speaker in two emotions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import streamlit as st

from ser_core.emotions import BY_LABEL
from ser_core.errors import SampleError, SerError
from ser_core.features.cue_percentiles import ALL_SEXES
from ser_core.features.cues import WORDS, Cues
from ser_core.samples import Sample
from ui.common import clip, engine, intake, sample_link
from ui.common.messages import handle_user_errors
from ui.common.reference_table import reference
from ui.common.words import listed

# Pairs of emotions that most people can tell apart, the clearest first. The first pair with samples is shown at the
# start. The default second clip has the other emotion of the first pair that holds the first clip's emotion.
_CONTRASTS = (
    ("angry", "neutral"),
    ("happy", "sad"),
    ("fear", "neutral"),
    ("disgust", "happy"),
    ("surprise", "sad"),
    ("calm", "angry"),
)
# For computer voices. Of all pairs of one computer voice, the cues of the man's angry and sad clip differ most; a test
# measures them. The first voice is therefore the man's.
_COMPUTER_CONTRASTS = (("angry", "sad"), *_CONTRASTS)
_FIRST_COMPUTER_SEX = "male"
# The cues that a listener can hear, and how many of them are named: those that differ most.
_HEARD_CUES = ("pitch_hz", "pitch_range_st", "level_dbfs", "syllables_per_s", "pause_share", "brightness_hz")
_N_NAMED_CUES = 3
_NEUTRAL = "neutral"
# The only corpus of the table of cues with all emotions and both sexes.
_PITCH_CORPUS = "RAVDESS"


def choose_first() -> clip.Clip:
    """Show the clip of all pages in one line that unfolds to change it; by default, the first clip of the best pair.

    Returns
    -------
    Clip
    """
    first = intake.offer_clip(clip.FIRST, _default_first)
    clip.keep_in_address(first)
    return first


def choose_second(first: clip.Clip) -> clip.Clip:
    """Show the second clip in the same way; by default the first clip's speaker and sentence in another emotion.

    A visitor's own clip gets a real voice of a similar pitch that speaks neutrally.

    Parameters
    ----------
    first : Clip
        The first clip.

    Returns
    -------
    Clip
    """
    sample_link.restore(clip.SECOND)
    second = intake.offer_clip(clip.SECOND, partial(_default_second, first))
    clip.keep_in_address(second, clip.SECOND)
    return second


def sample_of(chosen: clip.Clip) -> Sample | None:
    """Return the sample that a clip was read from; None for a visitor's own clip."""
    if chosen.sample_id is None:
        return None
    return next((sample for sample in _samples() if sample.sample_id == chosen.sample_id), None)


def describe_pair(first: clip.Clip, second: clip.Clip) -> str:
    """Return one sentence about what the two clips have in common; empty if they have nothing in common."""
    if _is_same_sentence(first, second):
        return "The same speaker says the same sentence, so the difference is how it is said."
    if first.is_sample or not second.is_sample or clip.current(clip.SECOND) is not None:
        return ""
    sample = sample_of(second)
    if sample is None or sample.emotion is None or _is_computer(sample):
        return ""
    return (
        "Clip 2 was chosen to go with your clip: a real voice with a similar pitch, whose speaker was asked to sound "
        f"{BY_LABEL[sample.emotion].adjective}."
    )


def name_differences(first: Cues, second: Cues) -> str:
    """Return one sentence about what to look at: the cues that differ most, the clearest first.

    Parameters
    ----------
    first, second : Cues
        The cues of the two clips.

    Returns
    -------
    str
        Empty if no cue differs by as much as listeners notice.
    """
    # By name of a cue: its difference, in multiples of the least one that listeners notice.
    differences = {
        name: abs(getattr(second, name) - getattr(first, name)) / WORDS[name].least_difference for name in _HEARD_CUES
    }
    noticed = (name for name, difference in differences.items() if difference >= 1.0)
    clearest = sorted(noticed, key=lambda name: -differences[name])
    named = [
        f"**{WORDS[name].name}** ({WORDS[name].compare(getattr(first, name), getattr(second, name))})"
        for name in clearest[:_N_NAMED_CUES]
    ]
    return f"Look at these first in clip 2: {listed(named)}." if named else ""


def _is_same_sentence(first: clip.Clip, second: clip.Clip) -> bool:
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


def _real_voices_first() -> list[Sample]:
    """Return the samples that can be loaded now, computer voices last, the man's before the woman's."""
    library = engine.sample_library()
    available = [sample for sample in _samples() if library.is_available(sample)]

    def order(sample: Sample) -> tuple[bool, bool]:
        return _is_computer(sample), _is_computer(sample) and sample.sex != _FIRST_COMPUTER_SEX

    return sorted(available, key=order)


def _default_first() -> clip.Clip:
    """Return the first clip of the best pair: one speaker, one sentence, two emotions that differ clearly."""
    return _read_first(_firsts_of_pairs(_real_voices_first()))


def _firsts_of_pairs(samples: list[Sample]) -> Iterator[Sample]:
    """Yield the first clips of all contrasting pairs: real voices first, then by contrast."""
    emotions_of: dict[tuple[str | None, str | None], set[str | None]] = {}
    for sample in samples:
        emotions_of.setdefault(_speaker_and_sentence(sample), set()).add(sample.emotion)
    for is_computer in (False, True):
        for first_emotion, second_emotion in _contrasts(is_computer=is_computer):
            for sample in samples:
                emotions = emotions_of[_speaker_and_sentence(sample)]
                is_voice = _is_computer(sample) == is_computer
                if is_voice and sample.emotion == first_emotion and second_emotion in emotions:
                    yield sample


def _default_second(first: clip.Clip) -> clip.Clip:
    """Return the same speaker's same sentence in another emotion, or a neutral clip of a similar voice."""
    samples = _real_voices_first()
    first_sample = sample_of(first)
    if first_sample is None:
        sex = _sex_of_nearest_pitch(first)
        return _read_first(_in_order(samples, lambda sample: (sample.emotion != _NEUTRAL, sample.sex != sex)))
    contrast = _contrast_of(first_sample)
    return _read_first(
        _in_order(
            (sample for sample in samples if sample.emotion != first_sample.emotion),
            lambda sample: (
                _speaker_and_sentence(sample) != _speaker_and_sentence(first_sample),
                sample.emotion != contrast,
                sample.sex != first_sample.sex,
            ),
        )
    )


def _is_computer(sample: Sample) -> bool:
    return sample.origin == "computer"


def _contrasts(*, is_computer: bool) -> tuple[tuple[str, str], ...]:
    return _COMPUTER_CONTRASTS if is_computer else _CONTRASTS


def _contrast_of(sample: Sample) -> str:
    """Return the emotion that contrasts most with that of a sample."""
    for pair in _contrasts(is_computer=_is_computer(sample)):
        if sample.emotion in pair:
            return pair[1] if sample.emotion == pair[0] else pair[0]
    return _NEUTRAL


def _sex_of_nearest_pitch(own_clip: clip.Clip) -> str:
    """Return whether the pitch of a visitor's clip is nearer to women's or to men's neutral speech."""
    pitch_hz = engine.cues(own_clip.audio).pitch_hz
    if math.isnan(pitch_hz):
        return ALL_SEXES
    medians_hz = {
        sex: reference().by_emotion("pitch_hz", _PITCH_CORPUS, sex)[_NEUTRAL].median for sex in ("female", "male")
    }
    return min(medians_hz, key=lambda sex: abs(math.log(pitch_hz / medians_hz[sex])))


def _in_order(samples: Iterable[Sample], key: Callable[[Sample], tuple[bool, ...]]) -> Iterator[Sample]:
    # False comes before True, so samples for which a part of the key is False come first. The order is kept otherwise:
    # real voices come before computer voices.
    return iter(sorted(samples, key=key))


def _read_first(samples: Iterator[Sample]) -> clip.Clip:
    """Read the first sample that can be read. After one that fails, only those on this machine are tried."""
    has_failed = False
    for sample in samples:
        if has_failed and sample.origin == "crema-d":
            continue
        try:
            return _read(sample)
        except SerError:
            # It could not be fetched or decoded. The computer voices need no network.
            has_failed = True
    with handle_user_errors():
        raise SampleError(
            "No sample can be read",
            expected="at least the computer voices, which come with the app",
            advice="Record a clip, or upload one",
        )


def _read(sample: Sample) -> clip.Clip:
    return _read_cached(sample.sample_id, sample)


@st.cache_data(scope="session", max_entries=4, show_spinner="Reading the clip ...")
def _read_cached(sample_id: str, _sample: Sample) -> clip.Clip:
    return intake.read_sample(_sample)
