"""One training at a time on a host; the others wait in a line, in the order in which they came to their server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Protocol

from ser_core.errors import SerError, TrainingError
from ser_core.own_network.choices import Choices
from ser_core.own_network.host_turn import HostTurn
from ser_core.own_network.progress import Epoch, Result
from ser_core.own_network.training_process import TrainingProcess

# A training at the limits takes about five minutes on two cores. A process that hangs must not block the line.
LONGEST_S = 900.0
# How often the line looks whether another server of the host has ended its training.
_LOOK_EVERY_S = 0.5


class Job(Protocol):
    """A training that runs; ``TrainingProcess`` is one."""

    def reports(self) -> Iterator[Epoch | Result]:
        """Yield what the training reports until it ends or is stopped."""

    def stop(self) -> None:
        """End the training now; safe to call from another thread."""


class Phase(Enum):
    """Phase of a training."""

    WAITING = "in the line"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Training:
    """A visitor's training. A thread of the line changes it; pages read it.

    Parameters
    ----------
    choices : Choices
        What is trained.

    Attributes
    ----------
    phase : Phase
        The present phase.
    epochs : tuple of Epoch
        The epochs so far.
    results : tuple of Result
        One for each split that is finished.
    error : SerError or None
        Why it failed.
    """

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.phase = Phase.WAITING
        self.epochs: tuple[Epoch, ...] = ()
        self.results: tuple[Result, ...] = ()
        self.error: SerError | None = None
        # When the first and the latest epoch were reported.
        self._first_s = self._latest_s = 0.0

    def add_epoch(self, epoch: Epoch, now_s: float) -> None:
        """Add the figures of an epoch that has just ended."""
        if not self.epochs:
            self._first_s = now_s
        self._latest_s = now_s
        self.epochs += (epoch,)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.phase not in (Phase.WAITING, Phase.RUNNING)

    @property
    def share_done(self) -> float:
        """The share of all epochs that are done, 0 to 1."""
        return len(self.epochs) / self._n_all_epochs

    def left_s(self, now_s: float) -> float | None:
        """Return the seconds until the last epoch at the present speed; None before the second epoch."""
        n_done = len(self.epochs)
        if n_done < 2:
            return None
        per_epoch_s = (self._latest_s - self._first_s) / (n_done - 1)
        return max(0.0, per_epoch_s * (self._n_all_epochs - n_done) - (now_s - self._latest_s))

    @property
    def _n_all_epochs(self) -> int:
        return self.choices.n_epochs * len(self.choices.splits)


class WaitingLine:
    """Runs one training at a time; safe to share between threads.

    Parameters
    ----------
    start : callable
        Starts the training of some choices.
    longest_s : float
        A training that takes longer is stopped.
    turn : HostTurn, optional
        What the servers of a host have in common; without it this line is alone on its host.
    """

    def __init__(
        self,
        start: Callable[[Choices], Job] = TrainingProcess,
        *,
        longest_s: float = LONGEST_S,
        turn: HostTurn | None = None,
    ) -> None:
        self._start = start
        self._longest_s = longest_s
        self._turn = turn
        self._lock = threading.Lock()
        self._waiting: list[Training] = []
        self._running: Training | None = None
        self._job: Job | None = None
        self._will_look_again = False

    def enter(self, choices: Choices) -> Training:
        """Put a training at the end of the line; it starts at once if none runs on this host."""
        training = Training(choices)
        with self._lock:
            self._waiting.append(training)
            self._start_next()
        return training

    def n_before(self, training: Training) -> int:
        """Return how many trainings must end before this one starts; 0 for one that has started or ended."""
        with self._lock:
            if training not in self._waiting:
                return 0
            return self._waiting.index(training) + (self._running is not None or self._is_elsewhere())

    @property
    def n_trainings(self) -> int:
        """How many trainings run or wait. One that was cancelled a moment ago does not count.

        Of those of the host's other servers, only the one that runs is known.
        """
        with self._lock:
            is_running = self._is_elsewhere() if self._running is None else not self._running.is_over
            return len(self._waiting) + is_running

    @property
    def running_method(self) -> str | None:
        """The method of the training that runs; None while there is none."""
        running = self._running
        return running.choices.method if running else None

    def leave(self, training: Training) -> None:
        """Cancel a training, whether it waits or runs; without effect if it is over."""
        with self._lock:
            if training in self._waiting:
                self._waiting.remove(training)
                training.phase = Phase.CANCELLED
            elif training is self._running and self._job is not None:
                training.phase = Phase.CANCELLED
                self._job.stop()

    def _start_next(self) -> None:
        """Start the first training of the line if none runs on this host; the lock is held."""
        while self._running is None and self._waiting:
            if self._turn is not None and not self._turn.take():
                self._look_again_later()
                return
            training = self._waiting.pop(0)
            try:
                job = self._start(training.choices)
            except OSError:
                self._give_turn_back()
                training.error = _not_started()
                training.phase = Phase.FAILED
                continue
            training.phase = Phase.RUNNING
            self._running, self._job = training, job
            threading.Thread(target=self._run, args=(training, job), name="own training", daemon=True).start()

    def _run(self, training: Training, job: Job) -> None:
        limit = threading.Timer(self._longest_s, job.stop)
        limit.daemon = True
        limit.start()
        try:
            for report in job.reports():
                if isinstance(report, Epoch):
                    training.add_epoch(report, time.monotonic())
                else:
                    training.results += (report,)
        except SerError as error:
            training.error = error
        finally:
            limit.cancel()
            with self._lock:
                self._end(training)
                self._running = self._job = None
                self._give_turn_back()
                if self._turn is None:
                    self._start_next()
                else:
                    # Not at once: a training that waits on another server would never have its turn.
                    self._look_again_later(2 * _LOOK_EVERY_S)

    def _look_again_later(self, after_s: float = _LOOK_EVERY_S) -> None:
        """Try to start the first training of the line in a moment; the lock is held."""
        if self._will_look_again or not self._waiting:
            return
        self._will_look_again = True
        timer = threading.Timer(after_s, self._look_again)
        timer.daemon = True
        timer.start()

    def _look_again(self) -> None:
        with self._lock:
            self._will_look_again = False
            self._start_next()

    def _is_elsewhere(self) -> bool:
        return self._turn is not None and self._turn.is_elsewhere()

    def _give_turn_back(self) -> None:
        if self._turn is not None:
            self._turn.give_back()

    def _end(self, training: Training) -> None:
        if training.phase is Phase.CANCELLED:
            return
        if len(training.results) == len(training.choices.splits):
            training.phase = Phase.FINISHED
            return
        training.error = training.error or TrainingError(
            "The training took too long and was stopped",
            expected=f"an end within {self._longest_s / 60:.0f} minutes",
            advice="Choose fewer clips or fewer epochs",
        )
        training.phase = Phase.FAILED


def _not_started() -> TrainingError:
    return TrainingError(
        "The training cannot start",
        expected="a server that may start another process, with free memory",
        advice="Try again later",
    )
