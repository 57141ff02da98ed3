"""The verdict on a clip: an emotion, not sure, or not usable."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.verdict import Verdict, reach_verdict

SILENT = QualityNote("silent", "The recording is silent.", "Record again.", serious=True)
NO_SPEECH = QualityNote("not_speech", "No speech was found.", "Record again.", serious=True)
CLIPPED = QualityNote("clipped", "The loudest parts are clipped.", "Move away.", serious=False)


def prediction_with(confidence_threshold: float) -> Prediction:
    shares = np.full(len(LABELS), 0.05)
    shares[LABELS.index("sad")] = 0.4
    shares[LABELS.index("calm")] = 0.3
    return Prediction.from_logits(np.log(shares), temperature=1.0, confidence_threshold=confidence_threshold)


@pytest.mark.parametrize("notes", [(), (CLIPPED,)], ids=["no defect", "a defect that is not serious"])
def test_a_sure_prediction_for_a_usable_recording_is_an_emotion(notes: tuple[QualityNote, ...]) -> None:
    verdict = reach_verdict(prediction_with(0.3), notes)
    assert verdict == Verdict("emotion", emotion="sad")
    assert verdict.as_dict() == {"kind": "emotion", "emotion": "sad"}


def test_an_unsure_prediction_is_between_the_two_likeliest_emotions() -> None:
    verdict = reach_verdict(prediction_with(0.5), (CLIPPED,))
    assert verdict == Verdict("not_sure", between=("sad", "calm"))
    assert verdict.as_dict() == {"kind": "not_sure", "between": ("sad", "calm")}


@pytest.mark.parametrize("confidence_threshold", [0.3, 0.5], ids=["sure", "unsure"])
def test_a_recording_with_a_serious_defect_is_not_judged(confidence_threshold: float) -> None:
    verdict = reach_verdict(prediction_with(confidence_threshold), (CLIPPED, SILENT, NO_SPEECH))
    assert verdict == Verdict("not_judged", reason="silent")
    assert verdict.as_dict() == {"kind": "not_judged", "reason": "silent"}
