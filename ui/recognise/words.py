"""The words of the answer card for each verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ser_core.emotions import BY_LABEL
from ser_core.inference.recognizer import Prediction
from ser_core.inference.verdict import Verdict
from ui.common.verdict import NOT_JUDGED
from ui.common.words import listed, percent

# From this probability on: how sure the network is, in words.
_SURENESS = ((0.9, "Very sure"), (0.0, "Quite sure"))


@dataclass(frozen=True)
class CardWords:
    """What the card says.

    Parameters
    ----------
    named : tuple of str
        The emotions that give the card its colours and faces, the likeliest first; empty if none is named.
    headline : tuple of (str, str)
        The headline in parts: a text, and the label of the emotion that it names, or an empty string.
    sureness : str
        How sure that is, in words; empty if nothing is said about emotions.
    shares : tuple of (str, float)
        For the bar: the possible emotions and their probabilities.
    """

    named: tuple[str, ...]
    headline: tuple[tuple[str, str], ...]
    sureness: str = ""
    shares: tuple[tuple[str, float], ...] = ()


# Classroom mode: a visitor's own voice gets no emotion.
WITHHELD = CardWords((), (("Your voice, without an emotion", ""),))


def card_words(verdict: Verdict, prediction: Prediction, *, is_guess: bool = False) -> CardWords:
    """Return what the card says about a verdict.

    Parameters
    ----------
    verdict : Verdict
        What may be said about the recording.
    prediction : Prediction
        The prediction that the verdict is about.
    is_guess : bool
        Whether the recording has a defect and the visitor wants to see the prediction all the same. Then it is not
        called sure.
    """
    if verdict.reason is not None:
        return CardWords((), ((NOT_JUDGED[verdict.reason], ""),))
    shares = tuple((label, prediction.probabilities[label]) for label in verdict.emotions)
    if verdict.least_like is not None:
        least_like = BY_LABEL[verdict.least_like].adjective
        sureness = f"{len(shares)} emotions are possible; it sounds least {least_like}"
        return CardWords((), (("Hard to tell", ""),), sureness, shares)
    named = tuple(_named(label) for label in verdict.emotions)
    if verdict.kind == "leaning":
        commas = tuple(part for word in named[:-2] for part in (word, (", ", "")))
        headline = (("This voice sounds ", ""), *commas, named[-2], (" or ", ""), named[-1])
        return CardWords(verdict.emotions, headline, f"Not sure: {_listed_shares(shares)}", shares)
    share = shares[0][1]
    sureness = "Only a guess" if is_guess else next(words for bound, words in _SURENESS if share >= bound)
    return CardWords(verdict.emotions, (("This voice sounds ", ""), named[0]), f"{sureness}: {percent(share)}", shares)


def vote_words(votes: Mapping[str, int]) -> str:
    """Return what listeners chose, most votes first: ``"8 said angry and 2 neutral"``."""
    counts = sorted(((count, label) for label, count in votes.items() if count), key=lambda vote: -vote[0])
    first_count, *later_counts = [f"{count} {label}" for count, label in counts]
    count, _, label = first_count.partition(" ")
    return listed([f"{count} said {label}", *later_counts])


def _named(label: str) -> tuple[str, str]:
    return BY_LABEL[label].adjective, label


def _listed_shares(shares: tuple[tuple[str, float], ...]) -> str:
    return listed([percent(share) for _, share in shares])
