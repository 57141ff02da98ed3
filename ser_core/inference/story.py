"""How a longer clip changes, in stretches of one emotion each and in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ser_core.emotions import BY_LABEL, LABELS
from ser_core.inference.recognizer import Timeline

# A moment gets an emotion only from this probability on. Three equally likely emotions have 1/3 each.
_MIN_PROBABILITY = 0.4
# From this share of the clip's time on, the clip is "mostly" this emotion. Pauses do not count.
_MOSTLY_SHARE = 0.5
# Where it is hard to tell for a larger share of that time, the sentence says so.
_MOST_UNCLEAR_SHARE = 0.25
# A sentence with more parts would be too long.
_MOST_PARTS = 3


@dataclass(frozen=True)
class Stretch:
    """A part of a clip that sounds like one emotion.

    Parameters
    ----------
    start_s, end_s : float
        Start and end in the clip, in seconds.
    emotion : str or None
        The likeliest label; None where it is hard to tell.
    probability : float
        Mean probability of ``emotion`` in this part; of the likeliest label where it is hard to tell.
    """

    start_s: float
    end_s: float
    emotion: str | None
    probability: float


def find_stretches(timeline: Timeline, duration_s: float) -> tuple[Stretch, ...]:
    """Divide a clip into stretches of one emotion each.

    The windows of a timeline overlap. Each window stands for the time around its middle, up to half way to the next.

    Parameters
    ----------
    timeline : Timeline
        The probabilities over time.
    duration_s : float
        Duration of the clip in seconds.

    Returns
    -------
    tuple of Stretch
        In order, without overlap; windows that are mostly pause are left out.
    """
    middle_s = (timeline.start_s + timeline.end_s) / 2
    borders_s = np.concatenate([[0.0], (middle_s[:-1] + middle_s[1:]) / 2, [duration_s]])
    moments: list[tuple[int, str | None, float]] = []
    for number, shares in enumerate(timeline.probabilities):
        if np.isnan(shares[0]):
            moments.append((number, "pause", 0.0))
            continue
        likeliest, probability = int(shares.argmax()), float(shares.max())
        moments.append((number, LABELS[likeliest] if probability >= _MIN_PROBABILITY else None, probability))
    stretches = []
    for emotion, group in groupby(moments, key=lambda moment: moment[1]):
        stretch_moments = list(group)
        if emotion != "pause":
            first, last = stretch_moments[0][0], stretch_moments[-1][0]
            probability = float(np.mean([probability for _, _, probability in stretch_moments]))
            stretches.append(Stretch(float(borders_s[first]), float(borders_s[last + 1]), emotion, probability))
    return tuple(stretches)


def tell_story(stretches: Sequence[Stretch]) -> str:
    """Return the course of a clip in one sentence, without its full stop.

    Parameters
    ----------
    stretches : sequence of Stretch
        The clip's stretches, as ``find_stretches`` returns them.

    Returns
    -------
    str
        ``"Mostly neutral; angry at 0:05-0:08; sad at 0:12-0:15"``, ``"Happy, then sad from 0:06"``,
        ``"Neutral from start to end"``, ``"Neutral at 0:03-0:05; the rest is hard to tell"``, or an empty string if
        no stretch has an emotion.
    """
    named_stretches = [stretch for stretch in stretches if stretch.emotion is not None]
    if not named_stretches:
        return ""
    time_s: dict[str | None, float] = defaultdict(float)
    for stretch in named_stretches:
        time_s[stretch.emotion] += stretch.end_s - stretch.start_s
    main_emotion = max(time_s, key=time_s.__getitem__)
    total_s = sum(stretch.end_s - stretch.start_s for stretch in stretches)
    is_unclear = total_s - sum(time_s.values()) > _MOST_UNCLEAR_SHARE * total_s
    if len(time_s) == 1:
        word = _word(main_emotion).capitalize()
        if not is_unclear:
            return f"{word} from start to end"
        spans = _shortened([span(part.start_s, part.end_s) for part in named_stretches])
        return f"{word} at {', '.join(spans)}; the rest is hard to tell"
    note = "; some parts are hard to tell" if is_unclear else ""
    if time_s[main_emotion] >= _MOSTLY_SHARE * total_s:
        exceptions = [stretch for stretch in named_stretches if stretch.emotion != main_emotion]
        parts = [f"{_word(part.emotion)} at {span(part.start_s, part.end_s)}" for part in exceptions]
        return "; ".join([f"Mostly {_word(main_emotion)}", *_shortened(parts)]) + note
    first, *later = named_stretches
    parts = [f"then {_word(stretch.emotion)} from {clock(stretch.start_s)}" for stretch in later]
    return ", ".join([_word(first.emotion).capitalize(), *_shortened(parts)]) + note


def _shortened(parts: list[str]) -> list[str]:
    if len(parts) <= _MOST_PARTS:
        return parts
    return [*parts[:_MOST_PARTS], f"and {len(parts) - _MOST_PARTS} more changes"]


def _word(emotion: str | None) -> str:
    return BY_LABEL[emotion].adjective if emotion else "hard to tell"


def span(start_s: float, end_s: float) -> str:
    """Return a part of a clip as minutes and seconds: ``"1:05-1:08"``, or ``"1:05"`` if it is shorter than a second."""
    start, end = clock(start_s), clock(end_s)
    return start if start == end else f"{start}-{end}"


def clock(time_s: float) -> str:
    """Return a time as minutes and seconds: ``"1:05"``."""
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02d}"
