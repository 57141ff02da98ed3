"""The Model page, as a visitor meets it: every number is one of the committed figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.model_files import MODELS_DIR
from tests.app.visiting import OpenApp
from ui.model import store

SECTIONS = ["How good", "Mix-ups", "How sure", "For whom", "Learning", "Inside", "Model card"]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return json.loads((MODELS_DIR / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture
def open_model(open_app: OpenApp) -> OpenApp:
    def open_it(section: str = "How good") -> AppTest:
        app = open_app("pages/model.py")
        return app if section == "How good" else app.get_by_key("model_section").set_value(section).run()

    return open_it


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def drawn(app: AppTest, key: str) -> dict[str, Any]:
    """Return a chart as JSON."""
    return next(json.loads(each.proto.spec) for each in app.get("plotly_chart") if key in each.proto.id)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_shows_itself(open_model: OpenApp, section: str) -> None:
    app = open_model(section)
    assert not app.exception
    assert not app.error


def test_the_headline_is_on_new_voices_and_has_its_interval(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app = open_model()
    ours = figures["ser_cnn"]
    found = ours["speaker_independent"]["corpora"]["RAVDESS"]
    assert app.metric[0].label == "RAVDESS, new voices"
    assert app.metric[0].value == f"{found['uar']:.1%}"
    assert app.metric[2].value == f"{ours['random_split']['corpora']['RAVDESS']['uar']:.1%}"
    low, high = found["uar_interval"]
    assert f"{low:.1%} to {high:.1%}" in said(app)
    assert f"**{ours['random_split']['corpora']['TESS']['uar']:.1%}**" in said(app)


def test_the_chart_of_corpora_holds_the_figures(open_model: OpenApp, figures: dict[str, Any]) -> None:
    traces = {trace["name"]: trace for trace in drawn(open_model(), "yardsticks")["data"]}
    corpora = figures["ser_cnn"]["speaker_independent"]["corpora"]
    shown = dict(zip(traces["ours, on new voices"]["y"], traces["ours, on new voices"]["text"], strict=True))
    assert all(shown[corpus] == f"{found['uar']:.1%}" for corpus, found in corpora.items())


def test_the_confusion_matrix_counts_what_was_measured(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app = open_model("Mix-ups")
    app.get_by_key("mixup_corpus").set_value("RAVDESS").run()
    app.get_by_key("mixup_counts").set_value(True).run()
    found = figures["ser_cnn"]["speaker_independent"]["corpora"]["RAVDESS"]
    texts = drawn(app, "mixups")["data"][0]["text"]
    assert texts == [[f"{n:,}" for n in row] for row in found["confusion"]]
    assert f"**{found['n']:,} clips of {found['n_speakers']} speakers**" in said(app)


def test_the_clips_behind_each_cell_are_as_many_as_it_counts(figures: dict[str, Any]) -> None:
    answers = store.answers()
    for corpus, found in figures["ser_cnn"]["speaker_independent"]["corpora"].items():
        rows = answers[answers["corpus"] == corpus]
        counts = [
            [int(((rows["emotion"] == meant) & (rows["answer"] == answered)).sum()) for answered in found["labels"]]
            for meant in found["labels"]
        ]
        np.testing.assert_array_equal(counts, found["confusion"])


def test_how_sure_says_the_measured_figures(open_model: OpenApp, figures: dict[str, Any]) -> None:
    text = said(open_model("How sure"))
    ours = figures["ser_cnn"]
    assert f"**{ours['reliability']['expected_calibration_error']:.1%}**" in text
    assert f"**{ours['selective']['overall']['coverage']:.1%}**" in text
    assert f"**{ours['selective']['overall']['accuracy']:.1%}**" in text


def test_groups_are_shown_with_their_intervals(open_model: OpenApp, figures: dict[str, Any]) -> None:
    bars = drawn(open_model("For whom"), "by_sex")["data"][0]
    sexes = figures["ser_cnn"]["speaker_independent"]["sex"]
    expected = [f"{found['uar']:.1%}" for of_corpus in sexes.values() for found in of_corpus.values()]
    assert bars["text"] == expected


def test_the_card_is_the_committed_one(open_model: OpenApp) -> None:
    text = said(open_model("Model card"))
    card = (MODELS_DIR / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert all(line in text for line in card.splitlines() if line and not line.startswith("#"))


def test_missing_figures_are_told_kindly(open_model: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MODELS_DIR", tmp_path)
    app = open_model()
    assert not app.exception
    assert "metrics.json is missing" in app.error[0].value
