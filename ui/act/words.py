"""The words of the page: how to say a sentence, what the cues did, and one tip."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ser_core.acting.direction import NEUTRAL, CueStep, score_of, weakest
from ser_core.emotions import BY_LABEL
from ser_core.features.cues import WORDS, Cues
from ui.common.term_tips import linked_name

# How to say it.
ADVERBS = {
    "angry": "angrily",
    "calm": "calmly",
    "disgust": "with disgust",
    "fear": "fearfully",
    "happy": "happily",
    "neutral": "plainly",
    "sad": "sadly",
    "surprise": "with surprise",
}

_NOTHING_MEASURED = "**No cue could be measured.** Say the whole sentence, closer to the microphone."

# By cue, and by whether actors raise it.
_TIPS = {
    ("pitch_hz", True): "Go higher: begin the sentence higher than you would speak, and stay there.",
    ("pitch_hz", False): "Go lower: let the voice sink from the first word on.",
    ("pitch_range_st", True): "Let the melody swing: make one word much higher than the others, and fall after it.",
    ("pitch_range_st", False): "Flatten the melody: keep every word on nearly the same note.",
    ("syllables_per_s", True): "Speak faster: run the words into each other.",
    ("syllables_per_s", False): "Take your time: stretch the vowels, and pause before the word that matters.",
    ("brightness_hz", True): "Make the voice sharper: speak with more pressure, as if across the street.",
    ("brightness_hz", False): "Make the voice duller: speak softly, with little pressure and the mouth nearly closed.",
}


def task(sentence: str, emotion: str) -> str:
    """Return the task in Markdown."""
    return f"Say it **{ADVERBS[emotion]}**: “{sentence}”"


def progress(steps: Sequence[CueStep], emotion: str) -> str:
    """Return in Markdown how far the voice went."""
    score = score_of(tuple(steps))
    if score is None:
        return _NOTHING_MEASURED
    adjective = BY_LABEL[emotion].adjective
    return f"**{score:.0%} of the way** that actors go to sound {adjective}."


def plainness(score: float | None) -> str:
    """Return in Markdown how plain a neutral attempt is."""
    if score is None:
        return _NOTHING_MEASURED
    return f"**{score:.0%} of the cues** are as in most neutral recordings."


def tip(steps: Sequence[CueStep]) -> str:
    """Return one tip: about the cue that went least far."""
    weak = weakest(tuple(steps))
    if weak is None:
        return "Every cue went as far as the actors' did. Can you do it with less, or with another emotion?"
    return _TIPS[weak.cue, weak.goes_up]


def cue_rows(
    cues: Cues, plain: Mapping[str, float], steps: Sequence[CueStep], cue_names: Sequence[str]
) -> list[dict[str, str]]:
    """Return a table row for each cue: what actors do, what this voice did, and how far it went.

    Parameters
    ----------
    cues : Cues
        The cues of the voice.
    plain : mapping of str to float
        By cue: the value of the plain voice.
    steps : sequence of CueStep
        The cues that actors take somewhere.
    cue_names : sequence of str
        The cues of the rows.
    """
    by_cue = {step.cue: step for step in steps}
    rows = []
    for cue in cue_names:
        words, step, value = WORDS[cue], by_cue.get(cue), getattr(cues, cue)
        how_far = "" if step is None else _how_far(step.share)
        rows.append(
            {
                "cue": linked_name(words.name),
                "actors": "about the same" if step is None else f"{_arrow(step.goes_up)} {_direction(step)}",
                "you": f"{words.compare(plain[cue], value)}{how_far}",
            }
        )
    return rows


def start_of_arrows(*, is_own: bool, emotion: str) -> str:
    """Return where the arrows start, in a sentence."""
    if emotion == NEUTRAL:
        return "This is your plain voice now: for the other emotions of this sentence the arrows start here."
    if is_own:
        return "The arrows start at your own plain voice in this sentence."
    return (
        "The arrows start at the middle of neutral recordings of actors. Choose neutral and record this sentence: then "
        "they start at your own plain voice, which is fairer."
    )


def _how_far(share: float) -> str:
    if math.isnan(share):
        return ""
    return " (the other way)" if share < 0 else f" ({share:.0%} of the way)"


def _arrow(goes_up: bool) -> str:
    return "↑" if goes_up else "↓"


def _direction(step: CueStep) -> str:
    words = WORDS[step.cue]
    return words.more if step.goes_up else words.less
