"""Numbers in words."""

from __future__ import annotations

import pytest

from ui.common.words import percent


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "<1%"), (0.004, "<1%"), (0.01, "1%"), (0.624, "62%"), (0.99, "99%"), (0.998, ">99%")]
)
def test_no_probability_is_shown_as_certain_or_impossible(share: float, words: str) -> None:
    assert percent(share) == words
