"""A measurement, its setting, and the comparison of several ways of doing the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

AT_MOST, AT_LEAST = "at most", "at least"


@dataclass(frozen=True)
class Setting:
    """How much is measured.

    Parameters
    ----------
    voice : Path
        A recording of a real voice, or a committed computer voice.
    corpora_dir : Path or None
        The folder with the real recordings; None if there is none.
    repeats : int
        Number of timings of work that takes milliseconds.
    processes : int
        Number of timings of work that needs a fresh process.
    durations_s : tuple of float
        Lengths of the clips that are compared.
    n_clips : int
        Number of clips in the corpus benchmark.
    visitors : int
        Number of visitors at the same time.
    """

    voice: Path
    corpora_dir: Path | None
    repeats: int = 40
    processes: int = 3
    durations_s: tuple[float, ...] = (3.0, 30.0, 600.0)
    n_clips: int = 2400
    visitors: int = 20

    def tiny(self) -> Setting:
        """Return the smallest setting that runs every measurement."""
        return Setting(
            self.voice, self.corpora_dir, repeats=2, processes=1, durations_s=(1.0, 4.0), n_clips=4, visitors=2
        )


@dataclass(frozen=True)
class Measurement:
    """One measured quantity.

    Parameters
    ----------
    subject, key : str
        Its name in JSON.
    name : str
        Its name in the table.
    unit : str
        Unit of the values and of the target.
    values : tuple of float
        One value per timing.
    target : float or None
        The wanted value; None for a quantity without a target.
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
        """The median of the values."""
        return float(np.median(self.values))

    @property
    def is_met(self) -> bool | None:
        """Whether the median meets the target; None without a target."""
        if self.target is None:
            return None
        return self.median <= self.target if self.direction == AT_MOST else self.median >= self.target

    def to_dict(self) -> dict[str, str | float | bool | None]:
        """Return the measurement, ready for JSON."""
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


def interleaved_ms(functions: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, npt.NDArray[np.float64]]:
    """Time several functions in turn, so that other work of the machine disturbs all alike.

    Parameters
    ----------
    functions : mapping of str to callable
        Each is called once before the timed calls.
    repeats : int
        Number of rounds.

    Returns
    -------
    dict of str to np.ndarray [shape=(repeats,)]
        Wall time in milliseconds.
    """
    for function in functions.values():
        function()
    times_ms = {name: np.empty(repeats) for name in functions}
    for round_number in range(repeats):
        for name, function in functions.items():
            started_s = time.perf_counter()
            function()
            times_ms[name][round_number] = 1000.0 * (time.perf_counter() - started_s)
    return times_ms


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> tuple[float, ...]:
    """Return the ratio of two measurements, round by round."""
    return tuple(float(ratio) for ratio in np.divide(numerators, denominators))
