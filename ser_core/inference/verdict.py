"""What may be said about a recording: an emotion, "not sure", or "not judged".

The pages, the command line, the reports and the evaluation all use this verdict, so that they say the same about the
same recording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote, check_quality
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY

_NOT_SPEECH = QualityNote(
    "not_speech",
    "This does not sound like speech: it may be music, tones or noise.",
    "Speak close to the microphone, without music, and record again.",
    serious=True,
)

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
        ``"not_speech"``.
    """

    kind: VerdictKind
    emotion: str | None = None
    between: tuple[str, str] | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the kind and the entry that belongs to it, JSON-ready: ``{"kind": "emotion", "emotion": "angry"}``."""
        entries = {"kind": self.kind, "emotion": self.emotion, "between": self.between, "reason": self.reason}
        return {name: entry for name, entry in entries.items() if entry is not None}


def find_defects(audio: Audio, prediction: Prediction) -> tuple[QualityNote, ...]:
    """Return what makes a prediction unreliable: the defects of the recording, and sound that is not speech.

    Parameters
    ----------
    audio : Audio
        The clip.
    prediction : Prediction
        The network's prediction for it, whose ``speech_probability`` is compared with ``MIN_SPEECH_PROBABILITY``.

    Returns
    -------
    tuple of QualityNote
        Serious ones first; empty if there is no defect.

    Raises
    ------
    AudioTypeError
        If ``audio`` is not an ``Audio``.
    """
    notes = check_quality(audio)
    is_speech = prediction.speech_probability is None or prediction.speech_probability >= MIN_SPEECH_PROBABILITY
    if is_speech or any(note.serious for note in notes):
        return notes
    return (_NOT_SPEECH, *notes)


def reach_verdict(prediction: Prediction, notes: Iterable[QualityNote] = ()) -> Verdict:
    """Decide what may be said about a recording.

    Parameters
    ----------
    prediction : Prediction
        The network's prediction.
    notes : iterable of QualityNote
        The defects of the recording, as ``find_defects`` returns them.

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
