"""Tasks on threads: results in order, few tasks at a time, and errors at their place."""

from __future__ import annotations

import pytest

from ser_core.inference.in_order import InOrder


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_are_in_the_order_of_the_tasks(workers: int) -> None:
    results = []
    with InOrder[int](workers) as tasks:
        for number in range(20):
            results += tasks.add(lambda number=number: number)  # type: ignore[misc]
            assert number - len(results) < 2 * workers
        results += tasks.rest()
    assert results == list(range(20))


def test_an_error_comes_at_the_place_of_its_task() -> None:
    def fail() -> int:
        raise ValueError("second")

    results: list[int] = []
    with InOrder[int](2) as tasks:
        for task in (lambda: 1, fail, lambda: 3):
            results += tasks.add(task)
        rest = tasks.rest()
        results.append(next(rest))
        with pytest.raises(ValueError, match="second"):
            next(rest)
    assert results == [1]
