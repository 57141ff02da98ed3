"""A prediction as text for people and for programs: the output of the command line, and the downloads of the pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.affect import affect_of
from ser_core.inference.recognizer import Prediction
from ser_core.inference.verdict import reach_verdict


@dataclass(frozen=True)
class Provenance:
    """Where a report comes from. A saved report names its clip and the network that made it.

    Parameters
    ----------
    clip : str
        The name of the clip.
    intended : str
        The label that the speaker was asked for; empty when it is unknown.
    network : str
        The name of the network.
    network_sha256 : str
        SHA-256 of the network's file.
    version : str
        The version of this package.
    """

    clip: str
    intended: str
    network: str
    network_sha256: str
    version: str


def summarise(duration_s: float, prediction: Prediction, notes: Sequence[QualityNote]) -> dict[str, Any]:
    """Return a clip's verdict, prediction and defects, JSON-ready.

    Parameters
    ----------
    duration_s : float
        Duration of the clip in seconds.
    prediction : Prediction
        The network's prediction for it.
    notes : sequence of QualityNote
        The defects of the recording.

    Returns
    -------
    dict
        ``verdict`` (``Verdict.as_dict``), ``emotion``, ``probabilities``, ``unsure``, ``valence``, ``arousal``,
        ``compared_with_clips`` (``Prediction.n_compared_clips``), ``duration_s`` and ``warnings``. ``emotion``,
        ``unsure``, ``valence`` and ``arousal`` are None for a recording that is not judged.
    """
    verdict = reach_verdict(prediction, notes)
    is_judged = verdict.kind != "not_judged"
    affect = affect_of(prediction.shares)
    return {
        "verdict": verdict.as_dict(),
        "emotion": prediction.emotion if is_judged else None,
        "probabilities": prediction.probabilities,
        "unsure": prediction.unsure if is_judged else None,
        "valence": affect.valence if is_judged else None,
        "arousal": affect.arousal if is_judged else None,
        "compared_with_clips": prediction.n_compared_clips,
        "duration_s": duration_s,
        "warnings": [note.message for note in notes],
    }


def to_line(summary: Mapping[str, Any]) -> str:
    """Return the verdict as one line of text, with the defects in brackets.

    Parameters
    ----------
    summary : mapping
        What ``summarise`` returns.

    Returns
    -------
    str
        ``"angry (87%)"``, ``"leaning: happy (41%) or fear (35%)"``, ``"open: happy (25%) or fear (22%) or ...; least
        like calm"`` or ``"not judged [The recording is silent.]"``.
    """
    verdict, probabilities = summary["verdict"], summary["probabilities"]
    warnings = "".join(f" [{message}]" for message in summary["warnings"])
    if verdict["kind"] == "not_judged":
        return f"not judged{warnings}"
    likely = " or ".join(f"{label} ({probabilities[label]:.0%})" for label in verdict["set"])
    prefix = "" if verdict["kind"] == "sure" else f"{verdict['kind']}: "
    least_like = f"; least like {verdict['least_like']}" if "least_like" in verdict else ""
    return f"{prefix}{likely}{least_like}{warnings}"


def to_json(
    audio: Audio, prediction: Prediction, notes: Sequence[QualityNote], provenance: Provenance | None = None
) -> str:
    """Return the content of ``summarise``, the timeline and the provenance as JSON text.

    The timeline is a list of ``start_s``, ``end_s`` and ``probabilities``; the latter is null where a window is mostly
    pause.

    Parameters
    ----------
    audio : Audio
        The clip.
    prediction, notes
        As in ``summarise``.
    provenance : Provenance, optional
        Added under the key ``provenance``.
    """
    source = {} if provenance is None else {"provenance": asdict(provenance)}
    timeline = [
        {
            "start_s": row.start_s,
            "end_s": row.end_s,
            "probabilities": None if row.shares is None else dict(zip(LABELS, row.shares, strict=True)),
        }
        for row in _timeline_rows(prediction)
    ]
    return json.dumps({**summarise(audio.duration_s, prediction, notes), "timeline": timeline, **source}, indent=1)


def to_csv(audio: Audio, prediction: Prediction, provenance: Provenance | None = None) -> str:
    """Return the probabilities as CSV text: one row for the whole clip, then one row per window of the timeline.

    Parameters
    ----------
    audio : Audio
        The clip.
    prediction : Prediction
        The network's prediction for it.
    provenance : Provenance, optional
        Added as further columns with the same values in each row.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    source = {} if provenance is None else asdict(provenance)
    writer.writerow(["part", "start_s", "end_s", *LABELS, *source])
    shares = prediction.shares.round(6).tolist()
    writer.writerow(["clip", 0, round(audio.duration_s, 3), *shares, *source.values()])
    for row in _timeline_rows(prediction):
        writer.writerow(["window", row.start_s, row.end_s, *row.cells, *source.values()])
    return text.getvalue()


def timeline_to_csv(prediction: Prediction) -> str:
    """Return how the probabilities of a longer clip change, as CSV text: one row for each window.

    Parameters
    ----------
    prediction : Prediction
        The network's prediction for the clip.

    Returns
    -------
    str
        The columns ``start_s``, ``end_s`` and the labels; the probabilities are empty where a window is mostly pause.
        No rows for a clip without a timeline.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["start_s", "end_s", *LABELS])
    writer.writerows([row.start_s, row.end_s, *row.cells] for row in _timeline_rows(prediction))
    return text.getvalue()


@dataclass(frozen=True)
class _TimelineRow:
    """One window of a timeline, rounded for a report; ``shares`` is None where the window is mostly pause."""

    start_s: float
    end_s: float
    shares: list[float] | None

    @property
    def cells(self) -> list[float] | list[str]:
        """The cells of a table, one for each label."""
        return self.shares or [""] * len(LABELS)


def _timeline_rows(prediction: Prediction) -> Iterator[_TimelineRow]:
    timeline = prediction.timeline
    if timeline is None:
        return
    for start_s, end_s, shares in zip(timeline.start_s, timeline.end_s, timeline.probabilities, strict=True):
        rounded = None if np.isnan(shares[0]) else [round(float(share), 6) for share in shares]
        yield _TimelineRow(round(float(start_s), 3), round(float(end_s), 3), rounded)
