"""The verdict on a clip: sure, leaning, open, or not judged."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.thresholds import Calibration
from ser_core.inference.verdict import Verdict, reach_verdict

SILENT = QualityNote("silent", "The recording is silent.", "Record again.", serious=True)
NO_SPEECH = QualityNote("not_speech", "No speech was found.", "Record again.", serious=True)
CLIPPED = QualityNote("clipped", "The loudest parts are clipped.", "Move away.", serious=False)


def prediction_with(confidence_threshold: float, set_threshold: float = 0.2) -> Prediction:
    shares = np.full(len(LABELS), 0.05)
    shares[LABELS.index("sad")] = 0.4
    shares[LABELS.index("calm")] = 0.31
    shares[LABELS.index("happy")] = 0.04
    return Prediction.from_logits(np.log(shares), Calibration(1.0, confidence_threshold, set_threshold))


@pytest.mark.parametrize("notes", [(), (CLIPPED,)], ids=["no defect", "a defect that is not serious"])
def test_a_sure_prediction_for_a_usable_recording_is_an_emotion(notes: tuple[QualityNote, ...]) -> None:
    verdict = reach_verdict(prediction_with(0.3), notes)
    assert verdict == Verdict("sure", ("sad",))
    assert verdict.as_dict() == {"kind": "sure", "set": ["sad"]}


def test_a_prediction_that_is_not_sure_leans_to_the_likely_emotions() -> None:
    verdict = reach_verdict(prediction_with(0.5), (CLIPPED,))
    assert verdict == Verdict("leaning", ("sad", "calm"))
    assert verdict.as_dict() == {"kind": "leaning", "set": ["sad", "calm"]}


def test_a_set_has_at_least_two_emotions() -> None:
    assert reach_verdict(prediction_with(0.5, set_threshold=0.35)).emotions == ("sad", "calm")


def test_with_more_than_three_likely_emotions_only_the_least_likely_is_named() -> None:
    verdict = reach_verdict(prediction_with(0.5, set_threshold=0.045))
    assert (verdict.kind, len(verdict.emotions), verdict.least_like) == ("open", 7, "happy")


@pytest.mark.parametrize("confidence_threshold", [0.3, 0.5], ids=["sure", "unsure"])
def test_a_recording_with_a_serious_defect_is_not_judged(confidence_threshold: float) -> None:
    verdict = reach_verdict(prediction_with(confidence_threshold), (CLIPPED, SILENT, NO_SPEECH))
    assert verdict == Verdict("not_judged", reason="silent")
    assert verdict.as_dict() == {"kind": "not_judged", "reason": "silent"}
