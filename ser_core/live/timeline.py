"""What a stream was answered, as the app's timeline and as a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ser_core.emotions import LABELS
from ser_core.recognizer import Timeline

if TYPE_CHECKING:
    from ser_core.live.session import Answer

# Of a long stream every second, third ... answer is drawn.
_MAX_DRAWN = 600


def timeline_of(answers: Sequence[Answer]) -> Timeline:
    """Return answers as a timeline: NaN where nobody spoke.

    Parameters
    ----------
    answers : sequence of Answer
        In order.

    Returns
    -------
    Timeline
        600 points at the most. Each stands where its answer was given: start and end are the same.
    """
    drawn = answers[:: -(-len(answers) // _MAX_DRAWN) or 1]
    time_s = np.array([answer.time_s for answer in drawn])
    silence = np.full(len(LABELS), np.nan)
    rows = [
        silence if answer.prediction is None else [answer.prediction.probabilities[label] for label in LABELS]
        for answer in drawn
    ]
    return Timeline(time_s, time_s, np.array(rows, dtype=np.float64).reshape(-1, len(LABELS)))


def timeline_to_csv(answers: Sequence[Answer]) -> str:
    """Return answers as CSV text, one row each; emotion, "unsure" and probabilities are empty where nobody spoke."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", "level_db", "pitch_hz", "emotion", "unsure", *LABELS])
    for answer in answers:
        heard = answer.prediction
        row = [round(answer.time_s, 3), round(answer.level_db, 1), _or_empty(answer.pitch_hz)]
        if heard is None:
            writer.writerow([*row, "", "", *[""] * len(LABELS)])
        else:
            shares = [round(heard.probabilities[label], 4) for label in LABELS]
            writer.writerow([*row, heard.emotion, int(heard.unsure), *shares])
    return text.getvalue()


def _or_empty(pitch_hz: float) -> float | str:
    return "" if np.isnan(pitch_hz) else round(pitch_hz, 1)
