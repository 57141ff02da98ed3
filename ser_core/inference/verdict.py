"""What may be said about a recording: an emotion, "not sure", or "not judged".

The pages, the command line, the reports and the evaluation all use this verdict, so that they say the same about the
same recording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction

VerdictKind = Literal["emotion", "not_sure", "not_judged"]


@dataclass(frozen=True)
class Verdict:
    """What may be said about a recording.

    Parameters
    ----------
    kind : str
        ``"emotion"``: the recording sounds like ``emotion``. ``"not_sure"``: the network is not sure enough to name an
        emotion. ``"not_judged"``: the recording has a serious defect, and a prediction for it means nothing.
    emotion : str, optional
        The predicted label, for the kind ``"emotion"``.
    between : tuple of str, optional
        The two likeliest labels, the likelier one first, for the kind ``"not_sure"``.
    reason : str, optional
        The ``code`` of the first serious quality note, for the kind ``"not_judged"``: ``"silent"``, ``"too_short"`` or
        ``"no_speech"``.
    """

    kind: VerdictKind
    emotion: str | None = None
    between: tuple[str, str] | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the kind and the entry that belongs to it, JSON-ready: ``{"kind": "emotion", "emotion": "angry"}``."""
        entries = {"kind": self.kind, "emotion": self.emotion, "between": self.between, "reason": self.reason}
        return {name: entry for name, entry in entries.items() if entry is not None}


def reach_verdict(prediction: Prediction, notes: Iterable[QualityNote] = ()) -> Verdict:
    """Decide what may be said about a recording.

    Parameters
    ----------
    prediction : Prediction
        The network's prediction.
    notes : iterable of QualityNote
        The defects of the recording, as ``check_quality`` returns them.

    Returns
    -------
    Verdict
        ``"not_judged"`` if there is a serious defect; otherwise ``"not_sure"`` if the prediction is unsure; otherwise
        the predicted emotion.
    """
    serious = next((note for note in notes if note.serious), None)
    if serious is not None:
        return Verdict("not_judged", reason=serious.code)
    if prediction.unsure:
        first, second = np.argsort(-prediction.shares, kind="stable")[:2]
        return Verdict("not_sure", between=(LABELS[first], LABELS[second]))
    return Verdict("emotion", emotion=prediction.emotion)
