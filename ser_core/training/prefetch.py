"""Make the next thing while the last one is being used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")


def prefetch(things: Iterable[Thing]) -> Iterator[Thing]:
    """Yield things in their order, the next one already being made by another thread."""
    source, end = iter(things), object()
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = pool.submit(next, source, end)
        while (thing := ahead.result()) is not end:
            ahead = pool.submit(next, source, end)
            yield thing
