"""Each feature has a complete explainer."""

from __future__ import annotations

from dataclasses import fields

import pytest

from ser_core.features.extraction import Features
from ui.common.panels import PANELS
from ui.explore.explainers import BY_PANEL, EXPLAINERS, Explainer

# The axes of frames and bands, which are not features.
AXES = {"time_s", "mel_centres_hz"}


def test_every_panel_is_explained() -> None:
    assert [explainer.panel for explainer in EXPLAINERS] == [panel.key for panel in PANELS]
    assert len(BY_PANEL) == len(EXPLAINERS)


def test_every_feature_is_explained() -> None:
    assert {explainer.field for explainer in EXPLAINERS} - {""} == {field.name for field in fields(Features)} - AXES


@pytest.mark.parametrize("explainer", EXPLAINERS, ids=lambda explainer: explainer.panel)
def test_no_explainer_has_a_gap(explainer: Explainer) -> None:
    for text in (explainer.what, explainer.look_for, explainer.with_emotion, explainer.in_words):
        assert text.endswith((".", ")"))
        assert len(text) > 40
    assert "**" in explainer.with_emotion or "emotion" in explainer.with_emotion
    assert "=" in explainer.equation or "log" in explainer.equation
    assert explainer.equation.count("{") == explainer.equation.count("}")
    assert explainer.paper_url.startswith("https://doi.org/10.")
    assert any(year.isdigit() and len(year) == 4 for year in explainer.paper.replace(",", " ").split())
