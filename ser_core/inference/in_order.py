"""Tasks on a few threads, with their results in order and only a few of them waiting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")

# Tasks that are begun or waiting, for each thread. One in work and one waiting keep a thread busy.
_TASKS_PER_THREAD = 2


class InOrder(Generic[T]):
    """Runs tasks and returns their results in the order of the tasks. A context manager.

    Parameters
    ----------
    workers : int
        Number of threads. With one, a task runs when its result is needed, in the caller's thread.
    """

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers) if workers > 1 else None
        self._most_waiting = _TASKS_PER_THREAD * workers if workers > 1 else 1
        self._waiting: deque[Callable[[], T]] = deque()

    def __enter__(self) -> InOrder[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the threads; tasks that have not begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def add(self, task: Callable[[], T]) -> Iterator[T]:
        """Add a task, and yield the results for which the task has to wait.

        Parameters
        ----------
        task : callable
            Returns the result.
        """
        self._waiting.append(task if self._pool is None else self._pool.submit(task).result)
        while len(self._waiting) >= self._most_waiting:
            yield self._waiting.popleft()()

    def rest(self) -> Iterator[T]:
        """Yield the results of all tasks that are left."""
        while self._waiting:
            yield self._waiting.popleft()()
