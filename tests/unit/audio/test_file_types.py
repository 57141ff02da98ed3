"""The endings of files that may hold speech."""

from __future__ import annotations

from ser_core.audio.file_types import AUDIO_SUFFIXES


def test_the_endings_are_sorted_unique_and_in_lower_case_with_a_dot() -> None:
    assert list(AUDIO_SUFFIXES) == sorted(set(AUDIO_SUFFIXES))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in AUDIO_SUFFIXES)
