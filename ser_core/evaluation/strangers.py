"""Figures for strangers: a whole corpus was left out of the training; its voices have a small profile, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ser_core.corpora import LABELS_OF
from ser_core.metrics import open_answers, reliability, selective
from ser_core.network_figures import NO_PROFILE

# A visitor speaks; recognising emotion in song without training on songs is another task.
_SONG_CORPUS = "RAVDESS song"


def stranger_figures(without_corpus: pd.DataFrame, voice_profile: pd.DataFrame | None) -> dict[str, Any]:
    """Return the figures of the corpora that were left out of the training, one after the other.

    Parameters
    ----------
    without_corpus : pd.DataFrame
        Predictions table of the corpora that were left out.
    voice_profile : pd.DataFrame or None
        The same with voice profiles; None for a network that takes none.

    Returns
    -------
    dict
        ``corpora``: for each kind of profile, ``metrics.open_answers`` by corpus. ``mean`` and ``worst``: for each kind
        of profile, the mean and the worst value over the corpora without song; None where no corpus has a value.
        ``guessing``: mean UAR of guessing on these corpora. ``bins``: for each kind of profile, the bins of
        ``metrics.reliability``, all clips but songs together. ``curves``: by corpus, the curve of ``metrics.selective``
        without a profile.
    """
    tables = {NO_PROFILE: without_corpus}
    if voice_profile is not None:
        tables |= {str(profile): rows for profile, rows in voice_profile.groupby("profile", sort=False)}
    corpora = {
        profile: {str(corpus): open_answers(rows) for corpus, rows in table.groupby("corpus")}
        for profile, table in tables.items()
    }
    names = set(without_corpus["corpus"])
    spoken_names = sorted(names - {_SONG_CORPUS} or names)
    spoken = {profile: [by_corpus[name] for name in spoken_names] for profile, by_corpus in corpora.items()}
    return {
        "corpora": corpora,
        "mean": {profile: _over_corpora(figures, np.mean) for profile, figures in spoken.items()},
        "worst": {profile: _worst(figures) for profile, figures in spoken.items()},
        "guessing": round(float(np.mean([1 / len(LABELS_OF[name]) for name in spoken_names])), 4),
        "bins": {
            profile: reliability(table[table["corpus"].isin(spoken_names)])["bins"] for profile, table in tables.items()
        },
        "curves": {str(corpus): selective(rows)["curve"] for corpus, rows in without_corpus.groupby("corpus")},
    }


def _over_corpora(figures: list[dict[str, Any]], summary: Callable[[list[float]], Any]) -> dict[str, float | None]:
    names = [name for name in figures[0] if name != "n"]
    values = {name: [entry[name] for entry in figures if entry[name] is not None] for name in names}
    return {name: round(float(summary(of_corpora)), 4) if of_corpora else None for name, of_corpora in values.items()}


def _worst(figures: list[dict[str, Any]]) -> dict[str, float | None]:
    worst = _over_corpora(figures, np.min)
    return {**worst, "expected_calibration_error": _over_corpora(figures, np.max)["expected_calibration_error"]}
