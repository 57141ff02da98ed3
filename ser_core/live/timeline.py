"""The predictions of a stream as a timeline for the charts, and as a CSV table to download."""

from __future__ import annotations

import csv
import io

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Timeline
from ser_core.live.history import Moments

# A longer stream is thinned to every second, third ... moment.
_MAX_POINTS = 600


def timeline_of(moments: Moments) -> Timeline:
    """Return moments as a timeline of at most 600 points.

    The start and the end of each window are the same: the time of the prediction.
    """
    stride = max(1, -(-len(moments.time_s) // _MAX_POINTS))
    time_s = moments.time_s[::stride]
    return Timeline(time_s, time_s, moments.probabilities[::stride])


def timeline_to_csv(moments: Moments) -> str:
    """Return moments as CSV text, one row each.

    Emotion, ``unsure`` and probabilities are empty where there is no prediction; pitch is empty where there is none.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", "level_db", "pitch_hz", "emotion", "unsure", *LABELS])
    for index, has_prediction in enumerate(moments.has_prediction):
        pitch_hz = moments.pitch_hz[index]
        row: list[object] = [
            round(float(moments.time_s[index]), 3),
            round(float(moments.level_db[index]), 1),
            "" if np.isnan(pitch_hz) else round(float(pitch_hz), 1),
        ]
        if has_prediction:
            shares = moments.probabilities[index]
            row += [LABELS[shares.argmax()], int(moments.is_unsure[index]), *shares.round(4).tolist()]
        else:
            row += [""] * (2 + len(LABELS))
        writer.writerow(row)
    return text.getvalue()
