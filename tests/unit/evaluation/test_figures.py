"""What people read is what was measured."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from ser_core.evaluation.figures import CARD_NAME, make_figures
from ser_core.evaluation.model_card import model_card
from ser_core.inference.model_files import METRICS_NAME
from ser_core.paths import MODELS_DIR


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    return json.loads((MODELS_DIR / METRICS_NAME).read_text(encoding="utf-8"))


def test_the_figures_are_those_of_the_committed_answers(metrics: dict[str, Any]) -> None:
    assert json.loads(json.dumps(make_figures(MODELS_DIR))) == metrics


def test_the_card_says_what_the_figures_say(metrics: dict[str, Any]) -> None:
    assert model_card(metrics) == (MODELS_DIR / CARD_NAME).read_text(encoding="utf-8")


def test_a_figure_changed_by_hand_changes_the_card(metrics: dict[str, Any]) -> None:
    flattered = copy.deepcopy(metrics)
    flattered["ser_cnn"]["speaker_independent"]["corpora"]["RAVDESS"]["uar"] += 0.01
    assert model_card(flattered) != model_card(metrics)


def test_the_shipped_network_was_trained_as_the_measured_one(metrics: dict[str, Any]) -> None:
    config = json.loads((MODELS_DIR / "ser_cnn" / "config.json").read_text(encoding="utf-8"))
    assert config["training"]["settings"] == metrics["ser_cnn"]["settings"]
    assert config["training"]["data_fingerprint"] == metrics["ser_cnn"]["data_fingerprint"]
    assert config["temperature"] == metrics["ser_cnn"]["calibration"]["temperature"]
    assert config["confidence_threshold"] == metrics["ser_cnn"]["calibration"]["confidence_threshold"]
