"""A function over many tasks in several processes, with the results as soon as they are there.

This module imports little, because each of these processes imports it again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
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
) -> Iterator[tuple[int, Result]]:
    """Apply a function to each task, with one process per core or on a cluster.

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
    pool = ProcessPoolExecutor(n_workers, mp_context=get_context("spawn"), initializer=threads.use_one_thread)
    remaining = iter(enumerate(tasks))
    places: dict[Future[Result], int] = {}
    try:
        while True:
            for place, task in islice(remaining, AHEAD_PER_WORKER * n_workers - len(places)):
                places[pool.submit(function, task)] = place
            if not places:
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
        pool.shutdown(cancel_futures=True)
