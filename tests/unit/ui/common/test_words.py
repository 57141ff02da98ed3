from __future__ import annotations

import pytest

from ui.common.words import percent


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "<1%"), (0.004, "<1%"), (0.01, "1%"), (0.624, "62%"), (0.99, "99%"), (0.998, ">99%")]
)
def test_nothing_is_certain_or_impossible(share: float, said: str) -> None:
    assert percent(share) == said
