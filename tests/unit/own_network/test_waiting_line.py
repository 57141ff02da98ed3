"""One training at a time: three visitors in the line, who cancel, fail or leave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ser_core.errors import TrainingError
from ser_core.own_network.choices import MLP, RANDOM, Choices
from ser_core.own_network.host_turn import HostTurn
from ser_core.own_network.progress import Epoch, Result
from ser_core.own_network.waiting_line import Phase, Training, WaitingLine
from tests.harness.stub_training import StubJob, StubLine

CHOICES = Choices(n_epochs=2, splits=(RANDOM,), method=MLP)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 5.0
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)


@pytest.fixture
def bench() -> Iterator[StubLine]:
    bench = StubLine()
    yield bench
    bench.may_end.set()


def test_three_visitors_are_served_one_after_the_other(bench: StubLine) -> None:
    trainings = [bench.line.enter(CHOICES) for _ in range(3)]
    assert [bench.line.n_before(training) for training in trainings] == [0, 1, 2]
    wait_until(lambda: len(trainings[0].epochs) == 1)
    assert [training.phase for training in trainings] == [Phase.RUNNING, Phase.WAITING, Phase.WAITING]
    assert (bench.line.n_trainings, bench.line.running_method) == (3, MLP)
    assert len(bench.jobs) == 1
    bench.may_end.set()
    wait_until(lambda: all(training.is_over for training in trainings))
    assert [training.phase for training in trainings] == [Phase.FINISHED] * 3
    assert [len(training.results) for training in trainings] == [1, 1, 1]
    assert len(bench.jobs) == 3
    wait_until(lambda: bench.line.running_method is None)


def test_a_visitor_who_leaves_the_line_makes_it_shorter(bench: StubLine) -> None:
    first, second, third = (bench.line.enter(CHOICES) for _ in range(3))
    bench.line.leave(second)
    assert second.phase is Phase.CANCELLED
    assert bench.line.n_before(third) == 1
    bench.may_end.set()
    wait_until(lambda: third.is_over and first.is_over)
    assert len(bench.jobs) == 2


def test_cancelling_the_running_one_starts_the_next(bench: StubLine) -> None:
    first, second = bench.line.enter(CHOICES), bench.line.enter(CHOICES)
    bench.line.leave(first)
    wait_until(lambda: second.phase is Phase.RUNNING)
    assert bench.jobs[0].is_stopped
    assert first.phase is Phase.CANCELLED
    assert first.results == ()
    bench.line.leave(first)
    assert not bench.jobs[1].is_stopped


def test_a_training_that_takes_too_long_is_stopped() -> None:
    line = WaitingLine(lambda choices: StubJob(choices, threading.Event()), longest_s=0.05)
    training = line.enter(CHOICES)
    wait_until(lambda: training.is_over)
    assert training.phase is Phase.FAILED
    assert "took too long" in str(training.error)


class FailingJob(StubJob):
    def reports(self) -> Iterator[Epoch | Result]:
        yield Epoch(RANDOM, 1, 1.0, 0.5, 1.0, 0.5)
        raise TrainingError("It broke", expected="memory", advice="Wait")


def test_after_a_failure_the_next_one_starts(bench: StubLine) -> None:
    starts = iter([FailingJob, StubJob])
    bench.may_end.set()
    line = WaitingLine(lambda choices: next(starts)(choices, bench.may_end))
    first, second = line.enter(CHOICES), line.enter(CHOICES)
    wait_until(lambda: second.is_over)
    assert (first.phase, second.phase) == (Phase.FAILED, Phase.FINISHED)
    assert "It broke" in str(first.error)


def test_a_host_that_starts_no_process_is_reported() -> None:
    def refuse(choices: Choices) -> StubJob:
        raise OSError

    training = WaitingLine(refuse).enter(CHOICES)
    assert training.phase is Phase.FAILED
    assert "cannot start" in str(training.error)


def test_the_time_left_follows_from_the_epochs_so_far() -> None:
    training = Training(Choices(n_epochs=10, splits=(RANDOM,)))
    assert training.left_s(0.0) is None
    for number, now_s in enumerate((100.0, 102.0, 104.0), start=1):
        training.add_epoch(Epoch(RANDOM, number, 1.0, 0.5, 1.0, 0.5), now_s)
    assert training.share_done == pytest.approx(0.3)
    assert training.left_s(104.0) == pytest.approx(14.0)
    assert training.left_s(105.0) == pytest.approx(13.0)
    assert training.left_s(500.0) == 0.0


def test_two_servers_of_a_host_train_one_after_the_other(bench: StubLine, tmp_path: Path) -> None:
    other_bench = StubLine()
    first_line, second_line = (
        WaitingLine(one._start, turn=HostTurn(tmp_path / "lock")) for one in (bench, other_bench)
    )
    first, next_of_first = first_line.enter(CHOICES), first_line.enter(CHOICES)
    assert first.phase is Phase.RUNNING
    assert second_line.n_trainings == 1
    second = second_line.enter(CHOICES)
    assert (second.phase, second_line.n_before(second), second_line.n_trainings) == (Phase.WAITING, 1, 2)
    bench.may_end.set()
    # Not the other one of the first server, which would begin again and again.
    wait_until(lambda: second.phase is Phase.RUNNING)
    assert (first.phase, next_of_first.phase) == (Phase.FINISHED, Phase.WAITING)
    assert first_line.n_before(next_of_first) == 1
    other_bench.may_end.set()
    wait_until(lambda: next_of_first.is_over and second.is_over)
    wait_until(lambda: first_line.n_trainings + second_line.n_trainings == 0)


def test_a_visitor_can_leave_while_another_server_trains(bench: StubLine, tmp_path: Path) -> None:
    elsewhere = HostTurn(tmp_path / "lock")
    assert elsewhere.take()
    line = WaitingLine(bench._start, turn=HostTurn(tmp_path / "lock"))
    training = line.enter(CHOICES)
    line.leave(training)
    assert training.phase is Phase.CANCELLED
    elsewhere.give_back()
    later = line.enter(CHOICES)
    wait_until(lambda: later.phase is Phase.RUNNING)
    assert len(bench.jobs) == 1


def test_a_host_that_starts_no_process_lets_another_server_train(tmp_path: Path) -> None:
    def refuse(choices: Choices) -> StubJob:
        raise OSError

    WaitingLine(refuse, turn=HostTurn(tmp_path / "lock")).enter(CHOICES)
    assert not HostTurn(tmp_path / "lock").is_elsewhere()
