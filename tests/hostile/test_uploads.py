"""More than a thousand hostile uploads: each gives samples or an error of our own, within limits of time and memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.hostile.bounded import NEEDS_LINUX, BoundedWorker
from tests.hostile.uploads import FAMILIES

pytestmark = NEEDS_LINUX

# Families of few and large files.
SLOW_TO_MAKE = {
    "silences", "many tracks", "crowded headers", "crowded new headers", "opposite channels", "huge picture",
}  # fmt: skip


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
def test_every_hostile_upload_is_read_or_refused_within_the_limits(decoder: BoundedWorker, family: str) -> None:
    outcomes = {name: decoder.process(data) for name, data in FAMILIES[family]()}
    assert {name: outcome for name, outcome in outcomes.items() if not outcome.is_accepted} == {}


@pytest.mark.parametrize("family", ["unusual sounds", "unusual rates", "FLAC headers"])
def test_unusual_recordings_pass_every_step_of_the_analysis(analyser: BoundedWorker, family: str) -> None:
    outcomes = {name: analyser.process(data) for name, data in FAMILIES[family]()}
    assert {name: outcome for name, outcome in outcomes.items() if not outcome.is_accepted} == {}
    assert any(outcome.outcome == "result" for outcome in outcomes.values())


def test_the_uploads_are_at_least_a_thousand_and_the_same_in_each_run() -> None:
    small = [family for family in FAMILIES if family not in SLOW_TO_MAKE]
    n_uploads = 0
    for family in small:
        digests = [(name, hashlib.sha256(data).digest()) for name, data in FAMILIES[family]()]
        n_uploads += len(digests)
        again = [(name, hashlib.sha256(data).digest()) for name, data in islice(FAMILIES[family](), 10)]
        assert again == digests[:10]
    assert n_uploads >= 1_000
