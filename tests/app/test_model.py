"""The Model page under AppTest: every number on it is one of the committed figures."""

from __future__ import annotations

import json
from itertools import chain, cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.paths import MODELS_DIR
from tests.app.visiting import OpenApp, set_widget, visible_text
from ui.common import engine, metrics_store
from ui.model import architecture_section, store

SECTIONS = ["How good", "Mix-ups", "How sure", "For whom", "Learning", "Inside", "Model card"]
# The network of which everything was measured.
SHOWN = "ser_cnn"
NETWORKS = list(json.loads((MODELS_DIR / "metrics.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((MODELS_DIR / "metrics.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture
def open_model(open_app: OpenApp) -> OpenApp:
    def open_section(section: str = "How good", network: str = SHOWN) -> AppTest:
        return open_app("pages/model.py", {"section": section.lower().replace(" ", "-"), "network": network})

    return open_section


def cell_texts(app: AppTest) -> list[str]:
    """Return the texts in the cells of the confusion matrix, row by row."""
    return [annotation["text"] for annotation in chart_json(app, "confusion")["layout"]["annotations"]]


def chart_json(app: AppTest, key: str) -> dict[str, Any]:
    """Return the chart with a key as Plotly's JSON."""
    return next(json.loads(chart.proto.spec) for chart in app.get("plotly_chart") if key in chart.proto.id)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("network", NETWORKS)
def test_each_section_opens_without_an_error_for_each_network(open_model: OpenApp, section: str, network: str) -> None:
    app = open_model(section, network)
    assert not app.exception
    assert not app.error


def test_the_network_that_answers_is_shown_unless_another_one_is_chosen(open_app: OpenApp) -> None:
    app = open_app("pages/model.py")
    assert app.session_state["model_network"] == metrics_store.SHIPPED
    set_widget(app, "model_network", metrics_store.ORIGINAL)
    assert app.query_params["network"] == metrics_store.ORIGINAL
    assert "not measured for this network" in visible_text(app)
    set_widget(app, "model_section", "Mix-ups")
    assert app.session_state["model_network"] == metrics_store.ORIGINAL
    # The choice of what answers on other pages is another one.
    assert "network" not in app.session_state


def test_strangers_are_the_headline(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, strangers = open_model(), figures[SHOWN]["strangers"]
    assert (app.metric[0].label, app.metric[0].value) == ("A stranger", f"{strangers['mean']['no profile']['uar']:.1%}")
    assert (app.metric[-1].label, app.metric[-1].value) == ("Guessing", f"{strangers['guessing']:.1%}")
    trace = {trace["name"]: trace for trace in chart_json(app, "strangers_by_corpus")["data"]}["a stranger"]
    shown = dict(zip(trace["y"], trace["x"], strict=True))
    for corpus, results in strangers["corpora"]["no profile"].items():
        assert shown[corpus] == results["uar"]


def test_the_networks_are_compared_and_what_is_missing_is_named(open_model: OpenApp, figures: dict[str, Any]) -> None:
    (table,) = (frame for frame in open_model().dataframe if frame.value.index.name == "tested on")
    assert list(table.value.columns) == list(reversed(figures))
    for network, ours in figures.items():
        shown = table.value[network]
        assert shown["RAVDESS"] == pytest.approx(100 * ours["speaker_independent"]["corpora"]["RAVDESS"]["uar"])
        if "strangers" in ours:
            assert shown["strangers"] == pytest.approx(100 * ours["strangers"]["mean"]["no profile"]["uar"])
        else:
            assert np.isnan(shown["strangers"])
        if "random_split" in ours:
            assert shown["TESS, random split"] == pytest.approx(100 * ours["random_split"]["corpora"]["TESS"]["uar"])
    assert table.proto.placeholder == "not measured"


def test_the_random_split_is_explained_with_the_measured_figures(open_model: OpenApp, figures: dict[str, Any]) -> None:
    text, ours = visible_text(open_model()), figures[SHOWN]
    assert "**Why 71% is too high**" in text
    assert f"**{ours['random_split']['corpora']['TESS']['uar']:.1%}**" in text
    assert f"**{ours['speaker_independent']['corpora']['TESS']['uar']:.1%}**" in text


def test_the_chart_of_corpora_shows_the_measured_figures(open_model: OpenApp, figures: dict[str, Any]) -> None:
    traces = {trace["name"]: trace for trace in chart_json(open_model(), "uar_by_corpus")["data"]}
    corpora = figures[SHOWN]["speaker_independent"]["corpora"]
    text_of_corpus = dict(zip(traces["on new speakers"]["y"], traces["on new speakers"]["text"], strict=True))
    assert all(text_of_corpus[corpus] == f"{results['uar']:.1%}" for corpus, results in corpora.items())


def test_the_confusion_matrix_holds_the_measured_counts(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app = open_model("Mix-ups")
    set_widget(app, f"mixup_corpus_{SHOWN}", "RAVDESS")
    set_widget(app, "mixup_counts", True)
    ravdess = figures[SHOWN]["speaker_independent"]["corpora"]["RAVDESS"]
    assert cell_texts(app) == [f"{count:,}" for row in ravdess["confusion"] for count in row]
    assert f"**{ravdess['n']:,} clips of {ravdess['n_speakers']} speakers**" in visible_text(app)


def test_the_result_of_people_comes_with_its_caveats(open_model: OpenApp) -> None:
    text = visible_text(open_model())
    assert "share of the votes" in text
    assert "only heard the clip" in text
    assert "one of six emotions" in text
    assert "more than 80 % of its listeners" in text


@pytest.mark.parametrize("corpus", ["RAVDESS", "TESS"])
def test_the_folds_have_the_measured_uar_and_add_up_to_the_corpus(
    open_model: OpenApp, figures: dict[str, Any], corpus: str
) -> None:
    app = open_model("Mix-ups")
    set_widget(app, f"mixup_corpus_{SHOWN}", corpus)
    set_widget(app, "mixup_counts", True)
    new_voices = figures[SHOWN]["speaker_independent"]
    total = np.zeros_like(new_voices["corpora"][corpus]["confusion"])
    for fold, uar in new_voices["folds"][corpus].items():
        set_widget(app, f"mixup_group_{SHOWN}_{corpus}", fold)
        assert not app.exception
        assert f"[UAR](#word-uar) **{uar:.1%}**" in visible_text(app)
        total += np.reshape([int(text.replace(",", "")) for text in cell_texts(app)], total.shape)
    np.testing.assert_array_equal(total, new_voices["corpora"][corpus]["confusion"])


def test_each_cell_of_the_confusion_matrix_counts_the_clips_behind_it(figures: dict[str, Any]) -> None:
    answers = store.answers(SHOWN)
    for corpus, results in figures[SHOWN]["speaker_independent"]["corpora"].items():
        rows = answers[answers["corpus"] == corpus]
        counts = [
            [int(((rows["emotion"] == intended) & (rows["answer"] == answer)).sum()) for answer in results["labels"]]
            for intended in results["labels"]
        ]
        np.testing.assert_array_equal(counts, results["confusion"])


def test_calibration_of_strangers_is_the_measured_one(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, strangers = open_model("How sure"), figures[SHOWN]["strangers"]
    assert f"**{strangers['mean']['no profile']['expected_calibration_error']:.1%}**" in visible_text(app)
    curve = chart_json(app, "reliability")["data"][1]
    bins = strangers["bins"]["no profile"]
    assert curve["x"] == [interval["probability"] for interval in bins]
    assert curve["y"] == [interval["right"] for interval in bins]
    assert curve["customdata"] == [interval["n"] for interval in bins]
    curves = {
        trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in chart_json(app, "coverage")["data"]
    }
    assert curves == {corpus: list(map(tuple, curve)) for corpus, curve in strangers["curves"].items()}


def test_a_network_without_strangers_shows_the_calibration_for_new_speakers(
    open_model: OpenApp, figures: dict[str, Any]
) -> None:
    without = [network for network, ours in figures.items() if "strangers" not in ours]
    for network in without:
        app = open_model("How sure", network)
        assert "not measured for this network" in visible_text(app)
        assert f"**{figures[network]['reliability']['expected_calibration_error']:.1%}**" in visible_text(app)


def test_calibration_for_new_speakers_is_the_measured_one(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, ours = open_model("How sure"), figures[SHOWN]
    (table,) = (frame.value for frame in app.dataframe if frame.value.index.name == "corpus")
    measured = ours["speaker_independent"]["corpora"] | ours["unseen_corpus"]
    assert list(table.index) == list(measured)
    for corpus, results in measured.items():
        assert table.loc[corpus, "calibration error"] == pytest.approx(100 * results["expected_calibration_error"])
        assert table.loc[corpus, "one emotion"] == pytest.approx(100 * results["selective"]["coverage"])
        accuracy = results["selective"]["accuracy"]
        right = table.loc[corpus, "right of these"]
        assert np.isnan(right) if accuracy is None else right == pytest.approx(100 * accuracy)


def test_the_roc_curve_of_each_emotion_is_the_measured_one(open_model: OpenApp, figures: dict[str, Any]) -> None:
    traces = chart_json(open_model("How sure"), "roc")["data"]
    measured = figures[SHOWN]["roc"]
    assert len(traces) == len(measured)
    for trace, (label, curve) in zip(traces, measured.items(), strict=True):
        assert trace["name"] == f"{label} {curve['area']:.2f}"
        assert (trace["x"], trace["y"]) == (curve["false_alarms"], curve["hits"])


Bar = tuple[str, str, list[float] | None]


def bars_with_intervals(chart: dict[str, Any]) -> list[Bar]:
    """Return the name, the written UAR, and the lower and upper bound of each bar."""
    (bars,) = chart["data"]
    spread = zip(bars["x"], bars["error_x"]["arrayminus"], bars["error_x"]["array"], strict=True)
    ends = [None if minus is None else [round(x - minus, 4), round(x + plus, 4)] for x, minus, plus in spread]
    return list(zip(bars["y"], bars["text"], ends, strict=True))


def measured_bars(groups: dict[str, Any]) -> list[Bar]:
    return [(name, f"{results['uar']:.1%}", results["uar_interval"]) for name, results in groups.items()]


def test_groups_are_shown_with_their_intervals(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app, new_voices = open_model("For whom"), figures[SHOWN]["speaker_independent"]
    sexes = {
        f"{corpus}, {sex}": results for corpus, by_sex in new_voices["sex"].items() for sex, results in by_sex.items()
    }
    assert bars_with_intervals(chart_json(app, "by_sex")) == measured_bars(sexes)
    assert len(new_voices["age"]) == 3
    assert bars_with_intervals(chart_json(app, "by_age")) == measured_bars(new_voices["age"])


def test_corpora_never_trained_on_are_the_measured_ones(open_model: OpenApp, figures: dict[str, Any]) -> None:
    ours = figures[SHOWN]
    unseen = ours["unseen_corpus"] | ours.get("without_corpus", {})
    assert "EmoDB" in unseen
    assert bars_with_intervals(chart_json(open_model("For whom"), "unseen")) == measured_bars(unseen)
    # There is no interval for TESS: it has only two voices.
    assert unseen["TESS"]["uar_interval"] is None
    traces = {trace["name"]: trace for trace in chart_json(open_model(), "uar_by_corpus")["data"]}
    for name, network in (("on new speakers", SHOWN), ("the original's recipe", "seed_cnn")):
        uar_of_corpus = dict(zip(traces[name]["y"], traces[name]["x"], strict=True))
        assert uar_of_corpus["EmoDB, never trained on"] == figures[network]["unseen_corpus"]["EmoDB"]["uar"]


def test_the_table_of_voices_shows_the_measured_uar_with_and_without_the_oracle(
    open_model: OpenApp, figures: dict[str, Any]
) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("For whom").dataframe}
    table, ours = tables["corpus"], figures[SHOWN]
    measured = ours["speaker_independent"]["corpora"] | ours["unseen_corpus"]
    assert list(table.index) == list(measured)
    for corpus, results in measured.items():
        assert table.loc[corpus, "UAR"] == pytest.approx(100 * results["uar"])
        assert table.loc[corpus, "if each voice were known"] == pytest.approx(100 * results["oracle_prior_uar"])


def test_the_table_of_corruptions_is_the_measured_one(open_model: OpenApp, figures: dict[str, Any]) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("For whom").dataframe}
    table, measured = tables["recording"], figures[SHOWN]["corrupted"]
    assert list(table.index) == ["as it is", *list(measured)[1:]]
    for position, results in enumerate(measured.values()):
        assert table["UAR"].iloc[position] == pytest.approx(100 * results["uar"])
        assert table["points lost"].iloc[position] == pytest.approx(100 * results["lost"])


@pytest.mark.parametrize("column", ["loss", "test_uar"])
def test_learning_curves_are_the_logged_ones(open_model: OpenApp, figures: dict[str, Any], column: str) -> None:
    plotted = {
        (trace["name"], epoch): value
        for trace in chart_json(open_model("Learning"), f"curve_{column}")["data"]
        for epoch, value in zip(trace["x"], trace["y"], strict=True)
    }
    log = figures[SHOWN]["learning_curve"]
    groups = {f"fold-{number}": f"group {number + 1}" for number in range(5)}
    assert plotted == {(groups[row["fold"]], row["epoch"]): row[column] for row in log}


def test_tables_of_the_training_are_the_measured_ones(open_model: OpenApp, figures: dict[str, Any]) -> None:
    tables = {frame.value.index.name: frame.value for frame in open_model("Learning").dataframe}
    ablations = figures[SHOWN].get("ablations", [])
    assert ("training" in tables) == bool(ablations)
    for index, rows in (("training", ablations), ("tested on", figures[SHOWN]["explored"])):
        for position, row in enumerate(rows):
            for corpus in set(row) - {"ablation", "fold", "tried"}:
                if row[corpus] is not None:
                    assert tables[index][corpus].iloc[position] == pytest.approx(100 * row[corpus])
    tables = {frame.value.index.name: frame.value for frame in open_model("Learning", "seed_cnn").dataframe}
    for row in figures["seed_cnn"]["features"]:
        assert tables["feature"].loc[row["feature"], "alone"] == pytest.approx(100 * row["alone_uar"])
        assert tables["feature"].loc[row["feature"], "all but this"] == pytest.approx(100 * row["without_uar"])


@pytest.mark.parametrize("section", SECTIONS[:-1])
def test_no_section_shows_internal_names_or_the_word_none(open_model: OpenApp, section: str) -> None:
    app = open_model(section)
    labels = [option for group in app.button_group for option in group.options]
    page_text = "\n".join([visible_text(app), *labels, *(chart.proto.spec for chart in app.get("plotly_chart"))])
    for word in ("fold-", "fifth", "test uar", "test_uar"):
        assert word not in page_text
    for frame in app.dataframe:
        assert frame.proto.HasField("placeholder") or not frame.value.isna().any(axis=None)
        assert not {"fold", "fifth"} & {frame.value.index.name, *frame.value.columns}


def test_the_words_of_the_training_tables_are_explained(open_model: OpenApp, figures: dict[str, Any]) -> None:
    app = open_model("Learning")
    explained = visible_text(app)
    ours = figures[SHOWN]
    texts = " ".join([*(row["tried"] for row in ours["explored"]), *(row["ablation"] for row in ours["ablations"])])
    for term in ("BYOL-S start", "MixStyle", "mixup", "label smoothing", "label mask", "averaged weights", "seed"):
        assert term in texts
        assert f"- **{term}**: " in explained


@pytest.mark.parametrize(("section", "chart"), [("How sure", "reliability"), ("For whom", "by_sex")])
def test_the_axes_of_narrow_charts_have_a_tick_for_each_quarter(open_model: OpenApp, section: str, chart: str) -> None:
    assert chart_json(open_model(section), chart)["layout"]["xaxis"]["dtick"] == 0.25


def test_the_model_card_is_the_committed_one(open_model: OpenApp) -> None:
    text = visible_text(open_model("Model card"))
    card = (MODELS_DIR / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert all(line in text for line in card.splitlines() if line and not line.startswith("#"))


def test_missing_figures_lead_to_an_error_message_without_an_exception(
    open_model: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics_store, "MODELS_DIR", tmp_path)
    app = open_model()
    assert not app.exception
    assert "metrics.json is missing" in app.error[0].value


def test_the_time_of_a_prediction_does_not_depend_on_what_else_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0
    durations_s = chain([2.0, 0.5, 0.5], cycle([0.5, 0.004, 0.5]))

    def predict(audio: object) -> None:
        nonlocal now_s
        now_s += next(durations_s)

    monkeypatch.setattr(architecture_section.time, "perf_counter", lambda: now_s)
    monkeypatch.setattr(engine, "recognizer", lambda network: SimpleNamespace(predict=predict))
    assert architecture_section._speed_ms.__wrapped__(SHOWN) == pytest.approx(4.0)
