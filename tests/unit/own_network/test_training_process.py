"""Real trainings in a process of their own: tiny ones."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from ser_core.errors import TrainingError
from ser_core.features.extraction import N_SUMMARY
from ser_core.own_network.answer import answer_clip
from ser_core.own_network.choices import BY_SPEAKER, MLP, SPLITS, Choices
from ser_core.own_network.learning_table import chosen_numbers, draw_table
from ser_core.own_network.progress import Epoch, Result, epochs_to_csv
from ser_core.own_network.shown_code import TABLE_NAME, notebook_code
from ser_core.own_network.trainers import train
from ser_core.own_network.training_process import TrainingProcess
from ser_core.own_network.waiting_line import WaitingLine

TINY = Choices(n_clips=200, n_epochs=2, method=MLP)
TINY_KERAS = Choices(features=("mfcc", "rms"), n_clips=100, n_epochs=1, splits=(BY_SPEAKER,))


def test_a_perceptron_is_trained_for_both_splits_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process = TrainingProcess(TINY)
    reports = list(process.reports())
    epochs = [report for report in reports if isinstance(report, Epoch)]
    results = [report for report in reports if isinstance(report, Result)]
    assert [(epoch.split, epoch.number) for epoch in epochs] == [
        (split, number) for split in SPLITS for number in (1, 2)
    ]
    assert [result.split for result in results] == list(SPLITS)
    random, by_speaker = results
    assert (random.n_train, random.n_test) == (160, 40)
    assert random.n_shared_speakers > 0 == by_speaker.n_shared_speakers
    assert sum(map(sum, random.confusion)) == 40
    assert random.accuracy == pytest.approx(np.trace(random.confusion) / 40)
    assert not psutil.pid_exists(process.pid)
    assert list(tmp_path.iterdir()) == []
    assert epochs_to_csv(epochs).splitlines()[0] == "split,number,loss,accuracy,test_loss,test_accuracy"
    assert len(epochs_to_csv(epochs).splitlines()) == 5
    probabilities = answer_clip(random, TINY, draw_table(TINY).numbers[0])
    assert probabilities.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("how", ["cancel", "server ends"])
def test_the_process_is_gone_when_it_is_not_wanted(how: str) -> None:
    if how == "cancel":
        line = WaitingLine()
        training = line.enter(Choices(n_clips=4000, n_epochs=60, method=MLP))
        process = line._job
        assert isinstance(process, TrainingProcess)
        assert psutil.pid_exists(process.pid)
        line.leave(training)
    else:
        process = TrainingProcess(TINY)
        assert process._process.stdin is not None
        # The end of the server closes the pipe.
        process._process.stdin.close()
        process._process.wait(10)
    deadline_s = time.monotonic() + 10
    while psutil.pid_exists(process.pid):
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    process.stop_and_wait()


def test_a_process_that_dies_is_an_error() -> None:
    process = TrainingProcess(TINY)
    reports = process.reports()
    os.kill(process.pid, 9)
    with pytest.raises(TrainingError, match="ended before it was finished"):
        list(reports)


def test_an_error_of_the_process_reaches_the_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    impossible = Choices(n_clips=100)
    monkeypatch.setattr(Choices, "as_json", lambda self: {"n_clips": 1})
    with pytest.raises(TrainingError, match="outside the limits"):
        list(TrainingProcess(impossible).reports())


@pytest.mark.parametrize(
    "choices", [TINY, pytest.param(TINY_KERAS, marks=pytest.mark.tensorflow)], ids=["mlp", "keras"]
)
def test_a_clip_gets_the_answer_of_the_trained_network(choices: Choices) -> None:
    epochs: list[Epoch] = []
    table = draw_table(choices)
    guesses, files = train(choices, table, BY_SPEAKER, epochs.append)
    assert [epoch.number for epoch in epochs] == list(range(1, choices.n_epochs + 1))
    assert all(0.0 <= epoch.test_accuracy <= 1.0 < epoch.loss < 10.0 for epoch in epochs)
    result = Result(BY_SPEAKER, table.labels, 0, 0, 0, 0, 0.0, 0.0, (), files)
    summaries = np.zeros((len(guesses), N_SUMMARY), np.float32)
    summaries[:, chosen_numbers(choices.features)] = table.numbers[table.is_test(BY_SPEAKER)]
    answers = [int(answer_clip(result, choices, summary).argmax()) for summary in summaries[:20]]
    assert answers == guesses[:20].tolist()


@pytest.mark.parametrize(
    "choices", [TINY, pytest.param(TINY_KERAS, marks=pytest.mark.tensorflow)], ids=["mlp", "keras"]
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_shown_code_runs_as_it_stands(
    choices: Choices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = notebook_code(choices, BY_SPEAKER)
    assert len([line for line in code.splitlines() if line]) <= 26
    # Random numbers start as in the page's training, so the scores are equal.
    assert ("set_random_seed(0)\nnetwork = build_network" in code) == (choices is TINY_KERAS)
    (tmp_path / TABLE_NAME).write_text(draw_table(choices).to_csv(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "notebook", "exec"), {})
    assert "UAR " in capsys.readouterr().out
    assert (tmp_path / "network.keras").exists() == (choices is TINY_KERAS)
