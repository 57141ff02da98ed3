"""Figures for strangers: a whole corpus was left out of the training; its voices have a small profile, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ser_core.metrics import open_answers

NO_PROFILE = "no profile"

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
    """
    tables = {NO_PROFILE: without_corpus}
    if voice_profile is not None:
        tables |= {str(profile): rows for profile, rows in voice_profile.groupby("profile", sort=False)}
    corpora = {
        profile: {str(corpus): open_answers(rows) for corpus, rows in table.groupby("corpus")}
        for profile, table in tables.items()
    }
    spoken = {
        profile: [figures for corpus, figures in by_corpus.items() if corpus != _SONG_CORPUS] or [*by_corpus.values()]
        for profile, by_corpus in corpora.items()
    }
    return {
        "corpora": corpora,
        "mean": {profile: _over_corpora(figures, np.mean) for profile, figures in spoken.items()},
        "worst": {profile: _worst(figures) for profile, figures in spoken.items()},
    }


def _over_corpora(figures: list[dict[str, Any]], summary: Callable[[list[float]], Any]) -> dict[str, float | None]:
    names = [name for name in figures[0] if name != "n"]
    values = {name: [entry[name] for entry in figures if entry[name] is not None] for name in names}
    return {name: round(float(summary(of_corpora)), 4) if of_corpora else None for name, of_corpora in values.items()}


def _worst(figures: list[dict[str, Any]]) -> dict[str, float | None]:
    worst = _over_corpora(figures, np.min)
    return {**worst, "expected_calibration_error": _over_corpora(figures, np.max)["expected_calibration_error"]}
