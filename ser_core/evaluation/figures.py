"""Published figures: from the experiment's tables to ``metrics.json``, which the app, README and the model card show.

``metrics.json`` depends only on committed files; a test computes it again and compares. It has one entry per network:

``network``, ``settings``, ``data_fingerprint``, ``calibration``
    From ``<network>.json``.
``speaker_independent``
    Out-of-fold figures (``metrics.recognition``): ``overall``, by ``corpora`` (with calibration and oracle prior), UAR
    by corpus and fold (``folds``), by ``sex`` and by ``age``.
``random_split``, ``unseen_corpus``, ``unseen_corpus_profile``, ``without_corpus``
    ``metrics.recognition`` by corpus; ``random_split`` under the key ``corpora``, next to ``overall``.
``strangers``
    ``strangers.stranger_figures``: corpora left out of the training, without and with a voice profile.
``affect``
    ``affect_agreement.affect_agreement``: valence and arousal of the same corpora.
``reliability``, ``selective``, ``roc``
    Functions of ``metrics`` on the out-of-fold predictions of all corpora.
``corrupted``
    ``uar`` and ``lost`` (difference to the uncorrupted clips) by corruption.
``learning_curve``, ``explored``, ``ablations``, ``features``, ``speech_detector``
    The rows of ``<network>_log.csv`` and of the tables with these names.
``speech_detector_checks``
    From ``<network>_speech_detector_checks.json``: written by ``tools/check_speech_detector.py``.

An entry is absent where the experiment has no table for it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from ser_core.atomic_write import write_text
from ser_core.dataset import tables
from ser_core.evaluation.affect_agreement import affect_agreement
from ser_core.evaluation.model_card import model_card
from ser_core.evaluation.oracle_prior import oracle_prior_uar
from ser_core.evaluation.strangers import stranger_figures
from ser_core.inference.model_files import METRICS_NAME
from ser_core.metrics import open_answers, recognition, reliability, roc, selective
from ser_core.predictions_table import predictions_path, read_predictions
from ser_core.training.settings import SEED_CNN, SER_CNN, SER_WHISPER

log = logging.getLogger(__name__)

NETWORKS = (SEED_CNN, SER_CNN, SER_WHISPER)
CARD_NAME = "MODEL_CARD.md"

# Corpora with enough women and men to compare them.
_CORPORA_BY_SEX = ("CREMA-D", "RAVDESS")

# The corpus with known ages; youngest and oldest age of each group, in years.
_CORPUS_BY_AGE = "CREMA-D"
_AGE_GROUPS = {"under 30": (0, 29), "30 to 49": (30, 49), "50 and over": (50, 120)}


def make_figures(models_dir: Path) -> dict[str, Any]:
    """Return every figure of every network that was measured.

    Parameters
    ----------
    models_dir : Path
        Holds ``experiments/``, which the experiment command wrote, and ``data/``, the table of clips.

    Returns
    -------
    dict
        The content of ``metrics.json``, by network; see the module's docstring.
    """
    ages = _speaker_ages(models_dir)
    experiments_dir = models_dir / "experiments"
    return {
        network: _network_figures(experiments_dir, network, ages)
        for network in NETWORKS
        if predictions_path(network, "log", experiments_dir).exists()
    }


def write_figures(models_dir: Path) -> None:
    """Write ``metrics.json`` and ``MODEL_CARD.md``.

    Parameters
    ----------
    models_dir : Path
        As in ``make_figures``; the two files are written there.
    """
    figures = make_figures(models_dir)
    write_text(models_dir / METRICS_NAME, json.dumps(figures, indent=1) + "\n")
    write_text(models_dir / CARD_NAME, model_card(figures))
    log.info("wrote %s and %s", METRICS_NAME, CARD_NAME)


def _speaker_ages(models_dir: Path) -> pd.Series:
    """Return the age in years by speaker."""
    clips = tables.read_clips(models_dir / "data")
    return clips.dropna(subset=["speaker", "age_years"]).groupby("speaker")["age_years"].first()


def _network_figures(experiments_dir: Path, network: str, ages: pd.Series) -> dict[str, Any]:
    description = json.loads((experiments_dir / f"{network}.json").read_text(encoding="utf-8"))
    out_of_fold = read_predictions(predictions_path(network, "out_of_fold", experiments_dir))
    sexes = {corpus: out_of_fold[out_of_fold["corpus"] == corpus] for corpus in _CORPORA_BY_SEX}
    figures = {
        **description,
        "speaker_independent": {
            "overall": recognition(out_of_fold),
            "corpora": _by(out_of_fold, "corpus", _new_speaker_recognition),
            "folds": _by(out_of_fold, "corpus", _uar_by_fold),
            "sex": {corpus: _by(rows, "sex", recognition) for corpus, rows in sexes.items() if len(rows)},
            "age": _by_age(out_of_fold, ages),
        },
    }
    random_split = predictions_path(network, "random_split", experiments_dir)
    if random_split.exists():
        table = read_predictions(random_split)
        figures["random_split"] = {"overall": recognition(table), "corpora": _by(table, "corpus", recognition)}
    figures |= {
        "reliability": reliability(out_of_fold),
        "selective": selective(out_of_fold),
        "roc": roc(out_of_fold),
        "learning_curve": _rows(pd.read_csv(predictions_path(network, "log", experiments_dir))),
    }
    optional: dict[str, Callable[[pd.DataFrame], Any]] = {
        "unseen_corpus": lambda table: _by(table, "corpus", _unseen_corpus_recognition),
        "unseen_corpus_profile": lambda table: {
            profile: _by(rows, "corpus", open_answers) for profile, rows in table.groupby("profile", sort=False)
        },
        "without_corpus": lambda table: _by(table, "corpus", recognition),
        "corrupted": _uar_by_corruption,
        "explored": lambda table: _rows(table.astype(object).where(table.notna(), None)),
        "ablations": _rows,
        "features": _rows,
        "speech_detector": _rows,
    }
    without_corpus, voice_profile = (
        pd.read_csv(path, dtype={"clip": "str"}) if path.exists() else None
        for path in (predictions_path(network, kind, experiments_dir) for kind in ("without_corpus", "voice_profile"))
    )
    if without_corpus is not None:
        figures["strangers"] = stranger_figures(without_corpus, voice_profile)
        figures["affect"] = affect_agreement(without_corpus, tables.read_votes(experiments_dir.parent / "data"))
    for kind, measure in optional.items():
        path = predictions_path(network, kind, experiments_dir)
        if path.exists():
            figures[kind] = measure(pd.read_csv(path))
    checks = experiments_dir / f"{network}_speech_detector_checks.json"
    if checks.exists():
        figures["speech_detector_checks"] = json.loads(checks.read_text(encoding="utf-8"))
    return figures


def _by(table: pd.DataFrame, column: str, measure: Callable[[pd.DataFrame], dict[str, Any]]) -> dict[str, Any]:
    return {str(value): measure(rows) for value, rows in table.groupby(column)}


def _rows(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return table.to_dict("records")


def _new_speaker_recognition(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        **recognition(rows),
        "oracle_prior_uar": oracle_prior_uar(rows),
        "expected_calibration_error": reliability(rows)["expected_calibration_error"],
        "selective": selective(rows),
    }


def _uar_by_fold(rows: pd.DataFrame) -> dict[str, float]:
    return {fold: figures["uar"] for fold, figures in _by(rows, "fold", recognition).items()}


def _by_age(out_of_fold: pd.DataFrame, ages: pd.Series) -> dict[str, Any]:
    rows = out_of_fold[out_of_fold["corpus"] == _CORPUS_BY_AGE]
    age_years = rows["speaker"].map(ages)
    groups = {group: rows[age_years.between(*limits)] for group, limits in _AGE_GROUPS.items()}
    return {group: recognition(rows) for group, rows in groups.items() if len(rows)}


def _unseen_corpus_recognition(rows: pd.DataFrame) -> dict[str, Any]:
    accuracy = rows["listeners_right"].mean()
    return {
        **_new_speaker_recognition(rows),
        "listeners_accuracy": None if pd.isna(accuracy) else round(float(accuracy), 4),
    }


def _uar_by_corruption(table: pd.DataFrame) -> dict[str, Any]:
    uars = {name: recognition(rows)["uar"] for name, rows in table.groupby("corruption", sort=False)}
    return {str(name): {"uar": uar, "lost": round(uars["none"] - uar, 4)} for name, uar in uars.items()}
