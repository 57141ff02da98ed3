"""The answers to strangers: how often the app names one emotion or a few, and how often these are right."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.network_figures import NO_PROFILE, skewed_profile_change
from ui.common.linked_choice import choose_option
from ui.model.share_table import share_table
from ui.model.stranger_results import NOT_MEASURED

# In a table, the share of right answers where there is no answer of this kind.
NO_CLIP = "no such clip"

_COLUMNS = {
    "uar": "UAR",
    "sure": "one emotion",
    "right_when_sure": "right of these",
    "small_sets": "three or fewer",
    "right_in_small_sets": "true one is in it",
    "expected_calibration_error": "calibration error",
}


def show(network_figures: dict[str, Any]) -> None:
    """Show the kinds of answers for corpora that were left out, the effect of a voice profile, and each corpus.

    Parameters
    ----------
    network_figures : dict
        The entry of one network in ``metrics.json``.
    """
    strangers = network_figures.get("strangers")
    if strangers is None:
        st.markdown(NOT_MEASURED)
        return
    mean = strangers["mean"][NO_PROFILE]
    boxes = {
        "Gets one emotion": _share(mean["sure"], "never"),
        "and it is right": _share(mean["right_when_sure"], "never said"),
        "Gets three or fewer": _share(mean["small_sets"], "never"),
        "and one is right": _share(mean["right_in_small_sets"], "never said"),
    }
    for column, (label, text) in zip(st.columns(len(boxes)), boxes.items(), strict=True):
        column.metric(label, text, border=True)
    st.markdown(
        with_linked_terms(
            "**Answers to a stranger**, on [[corpus|corpora]] that were left out of the [[training]]. *Sure*: the app "
            "names one emotion. *Leaning*: it names the two or three that fit. *Open*: more fit, so it only says which "
            f"one fits least. {_sure_in_words(mean, strangers['worst'][NO_PROFILE])}"
        )
    )
    st.markdown(
        "The limits between the three are fitted on corpora that were left out, each counting the same, and "
        "tested on another one. A single emotion should be right in 75 % of the cases, and three or fewer should hold "
        "the right one in 80 % (split-conformal sets: Sadinle, Lei and Wasserman 2019)."
    )
    if len(strangers["mean"]) > 1:
        _show_profiles(strangers)
    profile = choose_option(
        "Which voice profile?",
        list(strangers["corpora"]),
        default=NO_PROFILE,
        parameter="profile",
        key=f"stranger_profile_{network_figures['network']}",
    )
    st.markdown(
        "**By corpus** that was left out. “One emotion” is the share of clips for which the app names one, and “three "
        "or fewer” the share with at most three. Worst: the worst corpus of speech, for each column by itself."
    )
    rows = {
        "mean": strangers["mean"][profile],
        "worst": strangers["worst"][profile],
        **strangers["corpora"][profile],
    }
    share_table(_table(rows, "corpus left out"), "Answers to strangers, by corpus left out", missing=NO_CLIP)


def _share(share: float | None, if_none: str) -> str:
    return if_none if not share else f"{share:.1%}"


def _sure_in_words(mean: dict[str, Any], worst: dict[str, Any]) -> str:
    if mean["right_when_sure"] is None:
        return "This network is never sure enough of a stranger to name one emotion."
    return (
        f"When it names one, it is right in **{mean['right_when_sure']:.1%}** of the cases, and in "
        f"{worst['right_when_sure']:.1%} on the worst corpus."
    )


def _show_profiles(strangers: dict[str, Any]) -> None:
    st.markdown(
        with_linked_terms(
            "**The effect of a [[voice profile]]**: the mean of the corpora, without a profile of the voice and with "
            f"one. {_skewed_in_words(strangers['mean'])}"
        )
    )
    share_table(_table(strangers["mean"], "voice profile"), "Answers to strangers, by voice profile", missing=NO_CLIP)


def _skewed_in_words(mean: dict[str, Any]) -> str:
    """Return the effect of a profile of one mood on the UAR, in words with glossary terms in double brackets."""
    change = skewed_profile_change(mean)
    if change is None:
        return ""
    return (
        "The last row is the difficult case: the profile has only angry clips of a person, for example, or only sad "
        f"ones. Compared with no profile, the [[UAR]] then {change} points."
    )


def _table(rows: dict[str, Any], index_name: str) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=float).T[list(_COLUMNS)].rename(columns=_COLUMNS).rename_axis(index_name)
