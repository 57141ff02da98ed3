"""The batch of a visit: which files it is about, and the rows so far.

It holds rows and averages of the network's values, no files and no sound. The files stay in the upload field, whose
memory is limited for each session (``ui.shell.upload_memory``), and are gone when the visitor opens another page.
"""

from __future__ import annotations

import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from ser_core.inference.many import SpeakerVoices

_KEY = "batch"


@dataclass
class Batch:
    """A batch of files, while it is worked through and after.

    Parameters
    ----------
    identity : hashable
        What it is about: the files, the rule for the speaker, and the network. Another identity is another batch.
    voices : SpeakerVoices or None
        The voices of its speakers so far; None where features are measured, not emotions.
    rows : list of dict
        Its rows so far.
    steps_left : int
        How many steps are left.
    is_stopped : bool
        Whether the visitor has stopped it.
    n_steps_done, worked_s : int, float
        Steps so far, and the time that they took, in seconds.
    """

    identity: Hashable
    voices: SpeakerVoices | None
    steps_left: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    is_stopped: bool = False
    n_steps_done: int = 0
    worked_s: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether every file has its row."""
        return self.steps_left == 0

    @property
    def share_done(self) -> float:
        """Share of the steps that are done, 0 to 1."""
        return self.n_steps_done / max(self.n_steps_done + self.steps_left, 1)

    @property
    def left_s(self) -> float | None:
        """The time that the other steps will take, in seconds; None before the first."""
        return self.steps_left * self.worked_s / self.n_steps_done if self.n_steps_done else None

    def add(self, row: dict[str, Any] | None, steps_left: int, started_s: float) -> float:
        """Add one step, and return the time at its end, as ``time.monotonic`` counts it.

        Parameters
        ----------
        row : dict or None
            The step's row, if it has one.
        steps_left : int
            How many steps are left after it.
        started_s : float
            When the step began.
        """
        now_s = time.monotonic()
        self.worked_s += now_s - started_s
        self.n_steps_done += 1
        self.steps_left = steps_left
        if row is not None:
            self.rows.append(row)
        return now_s


def current() -> Batch | None:
    """Return the batch of the visit; None before the first."""
    batch: Batch | None = st.session_state.get(_KEY)
    return batch


def begin(batch: Batch) -> None:
    """Make a batch the batch of the visit; the rows of an earlier one are dropped."""
    st.session_state[_KEY] = batch


def stop() -> None:
    """Stop the batch; its rows so far stay."""
    batch = current()
    if batch is not None:
        batch.is_stopped = True


def go_on() -> None:
    """Go on with a batch that was stopped."""
    batch = current()
    if batch is not None:
        batch.is_stopped = False


def shown_path(row: dict[str, Any]) -> str:
    """Return the name of a row as it is shown in lists."""
    return str(row["path"]) if "channel" not in row else f"{row['path']}, channel {row['channel']}"
