"""The Model page on strangers, with figures of a network that takes voice profiles, and of one that is never sure."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.paths import MODELS_DIR
from tests.app.visiting import OpenApp, set_widget, visible_text
from ui.common import metrics_store

NETWORK = "ser_cnn"
# Points of UAR that each kind of profile gains.
GAINS = {"3 clips": 0.05, "10 clips": 0.1, "10 clips of one mood": -0.004}


def with_profiles(strangers: dict[str, Any]) -> dict[str, Any]:
    """Return figures for strangers as they are for a network with voice profiles that is sure of some clips."""
    none = "no profile"
    figures = copy.deepcopy(strangers)
    figures["mean"][none] |= {"uar": 0.45, "sure": 0.06, "right_when_sure": 0.756, "right_in_small_sets": 0.81}
    figures["worst"][none] |= {"right_when_sure": 0.623}
    for profile, gain in GAINS.items():
        figures["mean"][profile] = {**figures["mean"][none], "uar": 0.45 + gain}
        figures["worst"][profile] = figures["worst"][none]
        figures["corpora"][profile] = {
            corpus: {**results, "uar": results["uar"] + gain} for corpus, results in figures["corpora"][none].items()
        }
        figures["bins"][profile] = figures["bins"][none]
    return figures


def never_sure(strangers: dict[str, Any]) -> dict[str, Any]:
    """Return figures for strangers of a network that never names one emotion and has no small set."""
    nothing = {"sure": 0.0, "right_when_sure": None, "small_sets": 0.0, "right_in_small_sets": None}
    figures = copy.deepcopy(strangers)
    for rows in (figures["mean"], figures["worst"], figures["corpora"]["no profile"]):
        for results in rows.values():
            results |= nothing
    return figures


@pytest.fixture
def open_with(open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Return a function that opens a section with other figures for strangers; none if they are None."""
    figures = json.loads((MODELS_DIR / "metrics.json").read_text(encoding="utf-8"))

    def open_section(section: str, strangers: dict[str, Any] | None, **others: Any) -> AppTest:
        changed = {network: dict(of_network) for network, of_network in figures.items()}
        changed[NETWORK] |= {"strangers": strangers, **others}
        if strangers is None:
            del changed[NETWORK]["strangers"]
        (tmp_path / "metrics.json").write_text(json.dumps(changed), encoding="utf-8")
        monkeypatch.setattr(metrics_store, "MODELS_DIR", tmp_path)
        return open_app("pages/model.py", {"section": section, "network": NETWORK})

    return open_section


@pytest.fixture(scope="module")
def strangers() -> dict[str, Any]:
    figures = json.loads((MODELS_DIR / "metrics.json").read_text(encoding="utf-8"))
    measured: dict[str, Any] = figures[NETWORK]["strangers"]
    return measured


def test_how_good_shows_what_each_profile_gains(open_with: OpenApp, strangers: dict[str, Any]) -> None:
    unseen = {profile: {"EmoDB": {"uar": 0.8}} for profile in GAINS}
    app = open_with("how-good", with_profiles(strangers), unseen_corpus_profile=unseen)
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["A stranger"] == "45.0%"
    assert shown["3 clips known"] == "50.0%"
    assert shown["10 clips known"] == "55.0%"
    # A profile of one mood is a difficult case, no headline.
    assert len(shown) == 4
    (table,) = (frame.value for frame in app.dataframe if frame.value.index.name == "corpus left out")
    assert list(table.columns) == ["no profile", *GAINS]
    assert table.loc["mean", "10 clips"] == pytest.approx(55.0)
    assert table.loc["EmoDB, never trained on", "10 clips"] == pytest.approx(80.0)
    (networks,) = (frame.value for frame in app.dataframe if frame.value.index.name == "tested on")
    assert networks.loc["strangers, 10 clips known", NETWORK] == pytest.approx(55.0)


def test_how_sure_shows_what_strangers_are_told(open_with: OpenApp, strangers: dict[str, Any]) -> None:
    app = open_with("how-sure", with_profiles(strangers))
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["6.0%", "75.6%"]
    text = visible_text(app)
    assert "right in **75.6%** of the cases, and in 62.3% on the worst corpus" in text
    assert "then loses 0.4 points" in text
    tables = {frame.value.index.name: frame.value for frame in app.dataframe}
    assert list(tables["voice profile"].index) == ["no profile", *GAINS]
    assert list(tables["corpus left out"].index)[:2] == ["mean", "worst"]
    measured = strangers["corpora"]["no profile"]["RAVDESS"]
    assert tables["corpus left out"].loc["RAVDESS", "UAR"] == pytest.approx(100 * measured["uar"])
    set_widget(app, f"stranger_profile_{NETWORK}", "10 clips")
    assert app.query_params["profile"] == "10-clips"
    (table,) = (frame.value for frame in app.dataframe if frame.value.index.name == "corpus left out")
    assert table.loc["RAVDESS", "UAR"] == pytest.approx(100 * (measured["uar"] + 0.1))


def test_a_network_that_is_never_sure_says_so_in_words(open_with: OpenApp, strangers: dict[str, Any]) -> None:
    app = open_with("how-sure", never_sure(strangers))
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["never", "never said"] * 2
    assert "never sure enough of a stranger" in visible_text(app)
    (table,) = (frame for frame in app.dataframe if frame.value.index.name == "corpus left out")
    assert table.value["right of these"].isna().all()
    assert table.proto.placeholder == "no such clip"
    assert "voice profile" not in {frame.value.index.name for frame in app.dataframe}


@pytest.mark.parametrize("section", ["how-good", "how-sure", "for-whom"])
def test_a_network_without_figures_for_strangers_says_so(open_with: OpenApp, section: str) -> None:
    app = open_with(section, None)
    assert not app.exception
    assert not app.error
    if section != "for-whom":
        assert "**Strangers**: not measured for this network" in visible_text(app)
