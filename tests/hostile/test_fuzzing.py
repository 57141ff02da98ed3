"""Random inputs from Hypothesis for the decoder, in a separate process, because a finding may be a crash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.bounded import NEEDS_LINUX, BoundedWorker
from tests.hostile.kinds import every_container

pytestmark = NEEDS_LINUX

KINDS = every_container(0.1)
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
def damaged_recordings(draw: st.DrawFn) -> bytes:
    """Draw a recording with some parts overwritten or removed, and in some cases without its end."""
    data = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    for _ in range(draw(st.integers(1, 6))):
        # Half of the positions are in the header.
        start = draw(st.integers(0, len(data)) | st.integers(0, 200))
        replacement = draw(st.binary(min_size=1, max_size=8))
        data = data[:start] + replacement + data[start + draw(st.sampled_from([0, len(replacement), 64])) :]
    return data[: draw(st.just(len(data)) | st.integers(0, len(data)))]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(data=damaged_recordings())
def test_damaged_recordings_are_read_or_refused(decoder: BoundedWorker, data: bytes) -> None:
    outcome = decoder.process(data)
    assert outcome.is_accepted, outcome


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(beginning=st.sampled_from(BEGINNINGS), tail=st.binary(max_size=2_000))
def test_random_bytes_after_the_beginning_of_a_recording_are_read_or_refused(
    decoder: BoundedWorker, beginning: bytes, tail: bytes
) -> None:
    outcome = decoder.process(beginning + tail)
    assert outcome.is_accepted, outcome
