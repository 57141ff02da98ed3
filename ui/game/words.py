"""The sentences of the game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ser_core.emotions import BY_LABEL
from ser_core.features.cue_percentiles import ALL_SEXES, PERCENTILES
from ser_core.features.cues import WORDS
from ser_core.game.clips import GameClip
from ser_core.game.hints import Hint
from ser_core.game.score import Score
from ui.common.term_tips import linked_name
from ui.common.words import listed

_NEUTRAL_CLIPS = {ALL_SEXES: "neutral clips", "female": "women's neutral clips", "male": "men's neutral clips"}
_MAX_HINTS = 2
_ORIGINS = {
    "corpus": "recordings of actors from this server's data folder",
    "crema-d": "recordings of actors from CREMA-D",
    "computer": "computer voices",
}


def sources(clips: Iterable[GameClip], *, has_lost: bool) -> str:
    """Return one line that says where the clips of a game come from.

    Parameters
    ----------
    clips : iterable of GameClip
        The clips of the game.
    has_lost : bool
        Whether other clips could not be loaded.
    """
    n_of_origin = Counter(clip.origin for clip in clips)
    parts = [f"{n_of_origin[origin]} {name}" for origin, name in _ORIGINS.items() if n_of_origin[origin]]
    line = f"The clips: {listed(parts)}."
    if has_lost:
        line += " Other recordings cannot be fetched at the moment."
    if n_of_origin["computer"]:
        line += " In computer voices, emotions are hard to hear. No listeners voted on them."
    return line


def verdict(emotion: str, guess: str) -> str:
    """Return in one sentence whether a guess is the emotion that the speaker was asked for."""
    if guess == emotion:
        return f"Yes: the speaker was asked to sound {BY_LABEL[emotion].adjective}."
    return f"The speaker was asked to sound {BY_LABEL[emotion].adjective}. You chose {guess}."


def votes_in_words(votes: Mapping[str, int]) -> str:
    """Return the votes of listeners in words, the most frequent first: ``"7 of 9 chose fear, 2 sad"``."""
    counts = sorted(((count, label) for label, count in votes.items() if count), key=lambda pair: (-pair[0], pair[1]))
    (first_count, first_label), *later_counts = counts
    return ", ".join(
        [
            f"{first_count} of {sum(votes.values())} chose {first_label}",
            *(f"{count} {label}" for count, label in later_counts),
        ]
    )


def describe_hints(hints: Sequence[Hint], emotion: str, sex: str) -> str:
    """Return sentences about the cues that are typical of the intended emotion, or are not.

    They are Markdown with glossary terms in double brackets.

    Parameters
    ----------
    hints : sequence of Hint
        The cues that are unusual for neutral speech, the typical ones first.
    emotion : str
        The emotion that the speaker was asked for.
    sex : str
        Speakers of the neutral clips: ``"female"``, ``"male"`` or ``"all"``.
    """
    clips = _NEUTRAL_CLIPS.get(sex, _NEUTRAL_CLIPS[ALL_SEXES])
    if emotion == "neutral":
        if not hints:
            return f"**How to hear it:** no [[cue]] is unusual. Every cue is as in most {clips}."
        return f"**Why it is hard:** {_cues_in_words(hints, clips)}. Most neutral voices do not differ in this way."
    typical_hints = [hint for hint in hints if hint.is_typical]
    if typical_hints:
        changes = "changes this [[cue]]" if len(typical_hints[:_MAX_HINTS]) == 1 else "changes these [[cue|cues]]"
        return (
            f"**How to hear it:** {_cues_in_words(typical_hints, clips)}. A voice that sounds "
            f"{BY_LABEL[emotion].adjective} mostly {changes} in this way."
        )
    if hints:
        return (
            f"**Why it is hard:** {_cues_in_words(hints, clips)}. Most voices that sound "
            f"{BY_LABEL[emotion].adjective} are different."
        )
    return f"**Why it is hard:** no [[cue]] is unusual. Every cue is as in most {clips}."


def _cues_in_words(hints: Sequence[Hint], clips: str) -> str:
    return "; ".join(_cue_in_words(hint, clips) for hint in hints[:_MAX_HINTS])


def _cue_in_words(hint: Hint, clips: str) -> str:
    words = WORDS[hint.cue]
    is_high = hint.percentile > 50
    rank = hint.percentile if is_high else 100 - hint.percentile
    share = "nearly all" if rank >= PERCENTILES[-1] else f"{rank:.0f}% of"
    direction = words.more if is_high else words.less
    value = words.show(hint.value)
    if hint.cue == "pause_share":
        return f"there is {direction} silence ({value}) than in {share} {clips}"
    return f"the {linked_name(words.name)} ({value}) is {direction} than in {share} {clips}"


def out_of(score: Score) -> str:
    """Return a score in words: ``"6.3 of 10"``."""
    return f"{points(score)} of {score.n_clips}"


def points(score: Score) -> str:
    """Return the points with one decimal, where they are not whole."""
    return f"{score.points:.1f}".removesuffix(".0")
