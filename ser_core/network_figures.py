"""Access to the figures of a network in ``models/metrics.json``, which the figures command writes.

``evaluation.figures`` describes how the file is made. The app reads it, and must not import ``evaluation``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Accuracy that the original project reports, measured on a random split of all four corpora.
ORIGINAL_CLAIM = 0.71

# Kinds of voice profile in the figures for strangers: none, the one that README shows, and a skewed one, which has only
# clips of one emotion.
NO_PROFILE = "no profile"
LARGE_PROFILE = "10 clips"
SKEWED_PROFILE = "10 clips of one mood"


def new_speaker_figures(network_figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of every corpus, measured on speakers that the network was not trained on.

    Parameters
    ----------
    network_figures : mapping
        The entry of one network in ``metrics.json``; may be empty.

    Returns
    -------
    dict
        Figures by corpus: first the corpora of the training, measured out of fold, then those never trained on.
    """
    out_of_fold: dict[str, Any] = network_figures.get("speaker_independent", {}).get("corpora", {})
    never_trained_on: dict[str, Any] = network_figures.get("unseen_corpus", {})
    return out_of_fold | never_trained_on


def stranger_mean(network_figures: Mapping[str, Any], profile: str = NO_PROFILE) -> dict[str, Any] | None:
    """Return the mean figures of corpora that were left out of the training.

    Parameters
    ----------
    network_figures : mapping
        The entry of one network in ``metrics.json``; may be empty.
    profile : str
        The kind of voice profile.

    Returns
    -------
    dict or None
        ``metrics.open_answers``, averaged over the corpora. None if no corpus was left out, or the network takes no
        such profile.
    """
    means: dict[str, dict[str, Any]] = network_figures.get("strangers", {}).get("mean", {})
    return means.get(profile)


def other_seeds(network_figures: Mapping[str, Any]) -> str:
    """Return a sentence with the mean UAR of trainings that differ from the shipped one in their seed only.

    Parameters
    ----------
    network_figures : mapping
        The entry of one network in ``metrics.json``. A row of ``explored`` counts if every corpus in it was measured.

    Returns
    -------
    str
        Empty if no other seed was measured.
    """
    means = []
    for row in network_figures.get("explored", ()):
        uars = [uar for column, uar in row.items() if column not in ("tried", "fold")]
        if row["tried"].startswith("as shipped, seed ") and None not in uars:
            means.append(f"{sum(uars) / len(uars):.1%}")
    if not means:
        return ""
    trained_again = " and ".join(means)
    return f"Trained again with other random numbers, the mean is {trained_again}: such differences may be chance."


def skewed_profile_change(mean: Mapping[str, Any]) -> str | None:
    """Return the difference in UAR between a profile of one mood and no profile, in points: ``"gains 8.2"``.

    Parameters
    ----------
    mean : mapping
        ``strangers.mean`` of a network: figures by kind of voice profile.

    Returns
    -------
    str or None
        None for a network that takes no profile.
    """
    if SKEWED_PROFILE not in mean:
        return None
    gain = 100 * (mean[SKEWED_PROFILE]["uar"] - mean[NO_PROFILE]["uar"])
    return f"gains {gain:.1f}" if gain >= 0 else f"loses {-gain:.1f}"


def never_trained_on(network_figures: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return the UAR on corpora that no network is trained on, by voice profile.

    Parameters
    ----------
    network_figures : mapping
        The entry of one network in ``metrics.json``.

    Returns
    -------
    dict
        By corpus: UAR by kind of profile; only ``NO_PROFILE`` for a network that takes no profile.
    """
    with_profile = network_figures.get("unseen_corpus_profile", {})
    return {
        corpus: {
            NO_PROFILE: figures["uar"],
            **{profile: by_corpus[corpus]["uar"] for profile, by_corpus in with_profile.items() if corpus in by_corpus},
        }
        for corpus, figures in network_figures.get("unseen_corpus", {}).items()
    }
