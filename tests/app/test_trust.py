"""The figures beside an answer are those of the network that gave it."""

from __future__ import annotations

import json

import pytest

from ser_core.inference.model_files import METRICS_NAME
from ser_core.paths import MODELS_DIR
from tests.app.visiting import OpenApp, upload, visible_text
from ui.common.network_choice import NAMES

FIGURES = json.loads((MODELS_DIR / METRICS_NAME).read_text(encoding="utf-8"))


@pytest.mark.parametrize("network", NAMES)
def test_the_figures_beside_an_answer_are_those_of_the_chosen_network(
    open_app: OpenApp, computer_voice: bytes, network: str
) -> None:
    app = upload(open_app(query_params={"network": network}), "voice.wav", computer_voice)
    assert not app.exception
    text = visible_text(app)
    figures = FIGURES[network]
    ravdess = figures["speaker_independent"]["corpora"]["RAVDESS"]["accuracy"]
    assert f"**{ravdess:.0%}** of RAVDESS clips" in text
    if "without_corpus" not in figures:
        assert "How often it is right then was not measured" in text
        return
    shares = [entry["accuracy"] for corpus, entry in figures["without_corpus"].items() if "song" not in corpus]
    assert f"{min(shares):.0%} to {max(shares):.0%} of its answers were right" in text
