"""What a measurement is, and how two ways of doing the same are compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

AT_MOST, AT_LEAST = "at most", "at least"


@dataclass(frozen=True)
class Setting:
    """How much is measured.

    Parameters
    ----------
    voice : Path
        A recording of a real voice, or a committed computer voice.
    corpora_dir : Path or None
        Where the real recordings are; None where there are none.
    repeats : int
        How often what takes milliseconds is timed.
    processes : int
        How often what takes a fresh process is.
    durations_s : tuple of float
        Of the clips whose cost is compared.
    n_clips : int
        Clips whose features are extracted in one go.
    visitors : int
        How many visit the app at the same time.
    """

    voice: Path
    corpora_dir: Path | None
    repeats: int = 40
    processes: int = 3
    durations_s: tuple[float, ...] = (3.0, 30.0, 600.0)
    n_clips: int = 2400
    visitors: int = 20

    def tiny(self) -> Setting:
        """Return the least that goes through all of it."""
        return Setting(self.voice, self.corpora_dir, 2, 1, (1.0, 4.0), 4, 2)


@dataclass(frozen=True)
class Figure:
    """One thing that was measured.

    Parameters
    ----------
    subject, key : str
        What it is called in JSON.
    name : str
        What it is called in the table.
    unit : str
        Of all its values.
    values : tuple of float
        One a measurement.
    target : float or None
        What it ought to be; None where it is only told.
    direction : str
        ``AT_MOST`` or ``AT_LEAST`` the target.
    """

    subject: str
    key: str
    name: str
    unit: str
    values: tuple[float, ...]
    target: float | None = None
    direction: str = AT_MOST

    @property
    def median(self) -> float:
        """The middle value."""
        return float(np.median(self.values))

    @property
    def is_met(self) -> bool | None:
        """Whether the median is what it ought to be; None without a target."""
        if self.target is None:
            return None
        return self.median <= self.target if self.direction == AT_MOST else self.median >= self.target

    def to_dict(self) -> dict[str, Any]:
        """Return it, JSON-ready."""
        return {
            "subject": self.subject,
            "key": self.key,
            "name": self.name,
            "unit": self.unit,
            "median": self.median,
            "least": min(self.values),
            "most": max(self.values),
            "n": len(self.values),
            "target": self.target,
            "direction": self.direction if self.target is not None else None,
            "is_met": self.is_met,
        }


def interleaved_ms(ways: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, np.ndarray]:
    """Time several ways of doing something by turns, so that whatever else the machine does disturbs all alike.

    Parameters
    ----------
    ways : mapping of str to callable
        Each is called once more before, and not timed then.
    repeats : int
        Rounds.

    Returns
    -------
    dict of str to np.ndarray [shape=(repeats,)]
        Milliseconds by the clock.
    """
    for run in ways.values():
        run()
    times_ms = {name: np.empty(repeats) for name in ways}
    for number in range(repeats):
        for name, run in ways.items():
            started_s = time.perf_counter()
            run()
            times_ms[name][number] = 1000.0 * (time.perf_counter() - started_s)
    return times_ms


def ratios(of: Sequence[float], to: Sequence[float]) -> tuple[float, ...]:
    """Return how many times as large one measurement is as the other, round by round."""
    return tuple(float(each) for each in np.divide(of, to))
