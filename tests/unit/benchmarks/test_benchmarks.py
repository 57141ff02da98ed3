from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import __main__ as suite
from benchmarks import fresh, machine, report
from benchmarks.runner import AT_LEAST, Figure, Setting, interleaved_ms, ratios

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux tells it")

KEYS = {"subject", "key", "name", "unit", "median", "least", "most", "n", "target", "direction", "is_met"}


def figure(**changes: object) -> Figure:
    known = {"subject": "corpus", "key": "k", "name": "a thing", "unit": "s", "values": (3.0, 1.0, 2.0)}
    return Figure(**{**known, **changes})


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, object]]:
    suite.main(["--tiny", "--json", *arguments])
    told = json.loads(capsys.readouterr().out)
    assert told["machine"]["cores"] >= 1
    assert all(set(each) == KEYS for each in told["figures"])
    return {each["key"]: each for each in told["figures"]}


@pytest.mark.parametrize(
    ("changes", "is_met"),
    [
        ({}, None),
        ({"target": 2.0}, True),
        ({"target": 1.9}, False),
        ({"target": 2.0, "direction": AT_LEAST}, True),
        ({"target": 2.1, "direction": AT_LEAST}, False),
    ],
)
def test_the_median_decides(changes: dict[str, object], is_met: bool | None) -> None:
    told = figure(**changes).to_dict()
    assert (told["median"], told["least"], told["most"], told["n"]) == (2.0, 1.0, 3.0, 3)
    assert told["is_met"] is is_met


def test_ways_are_timed_by_turns_after_one_call_each() -> None:
    calls: list[str] = []
    times_ms = interleaved_ms({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 4
    assert all(len(each) == 3 and (each >= 0.0).all() for each in times_ms.values())


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([10.0, 30.0], [5.0, 3.0]) == (2.0, 10.0)


def test_a_fresh_process_tells_its_own_memory() -> None:
    large = np.ones(40_000_000)
    found = fresh.run(fresh.memory_mb)
    assert 1.0 < found.said <= found.peak_mb < large.nbytes / 1e6 < fresh.memory_mb(peak=True)
    assert found.wall_s > 0.0


def test_what_fails_in_its_own_process_fails_here() -> None:
    with pytest.raises(RuntimeError, match="memory_mb failed"):
        fresh.run(fresh.memory_mb, "no process")


def test_long_clips_cost_time_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "--only", "proportion", "voice_lab")
    for duration in ("1s", "4s"):
        assert found[f"realtime_{duration}"]["median"] > 0.0
        assert found[f"memory_{duration}"]["unit"] == "MB"
        names = ("decode", "quality", "predict", "features", "figure")
        steps = [found[f"{name}_{duration}"]["median"] for name in names]
        assert sum(steps) <= found[f"analysed_{duration}"]["median"]
    assert found["slider"]["target"] == 300.0


def test_a_corpus_is_measured(tmp_path: Path) -> None:
    from benchmarks import corpus

    voice = suite.default_setting().voice
    assert corpus.measure(Setting(voice, None)) == []
    assert corpus.measure(Setting(voice, tmp_path)) == []


@pytest.mark.tensorflow
def test_against_the_originals_recipe(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "--only", "against_original")
    assert {"warm_speedup", "cold_speedup", "memory_share"} <= set(found)
    assert found["memory_original"]["median"] > found["memory_ours"]["median"]


def test_the_page_tells_every_figure_and_what_is_missed(tmp_path: Path) -> None:
    figures = [figure(target=2.5), figure(key="other", name="another thing", target=0.5), figure(key="told")]
    report.write(tmp_path, figures, machine.describe())
    page = (tmp_path / report.PAGE).read_text()
    assert "**1 of 2 targets are met.**" in page
    assert "| a thing | 2 s | 1 to 3, 3 | at most 2.5 s | yes |" in page
    assert "| another thing | 2 s | 1 to 3, 3 | at most 0.5 s | **no** |" in page
    assert report.PLOT in page
    plot = (tmp_path / report.PLOT).read_text()
    assert "another thing" in plot


def test_every_subject_has_its_heading() -> None:
    of_none = report.page([], machine.describe()).count("\n## ")
    page = report.page([figure(subject=subject) for subject in suite.SUBJECTS], machine.describe())
    assert page.count("\n## ") == of_none + len(suite.SUBJECTS)


def test_nothing_tells_whose_machine_it_was() -> None:
    import platform

    told = json.dumps(machine.describe())
    assert platform.node() not in told
    assert "/" not in told
