"""What Hypothesis thinks up for the decoder: in a process of its own, since what it finds may be a crash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.recordings import every_kind
from tests.hostile.bounded import MEASURED_HERE, BoundedWorker

pytestmark = MEASURED_HERE

KINDS = every_kind(0.1)
BEGINNINGS = [
    b"",
    b"ID3\4\0\0",
    b"\xff\xfb",
    b"\xff\xf1",
    *(data[:length] for data in KINDS.values() for length in (4, 48)),
]


@pytest.fixture(scope="module")
def decoder() -> Iterator[BoundedWorker]:
    worker = BoundedWorker("decode")
    yield worker
    worker.close()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A recording with some stretches overwritten, and perhaps its end cut off or something added."""
    data = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    for _ in range(draw(st.integers(1, 6))):
        # Half of the places are in the header, where every byte counts.
        start = draw(st.integers(0, len(data)) | st.integers(0, 200))
        stretch = draw(st.binary(min_size=1, max_size=8))
        data = data[:start] + stretch + data[start + draw(st.sampled_from([0, len(stretch), 64])) :]
    return data[: draw(st.just(len(data)) | st.integers(0, len(data)))]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(data=damaged())
def test_damaged_recordings(decoder: BoundedWorker, data: bytes) -> None:
    ending = decoder.give(data)
    assert ending.is_well, ending


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=2_000))
def test_any_bytes_behind_the_beginning_of_a_recording(decoder: BoundedWorker, beginning: bytes, rest: bytes) -> None:
    ending = decoder.give(beginning + rest)
    assert ending.is_well, ending
