"""Sections of the model card about what was tried, and about ablations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ser_core.evaluation.model_card.markdown import percent, table


def explored(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return what was tried before the settings of a network were fixed.

    Parameters
    ----------
    rows : sequence of mapping
        The rows of ``<network>_explored.csv``: ``tried``, ``fold``, and UAR by corpus.
    """
    text = (
        "UAR; one training per row. An empty cell was not measured, or the fold has no speaker of this corpus. A "
        "varied copy or draw is an augmented clip.\n\n"
    )
    return text + _shares_table(rows, ("tried", "fold"))


def ablations(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return what each part of the training contributes.

    Parameters
    ----------
    rows : sequence of mapping
        The rows of ``<network>_ablations.csv``: ``ablation``, and UAR by corpus.
    """
    text = (
        "UAR on the first fold after a short training (four epochs). Each row removes one part of the training; one "
        "training per row. The last row has the shipped settings with another seed: a difference of the same size may "
        "be chance.\n\n"
    )
    return text + _shares_table(rows, ("ablation",))


def features(network: Mapping[str, Any]) -> str:
    """Return what each of the original project's features contributes.

    Parameters
    ----------
    network : mapping
        The entry of ``seed_cnn`` in ``metrics.json``; may be empty.
    """
    rows = [
        [line["feature"], str(line["n"]), percent(line["alone_uar"]), percent(line["without_uar"])]
        for line in network.get("features", [])
    ]
    text = "The 162 time averages with logistic regression, on new RAVDESS speakers (UAR).\n\n"
    return text + table(("feature", "numbers", "alone", "all but this"), rows)


def _shares_table(rows: Sequence[Mapping[str, Any]], text_columns: Sequence[str]) -> str:
    corpora = [name for name in (rows[0] if rows else {}) if name not in text_columns]
    lines = [[*(row[name] for name in text_columns), *(percent(row[corpus]) for corpus in corpora)] for row in rows]
    return table((*text_columns, *corpora), lines)
