"""From the experiments' tables to ``metrics.json``, which holds every figure about the networks that people see.

A pure function of what is committed: tests make it again and compare.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from ser_core.dataset import tables
from ser_core.evaluation.model_card import model_card
from ser_core.evaluation.oracle_prior import oracle_prior_uar
from ser_core.inference.model_files import METRICS_NAME
from ser_core.metrics import recognition, reliability, roc, selective

log = logging.getLogger(__name__)

NETWORKS = ("seed_cnn", "ser_cnn")
CARD_NAME = "MODEL_CARD.md"

# Corpora with enough people of each kind to compare them.
_GROUPED = ("CREMA-D", "RAVDESS")
_AGES = ((0, 29, "under 30"), (30, 49, "30 to 49"), (50, 120, "50 and over"))


def make_figures(models_dir: Path) -> dict[str, Any]:
    """Return every figure of every network that was measured.

    Parameters
    ----------
    models_dir : Path
        Holds ``experiments/``, which the experiment command wrote, and ``data/``, the table of clips.

    Returns
    -------
    dict
        By network, JSON-ready.
    """
    ages = _speaker_ages(models_dir)
    folder = models_dir / "experiments"
    return {name: _figures_of(folder, name, ages) for name in NETWORKS if (folder / f"{name}_log.csv").exists()}


def write_figures(models_dir: Path) -> None:
    """Write ``metrics.json`` and ``MODEL_CARD.md``."""
    found = make_figures(models_dir)
    (models_dir / METRICS_NAME).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (models_dir / CARD_NAME).write_text(model_card(found), encoding="utf-8")
    log.info("wrote %s and %s", METRICS_NAME, CARD_NAME)


def _speaker_ages(models_dir: Path) -> pd.Series:
    clips = tables.read_clips(models_dir / "data")
    return clips.dropna(subset=["speaker", "age_years"]).groupby("speaker")["age_years"].first()


def _figures_of(folder: Path, network: str, ages: pd.Series) -> dict[str, Any]:
    described = json.loads((folder / f"{network}.json").read_text(encoding="utf-8"))
    heard = pd.read_csv(folder / f"{network}_out_of_fold.csv")
    leaky = pd.read_csv(folder / f"{network}_random_split.csv")
    found = {
        **described,
        "speaker_independent": {
            "overall": recognition(heard),
            "corpora": _by(heard, "corpus", _new_voices),
            "folds": _by(heard, "corpus", _uar_by_fold),
            "sex": {corpus: _by(rows, "sex") for corpus, rows in heard.groupby("corpus") if corpus in _GROUPED},
            "age": _by_age(heard, ages),
        },
        "random_split": {"overall": recognition(leaky), "corpora": _by(leaky, "corpus")},
        "reliability": reliability(heard),
        "selective": selective(heard),
        "roc": roc(heard),
        "learning_curve": pd.read_csv(folder / f"{network}_log.csv").to_dict("records"),
    }
    optional: dict[str, Callable[[pd.DataFrame], Any]] = {
        "unseen_corpus": lambda table: _by(table, "corpus", _unseen),
        "without_corpus": lambda table: _by(table, "corpus"),
        "corrupted": _corrupted,
        "explored": lambda table: table.astype(object).where(table.notna(), None).to_dict("records"),
        "ablations": lambda table: table.to_dict("records"),
        "features": lambda table: table.to_dict("records"),
    }
    for name, measure in optional.items():
        file = folder / f"{network}_{name}.csv"
        if file.exists():
            found[name] = measure(pd.read_csv(file))
    return found


def _by(
    table: pd.DataFrame, column: str, measure: Callable[[pd.DataFrame], dict[str, Any]] = recognition
) -> dict[str, Any]:
    return {str(value): measure(rows) for value, rows in table.groupby(column)}


def _new_voices(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        **recognition(rows),
        "oracle_prior_uar": oracle_prior_uar(rows),
        "expected_calibration_error": reliability(rows)["expected_calibration_error"],
        "selective": selective(rows),
    }


def _uar_by_fold(rows: pd.DataFrame) -> dict[str, float]:
    return {fold: each["uar"] for fold, each in _by(rows, "fold").items()}


def _by_age(heard: pd.DataFrame, ages: pd.Series) -> dict[str, Any]:
    crema_d = heard[heard["corpus"] == "CREMA-D"]
    years = crema_d["speaker"].map(ages)
    return {
        words: recognition(crema_d[years.between(youngest, oldest)])
        for youngest, oldest, words in _AGES
        if years.between(youngest, oldest).any()
    }


def _unseen(rows: pd.DataFrame) -> dict[str, Any]:
    return {**_new_voices(rows), "listeners_accuracy": round(float(rows["listeners_right"].mean()), 4)}


def _corrupted(table: pd.DataFrame) -> dict[str, Any]:
    uars = {name: recognition(rows)["uar"] for name, rows in table.groupby("corruption", sort=False)}
    return {name: {"uar": found, "lost": round(uars["none"] - found, 4)} for name, found in uars.items()}
