"""The committed figures that several pages show."""

from __future__ import annotations

import csv
import gzip

import pytest

from ser_core.paths import MODELS_DIR
from ui.common.metrics_store import listeners_agreement

CODES = {"ANG": "angry", "DIS": "disgust", "FEA": "fear", "HAP": "happy", "NEU": "neutral", "SAD": "sad"}


def test_listeners_agreement_is_the_share_of_the_votes_for_the_intended_emotion() -> None:
    with gzip.open(MODELS_DIR / "data" / "crema_d_votes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # The emotion's code is the third part of a clip's name: 1001_DFA_ANG_XX.
    matching = sum(int(row[CODES[row["clip"].split("_")[2]]]) for row in rows)
    n_votes = sum(int(row[label]) for row in rows for label in CODES.values())
    # The few clips with a defect do not count.
    assert listeners_agreement() == pytest.approx(matching / n_votes, abs=0.001)
