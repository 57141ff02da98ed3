"""The committed figures and model card, compared with the committed predictions."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ser_core.evaluation.figures import CARD_NAME, make_figures
from ser_core.evaluation.model_card import model_card
from ser_core.inference.model_files import METRICS_NAME
from ser_core.paths import MODELS_DIR


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    return json.loads((MODELS_DIR / METRICS_NAME).read_text(encoding="utf-8"))


def test_the_committed_figures_agree_with_the_committed_predictions() -> None:
    text = json.dumps(make_figures(MODELS_DIR), indent=1) + "\n"
    assert text == (MODELS_DIR / METRICS_NAME).read_text(encoding="utf-8")


def test_the_committed_card_agrees_with_the_figures(metrics: dict[str, Any]) -> None:
    assert model_card(metrics) == (MODELS_DIR / CARD_NAME).read_text(encoding="utf-8")


def test_a_figure_changed_by_hand_changes_the_card(metrics: dict[str, Any]) -> None:
    flattered = copy.deepcopy(metrics)
    flattered["ser_cnn"]["speaker_independent"]["corpora"]["RAVDESS"]["uar"] += 0.01
    assert model_card(flattered) != model_card(metrics)


def test_the_shipped_network_was_trained_with_the_settings_that_were_measured(metrics: dict[str, Any]) -> None:
    config = json.loads((MODELS_DIR / "ser_cnn" / "config.json").read_text(encoding="utf-8"))
    assert config["training"]["settings"] == metrics["ser_cnn"]["settings"]
    assert config["training"]["data_fingerprint"] == metrics["ser_cnn"]["data_fingerprint"]
    assert config["calibration"] == metrics["ser_cnn"]["calibration"]


def test_figures_without_a_table_are_absent(tmp_path: Path) -> None:
    experiments_dir = tmp_path / "experiments"
    shutil.copytree(MODELS_DIR / "data", tmp_path / "data")
    experiments_dir.mkdir()
    for name in ("ser_cnn_out_of_fold.csv", "ser_cnn_log.csv", "ser_cnn.json"):
        shutil.copy(MODELS_DIR / "experiments" / name, experiments_dir)
    figures = make_figures(tmp_path)
    assert not {"random_split", "unseen_corpus", "corrupted", "ablations"} & set(figures["ser_cnn"])
    assert "Not measured yet." in model_card(figures)
