"""Numbers and lists in words."""

from __future__ import annotations

from collections.abc import Sequence


def percent(share: float) -> str:
    """Return a probability in whole per cent, never as 0 % and never as 100 %.

    Parameters
    ----------
    share : float
        A probability, 0 to 1.

    Returns
    -------
    str
        ``"62%"``; ``">99%"`` and ``"<1%"`` where rounding would give 100 or 0.
    """
    rounded = round(100 * share)
    return ">99%" if rounded == 100 else "<1%" if rounded == 0 else f"{rounded}%"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: ``"a, b and c"``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
