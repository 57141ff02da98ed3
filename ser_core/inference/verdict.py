"""What may be said about a recording: an emotion, a few emotions, nothing certain, or "not judged".

The pages, the command line, the reports and the evaluation all use this verdict, so that the same recording gets the
same verdict everywhere. The probability from which a single emotion is named is not set here: it is in the network's
``config.json``, and ``ser_core/evaluation/fit_thresholds.py`` computes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ser_core.audio.loading import Audio
from ser_core.audio.quality import QualityNote, check_quality
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY
from ser_core.inference.thresholds import LARGEST_SMALL_SET

_NOT_SPEECH = QualityNote(
    "not_speech",
    "This does not sound like speech: it may be music, tones or noise.",
    "Speak close to the microphone, without music, and record again.",
    serious=True,
)

VerdictKind = Literal["sure", "leaning", "open", "not_judged"]


@dataclass(frozen=True)
class Verdict:
    """What may be said about a recording.

    Parameters
    ----------
    kind : str
        ``"sure"``: the recording sounds like one emotion. ``"leaning"``: it sounds like one of two or three emotions.
        ``"open"``: more emotions are possible. ``"not_judged"``: the recording has a serious defect, and a prediction
        for it means nothing.
    emotions : tuple of str
        The labels that are possible, the likeliest first: one if sure, two or three if leaning, more if open, none if
        not judged.
    least_like : str, optional
        The least likely label, for the kind ``"open"``.
    reason : str, optional
        The ``code`` of the first serious quality note, for the kind ``"not_judged"``: ``"silent"``, ``"too_short"`` or
        ``"not_speech"``.
    """

    kind: VerdictKind
    emotions: tuple[str, ...] = ()
    least_like: str | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the kind and what belongs to it, JSON-ready: ``{"kind": "leaning", "set": ["angry", "fear"]}``."""
        entries = {
            "kind": self.kind,
            "set": list(self.emotions),
            "least_like": self.least_like,
            "reason": self.reason,
        }
        return {name: entry for name, entry in entries.items() if entry}


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
        ``"not_judged"`` if there is a serious defect. Otherwise ``"sure"`` if the prediction is, and ``"leaning"`` or
        ``"open"``, by the number of likely emotions, if it is not.
    """
    serious = next((note for note in notes if note.serious), None)
    if serious is not None:
        return Verdict("not_judged", reason=serious.code)
    if not prediction.unsure:
        return Verdict("sure", (prediction.emotion,))
    if len(prediction.likely) <= LARGEST_SMALL_SET:
        return Verdict("leaning", prediction.likely)
    return Verdict("open", prediction.likely, least_like=LABELS[int(prediction.shares.argmin())])
