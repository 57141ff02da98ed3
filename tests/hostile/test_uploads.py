"""More than a thousand uploads made to do harm: each ends in a sound or one of our errors, soon, in little memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from tests.hostile.bounded import MEASURED_HERE, BoundedWorker
from tests.hostile.uploads import FAMILIES

pytestmark = MEASURED_HERE


@pytest.fixture(scope="module")
def decoder() -> Iterator[BoundedWorker]:
    worker = BoundedWorker("decode")
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def analyser() -> Iterator[BoundedWorker]:
    worker = BoundedWorker("analyse")
    yield worker
    worker.close()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_upload_ends_well(decoder: BoundedWorker, family: str) -> None:
    endings = {name: decoder.give(data) for name, data in FAMILIES[family]()}
    assert {name: ending for name, ending in endings.items() if not ending.is_well} == {}


@pytest.mark.parametrize("family", ["unusual sounds", "unusual rates", "FLAC headers"])
def test_what_can_be_read_goes_through_all_that_pages_do(analyser: BoundedWorker, family: str) -> None:
    endings = {name: analyser.give(data) for name, data in FAMILIES[family]()}
    assert {name: ending for name, ending in endings.items() if not ending.is_well} == {}
    assert any(ending.ended == "result" for ending in endings.values())


def test_there_are_a_thousand_and_they_are_the_same_each_time() -> None:
    small = [family for family in FAMILIES if family not in {"silences", "crowded headers", "short frames"}]
    first, second = (
        {name: hashlib.sha256(data).digest() for family in small for name, data in FAMILIES[family]()} for _ in range(2)
    )
    assert len(first) >= 1_000
    assert first == second
