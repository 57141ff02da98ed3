"""A function over many tasks in several processes, with the results as soon as they are there.

This module imports little, because each of these processes imports it again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from ser_core import threads
from ser_core.errors import WorkerError

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks that wait for each worker, so that none is idle; few, because each result waits in memory.
AHEAD_PER_WORKER = 2


def map_tasks(
    function: Callable[[Task], Result], tasks: Sequence[Task], cluster: str | None = None
) -> Generator[tuple[int, Result]]:
    """Apply a function to each task, with one process per core or on a cluster.

    If the generator is closed before its end, as after Ctrl-C, the processes of this machine are ended.

    Parameters
    ----------
    function : callable
        Function of one task. Another process must be able to import it.
    tasks : sequence
        The tasks. Another process must be able to unpickle them.
    cluster : str, optional
        Address of the scheduler of a Dask cluster, such as ``"tcp://scheduler:8786"``; by default, processes on this
        machine do the work.

    Yields
    ------
    tuple of int and result
        The place of a task, counted from 0, and its result, in the order in which they are ready. Each place comes
        once.

    Raises
    ------
    WorkerError
        If a process of this machine has ended, or the cluster cannot be reached any more.
    """
    if cluster is None:
        yield from _map_on_cores(function, tasks)
        return
    from ser_core.parallel.cluster import map_on_cluster

    yield from map_on_cluster(function, tasks, cluster)


def _map_on_cores(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
    n_workers = max(min(os.cpu_count() or 1, len(tasks)), 1)
    # Spawn, not fork: TensorFlow's threads may already run in this process, and a forked lock is never released.
    earlier_processes = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(n_workers, mp_context=get_context("spawn"), initializer=_begin_worker)
    remaining = iter(enumerate(tasks))
    places: dict[Future[Result], int] = {}
    is_done = False
    try:
        while True:
            with _workers_without_interrupts():
                for place, task in islice(remaining, AHEAD_PER_WORKER * n_workers - len(places)):
                    places[pool.submit(function, task)] = place
            if not places:
                is_done = True
                return
            for future in wait(places, return_when=FIRST_COMPLETED).done:
                yield places.pop(future), future.result()
    except BrokenProcessPool:
        raise WorkerError(
            "A process that did a part of the work has ended",
            expected="processes that run until the end, and enough memory for one on each core",
            advice="Run the same command again",
        ) from None
    finally:
        if not is_done:
            # After Ctrl-C, the results of the parts in work are not needed.
            for process in set(multiprocessing.active_children()) - earlier_processes:
                process.terminate()
        pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threads.use_one_thread()


@contextmanager
def _workers_without_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach; this process ends them.

    A terminal sends Ctrl-C to all processes. A worker that is still loading its modules would report where it was. A
    process inherits the signals that are blocked while it is started. This process gets the signal after the block.
    """
    if not hasattr(signal, "pthread_sigmask"):
        # Windows. There, only a worker that has begun ignores Ctrl-C.
        yield
        return
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)
