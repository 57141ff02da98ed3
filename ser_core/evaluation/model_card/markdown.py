"""Tables and numbers of the model card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NOT_MEASURED = "Not measured yet.\n"


def table(header: Iterable[str], rows: Sequence[Iterable[str]]) -> str:
    """Return a table in Markdown; a sentence if there are no rows.

    Parameters
    ----------
    header : iterable of str
        The names of the columns.
    rows : sequence of iterable of str
        The cells.
    """
    if not rows:
        return NOT_MEASURED
    header = list(header)
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def percent(share: float | None, if_none: str = "") -> str:
    """Return a share as a percentage.

    Parameters
    ----------
    share : float or None
        0 to 1.
    if_none : str
        The text for None.
    """
    return if_none if share is None else f"{share:.1%}"


def interval(recognition: Mapping[str, Any]) -> str:
    """Return the interval of a UAR in words.

    Parameters
    ----------
    recognition : mapping
        The result of ``metrics.recognition``.
    """
    ends = recognition["uar_interval"]
    return " to ".join(map(percent, ends)) if ends else "too few speakers"
