"""Working through a batch: progress, the time that is left, and rows that appear as they come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import streamlit as st

from ui.batch import state
from ui.common import event_log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ser_core.batch.judging import Row, Step
    from ui.batch.state import Batch

# The page is drawn anew at most twice a second: each drawing sends the table.
_DRAW_EVERY_S = 0.5


def work(batch: Batch, steps: Iterator[Step], show_rows: Callable[[Sequence[Row]], None]) -> None:
    """Work through the rest of a batch, and show progress.

    When the visitor uses the page meanwhile, Streamlit ends this run at the next drawing, and starts another. That one
    goes on where this one stopped, because the batch has the rows so far.

    Parameters
    ----------
    batch : Batch
        The batch, which gets the rows.
    steps : iterator of Step
        The steps that are left.
    show_rows : callable
        Shows rows as a table.
    """
    bar = st.progress(batch.share_done, _progress_text(batch))
    st.button("Stop", icon=":material/stop_circle:", on_click=state.stop, key="batch_stop")
    place = st.empty()
    drawn_s = started_s = time.monotonic()
    with event_log.timed("batch"):
        for step in steps:
            started_s = batch.add(step.row, step.steps_left, started_s)
            if started_s - drawn_s >= _DRAW_EVERY_S:
                drawn_s = started_s
                bar.progress(batch.share_done, _progress_text(batch))
                with place.container():
                    show_rows(batch.rows)


def _progress_text(batch: Batch) -> str:
    if batch.left_s is None:
        return "Reading the first recording ..."
    left_s = round(batch.left_s)
    left = f"{left_s // 60} min {left_s % 60} s" if left_s >= 60 else f"{max(left_s, 1)} s"
    return f"{len(batch.rows)} recordings done, about {left} left"
