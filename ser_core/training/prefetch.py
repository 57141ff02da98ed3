"""Prepare the next item in another thread while the current one is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def prefetch(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items in their order, while another thread prepares the next item.

    Parameters
    ----------
    items : iterable
        Items that take time to make.

    Yields
    ------
    object
        The items.
    """
    iterator = iter(items)

    def next_item() -> list[Item]:
        """Return a list with the next item; an empty list at the end."""
        return list(islice(iterator, 1))

    with ThreadPoolExecutor(max_workers=1) as pool:
        upcoming = pool.submit(next_item)
        while item := upcoming.result():
            upcoming = pool.submit(next_item)
            yield from item
