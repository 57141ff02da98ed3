"""A function over many tasks on a Dask cluster that runs already."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from ser_core.errors import WorkerError
from ser_core.parallel.mapping import AHEAD_PER_WORKER

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

Task = TypeVar("Task")
Result = TypeVar("Result")

_CONNECT_S = 10
# Tasks that wait where the cluster has no worker yet.
_MIN_AHEAD = 4
_POLL_S = 0.05
# A cluster that starts workers by itself needs a while: its user is not told at once.
_NO_WORKER_S = 5.0

_LOG = logging.getLogger(__name__)


def map_on_cluster(
    function: Callable[[Task], Result], tasks: Sequence[Task], address: str
) -> Iterator[tuple[int, Result]]:
    """Apply a function to each task on a cluster; see ``mapping.map_tasks``.

    The scheduler gives the tasks of a worker that has ended to another one. Workers may join and leave at any time. As
    long as there is none, this function waits, and a warning says so.
    """
    try:
        from distributed import KilledWorker, as_completed
        from distributed.comm import CommClosedError
    except ModuleNotFoundError:
        raise WorkerError(
            "A cluster needs the package distributed, which is not installed",
            expected="the package distributed, in the version of the cluster",
            advice="Install it with pip install distributed, or leave out --cluster",
        ) from None
    # It reports what is reported below, with the path through its own code.
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client = _connect(address)
    try:
        remaining = iter(enumerate(tasks))
        places: dict[str, int] = {}
        completed = as_completed(loop=client.loop)
        while True:
            n_ahead = max(AHEAD_PER_WORKER * sum(client.nthreads().values()), _MIN_AHEAD)
            for place, task in islice(remaining, max(n_ahead - len(places), 0)):
                # Not pure: two tasks with the same content are two tasks.
                future = client.submit(function, task, pure=False)
                places[future.key] = place
                completed.add(future)
            if not places:
                return
            future = _next(completed, client)
            yield places.pop(future.key), future.result()
    except KilledWorker:
        raise WorkerError(
            "Several workers have ended, one after the other, at the same part of the work",
            expected="workers with enough memory",
            advice="Look at the workers' logs, then run the same command again",
        ) from None
    except (CancelledError, CommClosedError, OSError) as error:
        raise WorkerError(
            "The connection to the cluster's scheduler was lost",
            expected="a scheduler that runs until the end",
            advice="Start the scheduler again, then run the same command again",
        ) from error
    finally:
        client.close(timeout=_CONNECT_S)


def _next(completed: as_completed, client: Client) -> Future:
    """Return the next task that is done; warn once if there is no worker that could do it."""
    is_known, checked_s = False, time.monotonic()
    while not completed.has_ready():
        time.sleep(_POLL_S)
        if is_known or time.monotonic() - checked_s < _NO_WORKER_S:
            continue
        is_known, checked_s = not client.nthreads(), time.monotonic()
        if is_known:
            _LOG.warning(
                "The cluster has no workers. The work begins when one joins: dask worker %s. Ctrl-C ends the wait.",
                client.scheduler.address,
            )
    return next(completed)


def _connect(address: str) -> Client:
    from distributed import Client

    try:
        # A client that cannot connect reports this once more when Python drops it, and may wait for minutes.
        if asyncio.run(_type_of_server(address)) != "Scheduler":
            raise ValueError
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except Exception:
        # What another kind of server answers can raise almost anything.
        raise WorkerError(
            "The scheduler of the cluster cannot be reached",
            expected="an address such as tcp://scheduler:8786",
            advice="Check the address, and that the scheduler runs",
        ) from None


async def _type_of_server(address: str) -> object:
    from distributed.core import rpc
    from distributed.security import Security

    async with rpc(address, timeout=_CONNECT_S, connection_args=Security().get_connection_args("client")) as server:
        return (await asyncio.wait_for(server.identity(), _CONNECT_S)).get("type")
