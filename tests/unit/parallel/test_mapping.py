"""A function over many tasks, in processes of this machine."""

from __future__ import annotations

import os
import pickle

import pytest

from ser_core.errors import SerError, StorageError, WorkerError
from ser_core.parallel.mapping import map_tasks


def test_each_task_comes_back_once_with_its_place() -> None:
    words = [str(10**n) for n in range(9)]
    assert sorted(map_tasks(len, words)) == [(n, n + 1) for n in range(9)]
    assert list(map_tasks(len, [])) == []


def test_a_process_that_ends_is_an_error_with_advice() -> None:
    with pytest.raises(WorkerError, match="Run the same command again"):
        list(map_tasks(os._exit, [1]))


def test_an_error_keeps_its_parts_between_processes() -> None:
    error = StorageError("The disk is full", expected="free space", advice="Delete something")
    copy: SerError = pickle.loads(pickle.dumps(error))
    assert type(copy) is StorageError
    assert (copy.problem, copy.expected, copy.advice) == (error.problem, error.expected, error.advice)
