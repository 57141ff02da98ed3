"""What was heard of a stream, as the app's timeline and as a table to take away."""

from __future__ import annotations

import csv
import io

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Timeline
from ser_core.live.history import Moments

# Of a long stream every second, third ... moment is drawn.
_MAX_DRAWN = 600


def timeline_of(moments: Moments) -> Timeline:
    """Return moments as a timeline, 600 points at the most.

    Each point stands where its answer was given: its window's start and end are the same.
    """
    every = max(1, -(-len(moments.time_s) // _MAX_DRAWN))
    time_s = moments.time_s[::every]
    return Timeline(time_s, time_s, moments.probabilities[::every])


def timeline_to_csv(moments: Moments) -> str:
    """Return moments as CSV text, one row each; emotion, "unsure" and probabilities are empty where nobody spoke."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", "level_db", "pitch_hz", "emotion", "unsure", *LABELS])
    for number, is_answered in enumerate(moments.is_answered):
        pitch_hz = moments.pitch_hz[number]
        row = [
            round(float(moments.time_s[number]), 3),
            round(float(moments.level_db[number]), 1),
            "" if np.isnan(pitch_hz) else round(float(pitch_hz), 1),
        ]
        if is_answered:
            shares = moments.probabilities[number]
            row += [LABELS[shares.argmax()], int(moments.is_unsure[number]), *(round(float(p), 4) for p in shares)]
        else:
            row += [""] * (2 + len(LABELS))
        writer.writerow(row)
    return text.getvalue()
