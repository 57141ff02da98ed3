"""What a measurement and its page contain; how fast the code is, the benchmarks themselves measure."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as suite
from benchmarks import corpus, fresh_process, machine, many, report
from benchmarks.measurement import AT_LEAST, AT_MOST, Measurement, Setting, interleaved_ms, ratios
from tests.harness.memory import memory_mb
from tests.harness.paths import SAD_VOICE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")

KEYS = {"subject", "key", "name", "unit", "median", "least", "most", "n", "target", "direction", "is_met"}
EXAMPLE = Measurement("corpus", "k", "a quantity", "s", (3.0, 1.0, 2.0))


def run_suite(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, Any]]:
    suite.main(["--tiny", "--json", *arguments])
    output = json.loads(capsys.readouterr().out)
    assert output["machine"]["cores"] >= 1
    assert all(set(measurement) == KEYS for measurement in output["measurements"])
    return {measurement["key"]: measurement for measurement in output["measurements"]}


@pytest.mark.parametrize(
    ("target", "direction", "is_met"),
    [
        (None, AT_MOST, None),
        (2.0, AT_MOST, True),
        (1.9, AT_MOST, False),
        (2.0, AT_LEAST, True),
        (2.1, AT_LEAST, False),
    ],
)
def test_the_median_is_compared_with_the_target(target: float | None, direction: str, is_met: bool | None) -> None:
    values = replace(EXAMPLE, target=target, direction=direction).to_dict()
    assert (values["median"], values["least"], values["most"], values["n"]) == (2.0, 1.0, 3.0, 3)
    assert values["is_met"] is is_met


def test_functions_are_timed_in_turn_after_one_call_each() -> None:
    calls: list[str] = []
    times_ms = interleaved_ms({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 4
    assert all(len(times) == 3 and (times >= 0.0).all() for times in times_ms.values())


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([10.0, 30.0], [5.0, 3.0]) == (2.0, 10.0)


def test_a_fresh_process_reports_its_own_memory_and_not_its_parents() -> None:
    large = np.ones(40_000_000)
    outcome = fresh_process.run(memory_mb)
    assert 1.0 < outcome.result <= outcome.peak_mb < large.nbytes / 1e6 < memory_mb(peak=True)
    assert outcome.wall_s > 0.0


def test_an_error_in_a_fresh_process_is_raised_here() -> None:
    with pytest.raises(RuntimeError, match="memory_mb failed"):
        fresh_process.run(memory_mb, "no process")


def test_time_and_memory_of_each_step_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    measurements = run_suite(capsys, "--only", "proportion", "voice_lab")
    for duration in ("1s", "4s"):
        assert measurements[f"realtime_{duration}"]["median"] > 0.0
        assert measurements[f"memory_{duration}"]["unit"] == "MB"
        names = ("decode", "quality", "predict", "features", "figure")
        steps_s = [measurements[f"{name}_{duration}"]["median"] for name in names]
        assert sum(steps_s) <= measurements[f"analysed_{duration}"]["median"]
    assert measurements["slider"]["target"] == 300.0


def test_without_a_corpus_there_is_no_measurement_of_it(tmp_path: Path) -> None:
    voice = suite.default_setting().voice
    assert corpus.measure(Setting(voice, None)) == []
    assert corpus.measure(Setting(voice, tmp_path)) == []


@pytest.mark.tensorflow
def test_both_recipes_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    measurements = run_suite(capsys, "--only", "against_original")
    assert {"warm_speedup", "cold_speedup", "memory_share"} <= set(measurements)
    assert measurements["memory_original"]["median"] > measurements["memory_ours"]["median"]


def test_the_page_names_every_measurement_and_missed_targets(tmp_path: Path) -> None:
    met_target = replace(EXAMPLE, target=2.5)
    missed_target = replace(EXAMPLE, key="other", name="another quantity", target=0.5)
    report.write(tmp_path, [met_target, missed_target, EXAMPLE], machine.describe())
    page = (tmp_path / report.PAGE).read_text()
    assert "**1 of 2 targets are met.**" in page
    assert "| a quantity | 2 s | 1 to 3, 3 | at most 2.5 s | yes |" in page
    assert "| another quantity | 2 s | 1 to 3, 3 | at most 0.5 s | **no** |" in page
    assert report.PLOT in page
    plot = (tmp_path / report.PLOT).read_text()
    assert "another quantity" in plot


@pytest.mark.parametrize("way", ["loop", "threads"])
def test_many_clips_are_counted_per_second(way: str) -> None:
    assert many.recognise(str(SAD_VOICE), 2, way) > 0.0


def test_the_command_runs_on_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.wav").write_bytes(SAD_VOICE.read_bytes())
    assert many.predict(str(tmp_path)) == 0
    assert capsys.readouterr().out == ""


def test_every_subject_has_a_heading() -> None:
    n_without_subjects = report.page([], machine.describe()).count("\n## ")
    measurements = [replace(EXAMPLE, subject=subject) for subject in suite.SUBJECTS]
    page = report.page(measurements, machine.describe())
    assert page.count("\n## ") == n_without_subjects + len(suite.SUBJECTS)


def test_the_description_does_not_identify_the_machine() -> None:
    description = json.dumps(machine.describe())
    assert platform.node() not in description
    assert "/" not in description
