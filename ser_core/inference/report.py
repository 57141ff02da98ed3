"""A prediction in the forms that leave the app: the command line's JSON, and the page's downloads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction


def summarise(audio: Audio, prediction: Prediction, notes: Iterable[QualityNote]) -> dict[str, Any]:
    """Return what is said of a clip, JSON-ready.

    Parameters
    ----------
    audio : Audio
        The clip.
    prediction : Prediction
        What the network made of it.
    notes : iterable of QualityNote
        What is wrong with the recording.

    Returns
    -------
    dict
        ``emotion``, ``probabilities``, ``unsure``, ``duration_s`` and ``warnings``.
    """
    return {
        "emotion": prediction.emotion,
        "probabilities": prediction.probabilities,
        "unsure": prediction.unsure,
        "duration_s": audio.duration_s,
        "warnings": [note.message for note in notes],
    }


def to_json(audio: Audio, prediction: Prediction, notes: Iterable[QualityNote]) -> str:
    """Return ``summarise``'s outcome with the timeline, as JSON text.

    The timeline is a list of ``start_s``, ``end_s`` and ``probabilities``, which are null where a window is pause.
    """
    rows = [
        {"start_s": start, "end_s": end, "probabilities": dict(zip(LABELS, values, strict=True)) if heard else None}
        for start, end, values, heard in _timeline_rows(prediction)
    ]
    return json.dumps({**summarise(audio, prediction, notes), "timeline": rows}, indent=1)


def to_csv(audio: Audio, prediction: Prediction) -> str:
    """Return the probabilities as CSV text: a row for the whole clip, then one for each timeline window."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["part", "start_s", "end_s", *LABELS])
    of_clip = prediction.shares.round(6).tolist()
    writer.writerow(["clip", 0, round(audio.duration_s, 3), *of_clip])
    for start, end, values, heard in _timeline_rows(prediction):
        writer.writerow(["window", start, end, *(values if heard else [""] * len(LABELS))])
    return text.getvalue()


def _timeline_rows(prediction: Prediction) -> list[tuple[float, float, list[float], bool]]:
    line = prediction.timeline
    if line is None:
        return []
    return [
        (round(float(start), 3), round(float(end), 3), [round(float(v), 6) for v in values], bool(heard))
        for start, end, values, heard in zip(
            line.start_s, line.end_s, line.probabilities, ~np.isnan(line.probabilities[:, 0]), strict=True
        )
    ]
