"""Sections of the model card about strangers: voices of a corpus that was left out of the training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ser_core.evaluation.model_card.markdown import NOT_MEASURED, interval, percent, table
from ser_core.network_figures import LARGE_PROFILE, NO_PROFILE, never_trained_on, other_seeds, skewed_profile_change

# Targets of the project: mean UAR by voice profile.
_TARGET_UAR = {NO_PROFILE: 0.48, LARGE_PROFILE: 0.60}
_TARGETS = (
    "Targets: a single emotion is right in 75 % (60 % on the worst corpus); 60 % of the clips get a set of three or "
    "fewer, 75 % with ten clips of the voice, and 80 % of these sets hold the true emotion; calibration error 6 %."
)


def recognition(network: Mapping[str, Any]) -> str:
    """Return the UAR on corpora that were left out, by voice profile.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    figures = network.get("strangers")
    if not figures:
        return NOT_MEASURED
    profiles = list(figures["mean"])
    rows = [["mean", *(percent(figures["mean"][profile]["uar"]) for profile in profiles), ""]]
    rows += [
        [
            corpus,
            *(percent(figures["corpora"][profile][corpus]["uar"]) for profile in profiles),
            interval(network["without_corpus"][corpus]),
        ]
        for corpus in figures["corpora"][NO_PROFILE]
    ]
    rows += [
        [
            f"{corpus}, never trained on",
            *(percent(uars.get(profile)) for profile in profiles),
            interval(network["unseen_corpus"][corpus]),
        ]
        for corpus, uars in never_trained_on(network).items()
    ]
    rows.append(["target for the mean", *(percent(_TARGET_UAR.get(profile)) for profile in profiles), ""])
    header = ("corpus left out", *(f"UAR, {profile}" for profile in profiles), "95 % interval, no profile")
    return (
        "Each corpus was left out of a training and then tested on: its people, rooms and microphones were new, as "
        "those of a visitor are. A profile is made of other clips of the same voice, without their emotions. The mean "
        f"counts each corpus the same, without songs and without EmoDB. Guessing: {percent(figures['guessing'])}.\n\n"
        + table(header, rows)
        + _skewed_in_words(figures["mean"])
        + f"{other_seeds(network)}\n"
    )


def answers(network: Mapping[str, Any]) -> str:
    """Return how often strangers get one emotion, two or three, or an open answer, and how often these are right.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    figures = network.get("strangers")
    if not figures:
        return NOT_MEASURED
    rows = [
        _answers_row(profile, corpus, corpus_figures)
        for profile in figures["mean"]
        for corpus, corpus_figures in {
            "mean": figures["mean"][profile],
            "worst": figures["worst"][profile],
            **figures["corpora"][profile],
        }.items()
    ]
    header = (
        "voice profile", "corpus left out", "one emotion", "right of these", "three emotions or fewer",
        "these hold the true one", "calibration error",
    )  # fmt: skip
    calibration = network["calibration"]
    threshold = calibration["confidence_threshold"]
    sure_from = percent(threshold) if threshold <= 1 else "never reached"
    return (
        "Sure: the app names one emotion. Leaning: two or three that fit. Open: more fit, and it says only which one "
        f"fits least. {_TARGETS}\n\n"
        + table(header, rows)
        + f"\nThe shipped network has temperature {calibration['temperature']:.3f}. It is sure from this probability "
        f"on: {sure_from}. An emotion fits from {percent(calibration['set_threshold'])} on. In the table, the three "
        "are fitted without the corpus that is tested, but to 77 % instead of 75 %: how much more than the target an "
        "unknown corpus needs was seen on these corpora.\n"
    )


def _answers_row(profile: str, corpus: str, figures: Mapping[str, Any]) -> list[str]:
    return [
        profile,
        corpus,
        percent(figures["sure"] or None, "never"),
        percent(figures["right_when_sure"], "no such clip"),
        percent(figures["small_sets"] or None, "never"),
        percent(figures["right_in_small_sets"], "no such clip"),
        percent(figures["expected_calibration_error"]),
    ]


def _skewed_in_words(mean: Mapping[str, Any]) -> str:
    """Return the effect of a profile of one mood on the UAR, in words."""
    change = skewed_profile_change(mean)
    if change is None:
        return ""
    return (
        "\nA profile of one mood has only the angry clips of a person, for example. Compared with no profile, the "
        f"mean {change} points with it (target: loses at most 1).\n"
    )
