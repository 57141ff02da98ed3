"""The Model page, as a visitor meets it: every number is one of the committed figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.paths import MODELS_DIR
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


@pytest.mark.parametrize("corpus", ["RAVDESS", "TESS"])
def test_the_folds_are_the_measured_ones_and_add_up_to_the_corpus(
    open_model: OpenApp, figures: dict[str, Any], corpus: str
) -> None:
    app = open_model("Mix-ups")
    app.get_by_key("mixup_corpus").set_value(corpus).run()
    app.get_by_key("mixup_counts").set_value(True).run()
    heard = figures["ser_cnn"]["speaker_independent"]
    total = np.zeros_like(heard["corpora"][corpus]["confusion"])
    for fold, uar in heard["folds"][corpus].items():
        app.get_by_key(f"mixup_who_{corpus}").set_value(fold).run()
        assert not app.exception
        assert f"UAR **{uar:.1%}**" in said(app)
        texts = drawn(app, "mixups")["data"][0]["text"]
        total += np.array([[int(n.replace(",", "")) for n in row] for row in texts])
    np.testing.assert_array_equal(total, heard["corpora"][corpus]["confusion"])


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
    assert f"**{ours['selective']['coverage']:.1%}**" in text
    assert f"**{ours['selective']['accuracy']:.1%}**" in text


def test_reliability_and_coverage_are_the_measured_curves(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, ours = open_model("How sure"), figures["ser_cnn"]
    shown = drawn(app, "reliability")["data"][1]
    bins = ours["reliability"]["bins"]
    assert shown["x"] == [each["probability"] for each in bins]
    assert shown["y"] == [each["right"] for each in bins]
    assert shown["customdata"] == [each["n"] for each in bins]
    curves = {trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in drawn(app, "coverage")["data"]}
    measured = {
        "all together": ours["selective"],
        **{corpus: found["selective"] for corpus, found in ours["speaker_independent"]["corpora"].items()},
    }
    assert curves == {name: list(map(tuple, each["curve"])) for name, each in measured.items()}


def test_how_sure_it_is_of_each_corpus_is_what_was_measured(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, ours = open_model("How sure"), figures["ser_cnn"]
    (table,) = (frame.value for frame in app.dataframe)
    measured = ours["speaker_independent"]["corpora"] | ours["unseen_corpus"]
    assert list(table.index) == list(measured)
    for corpus, each in measured.items():
        assert table.loc[corpus, "off by"] == pytest.approx(100 * each["expected_calibration_error"])
        assert table.loc[corpus, "answers"] == pytest.approx(100 * each["selective"]["coverage"])
        assert table.loc[corpus, "right of these"] == pytest.approx(100 * each["selective"]["accuracy"])
    # The page and the card name them.
    too_sure = {corpus for corpus, each in measured.items() if each["selective"]["accuracy"] < 0.75}
    assert too_sure == {"nEMO", "EMOVO"}
    assert "nEMO, EMOVO" in said(app)
    (_, right_of_surest), *_ = curve = measured["TESS"]["selective"]["curve"]
    assert right_of_surest == min(right for _, right in curve)


def test_each_emotions_roc_is_the_measured_one(open_model: OpenApp, figures: dict[str, Any]) -> None:
    traces = drawn(open_model("How sure"), "roc")["data"]
    measured = figures["ser_cnn"]["roc"]
    assert len(traces) == len(measured)
    for trace, (label, curve) in zip(traces, measured.items(), strict=True):
        assert trace["name"].endswith(f" {label} {curve['area']:.2f}")
        assert (trace["x"], trace["y"]) == (curve["false_alarms"], curve["hits"])


Bar = tuple[str, str, list[float] | None]


def bars_with_intervals(chart: dict[str, Any]) -> list[Bar]:
    """Return name, written UAR, and low and high, of each bar."""
    (bars,) = chart["data"]
    spread = zip(bars["x"], bars["error_x"]["arrayminus"], bars["error_x"]["array"], strict=True)
    ends = [None if minus is None else [round(x - minus, 4), round(x + plus, 4)] for x, minus, plus in spread]
    return list(zip(bars["y"], bars["text"], ends, strict=True))


def measured_bars(found: dict[str, Any]) -> list[Bar]:
    return [(name, f"{each['uar']:.1%}", each["uar_interval"]) for name, each in found.items()]


def test_groups_are_shown_with_their_intervals(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, heard = open_model("For whom"), figures["ser_cnn"]["speaker_independent"]
    sexes = {f"{corpus}, {sex}": each for corpus, found in heard["sex"].items() for sex, each in found.items()}
    assert bars_with_intervals(drawn(app, "by_sex")) == measured_bars(sexes)
    ages = {f"{age} years": each for age, each in heard["age"].items()}
    assert len(ages) == 3
    assert bars_with_intervals(drawn(app, "by_age")) == measured_bars(ages)


def test_corpora_never_trained_on_are_the_measured_ones(open_model: OpenApp, figures: dict[str, Any]) -> None:
    ours = figures["ser_cnn"]
    unseen = ours["unseen_corpus"] | ours.get("without_corpus", {})
    assert "EmoDB" in unseen
    assert bars_with_intervals(drawn(open_model("For whom"), "unseen")) == measured_bars(unseen)
    # Two voices are too few for an interval.
    assert unseen["TESS"]["uar_interval"] is None
    traces = {trace["name"]: trace for trace in drawn(open_model(), "yardsticks")["data"]}
    for name, network in (("ours, on new voices", "ser_cnn"), ("the original's recipe", "seed_cnn")):
        shown = dict(zip(traces[name]["y"], traces[name]["x"], strict=True))
        assert shown["EmoDB, never trained on"] == figures[network]["unseen_corpus"]["EmoDB"]["uar"]


def test_what_knowing_the_voice_would_be_worth(open_model: OpenApp, figures: dict[str, Any]) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("For whom").dataframe}
    table, ours = tables["corpus"], figures["ser_cnn"]
    measured = ours["speaker_independent"]["corpora"] | ours["unseen_corpus"]
    assert list(table.index) == list(measured)
    for corpus, each in measured.items():
        assert table.loc[corpus, "UAR"] == pytest.approx(100 * each["uar"])
        assert table.loc[corpus, "if it knew each voice"] == pytest.approx(100 * each["oracle_prior_uar"])


def test_corruptions_cost_what_was_measured(open_model: OpenApp, figures: dict[str, Any]) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("For whom").dataframe}
    table, measured = tables["corruption"], figures["ser_cnn"]["corrupted"]
    assert list(table.index) == list(measured)
    for name, each in measured.items():
        assert table.loc[name, "UAR"] == pytest.approx(100 * each["uar"])
        assert table.loc[name, "points lost"] == pytest.approx(100 * each["lost"])


@pytest.mark.parametrize("column", ["loss", "test_uar"])
def test_learning_curves_are_the_logged_ones(open_model: OpenApp, figures: dict[str, Any], column: str) -> None:
    shown = {
        (trace["name"], epoch): value
        for trace in drawn(open_model("Learning"), f"curve_{column}")["data"]
        for epoch, value in zip(trace["x"], trace["y"], strict=True)
    }
    log = figures["ser_cnn"]["learning_curve"]
    assert shown == {(row["fold"], row["epoch"]): row[column] for row in log}


def test_tables_of_the_training_are_the_measured_ones(open_model: OpenApp, figures: dict[str, Any]) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("Learning").dataframe}
    ablations = figures["ser_cnn"].get("ablations", [])
    assert ("ablation" in tables) == bool(ablations)
    for index, rows in (("ablation", ablations), ("fold", figures["ser_cnn"]["explored"])):
        for place, row in enumerate(rows):
            for corpus in set(row) - {"ablation", "fold", "tried"}:
                if row[corpus] is not None:
                    assert tables[index][corpus].iloc[place] == pytest.approx(100 * row[corpus])
    for row in figures["seed_cnn"]["features"]:
        assert tables["feature"].loc[row["feature"], "alone"] == pytest.approx(100 * row["alone_uar"])
        assert tables["feature"].loc[row["feature"], "all but this"] == pytest.approx(100 * row["without_uar"])


def test_the_card_is_the_committed_one(open_model: OpenApp) -> None:
    text = said(open_model("Model card"))
    card = (MODELS_DIR / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert all(line in text for line in card.splitlines() if line and not line.startswith("#"))


def test_missing_figures_are_handled_for_the_user(
    open_model: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MODELS_DIR", tmp_path)
    app = open_model()
    assert not app.exception
    assert "metrics.json is missing" in app.error[0].value
