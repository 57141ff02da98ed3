"""The model card with figures that are changed or missing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from ser_core.evaluation.model_card import model_card
from ser_core.inference.model_files import METRICS_NAME
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR


@pytest.fixture
def figures() -> dict[str, Any]:
    measured: dict[str, Any] = json.loads((MODELS_DIR / METRICS_NAME).read_text(encoding="utf-8"))
    return measured


def section(card: str, heading: str) -> str:
    return card.split(f"## {heading}\n")[1].split("\n## ")[0]


def test_strangers_come_before_known_corpora_and_the_random_split(figures: dict[str, Any]) -> None:
    card = model_card(figures)
    assert card.startswith(f"# Model card: `{DEFAULT_NETWORK}`\n")
    places = [card.index(text) for text in ("## Strangers", "## Answers to strangers", "## New speakers of known")]
    assert places == sorted(places)
    mean = figures[DEFAULT_NETWORK]["strangers"]["mean"]["no profile"]["uar"]
    assert f"| mean | {mean:.1%} |" in card


def test_every_network_is_described_and_compared(figures: dict[str, Any]) -> None:
    card = model_card(figures)
    for network in figures:
        assert f"- **`{network}`**: " in section(card, "The networks")
        assert f"| `{network}` | " in section(card, "The networks side by side")


def test_each_network_with_explored_settings_has_its_table(figures: dict[str, Any]) -> None:
    figures[DEFAULT_NETWORK]["explored"] = [{"tried": "a wider head", "fold": "all", "RAVDESS": 0.5, "TESS": None}]
    tried = section(model_card(figures), "What was tried before the settings were fixed")
    assert f"### `{DEFAULT_NETWORK}`" in tried
    assert "| a wider head | all | 50.0% |  |" in tried


def test_a_network_that_is_never_sure_says_so_in_words(figures: dict[str, Any]) -> None:
    shown = figures[DEFAULT_NETWORK]
    shown["strangers"]["mean"]["no profile"] |= {"sure": 0.0, "right_when_sure": None}
    shown["calibration"]["confidence_threshold"] = 1.01
    answers = section(model_card(figures), "Answers to strangers")
    assert "| no profile | mean | never | no such clip |" in answers
    assert "never reached" in answers
    assert "101.0%" not in answers


@pytest.mark.parametrize(("uar", "words"), [(0.40, "loses 5.0 points"), (0.46, "gains 1.0 points")])
def test_a_skewed_profile_is_compared_with_none(figures: dict[str, Any], uar: float, words: str) -> None:
    strangers = copy.deepcopy(figures[DEFAULT_NETWORK]["strangers"])
    for part in ("mean", "worst", "corpora", "bins"):
        strangers[part]["10 clips of one mood"] = copy.deepcopy(strangers[part]["no profile"])
    strangers["mean"]["no profile"]["uar"] = 0.45
    strangers["mean"]["10 clips of one mood"]["uar"] = uar
    figures[DEFAULT_NETWORK]["strangers"] = strangers
    assert words in section(model_card(figures), "Strangers: a corpus left out of the training")


def test_a_network_that_never_left_a_corpus_out_has_a_card(figures: dict[str, Any]) -> None:
    card = model_card({"seed_cnn": {name: part for name, part in figures["seed_cnn"].items() if name != "strangers"}})
    assert card.startswith("# Model card: `seed_cnn`\n")
    assert section(card, "Strangers: a corpus left out of the training") == "Not measured yet.\n"
    assert "| `seed_cnn` | not measured | not measured |" in card
