"""A prediction as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, load_audio
from ser_core.audio.quality import QualityNote
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction, Recognizer, Timeline
from ser_core.inference.report import Provenance, summarise, to_csv, to_json, to_line
from ser_core.inference.thresholds import Calibration
from tests.harness.paths import SAD_VOICE

AUDIO = from_samples(np.zeros(4 * SAMPLE_RATE_HZ, dtype=np.float32), SAMPLE_RATE_HZ)
SILENT = QualityNote("silent", "The recording is silent.", "Record again.", serious=True)
CLIPPED = QualityNote("clipped", "The loudest parts are clipped.", "Move away.", serious=False)


def prediction_of(share: float) -> Prediction:
    """Return a prediction of "happy" with a timeline of two windows, of which the second is a pause."""
    shares = np.full(len(LABELS), (1.0 - share) / (len(LABELS) - 1))
    shares[LABELS.index("happy")] = share
    timeline = Timeline(np.array([0.0, 0.5]), np.array([3.0, 3.5]), np.stack([shares, np.full(len(LABELS), np.nan)]))
    return Prediction.from_logits(np.log(shares), Calibration(1.0, 0.5, set_threshold=0.1), timeline=timeline)


@pytest.mark.parametrize(
    ("share", "notes", "line"),
    [
        (0.86, (), "happy (86%)"),
        (0.86, (CLIPPED,), "happy (86%) [The loudest parts are clipped.]"),
        (0.44, (), "leaning: happy (44%) or angry (8%)"),
        (0.86, (SILENT, CLIPPED), "not judged [The recording is silent.] [The loudest parts are clipped.]"),
    ],
    ids=["sure", "with a note", "unsure", "silent"],
)
def test_a_line_of_text(share: float, notes: tuple[QualityNote, ...], line: str) -> None:
    assert to_line(summarise(1.0, prediction_of(share), notes)) == line


def test_a_summary_has_the_verdict_and_the_prediction() -> None:
    summary = summarise(AUDIO.duration_s, prediction_of(0.86), (SILENT,))
    assert summary["verdict"] == {"kind": "not_judged", "reason": "silent"}
    assert summary["emotion"] is None
    assert summary["probabilities"] == pytest.approx(prediction_of(0.86).probabilities)
    assert summary["unsure"] is summary["valence"] is summary["arousal"] is None
    assert summary["compared_with_clips"] == 0.0
    assert summary["duration_s"] == 4.0
    assert summary["warnings"] == [SILENT.message]


def test_a_long_clip_is_not_compared_with_other_clips() -> None:
    voice = load_audio(SAD_VOICE).samples
    long_clip = from_samples(np.tile(voice, 10), SAMPLE_RATE_HZ)
    prediction = Recognizer().predict(long_clip)
    assert prediction.profile is not None
    assert prediction.compared_with_itself
    assert summarise(long_clip.duration_s, prediction, ())["compared_with_clips"] == 0.0


def test_json_has_the_summary_and_the_timeline() -> None:
    prediction = prediction_of(0.86)
    report = json.loads(to_json(AUDIO, prediction, ()))
    first, second = report.pop("timeline")
    assert report == json.loads(json.dumps(summarise(AUDIO.duration_s, prediction, ())))
    assert first["probabilities"] == pytest.approx(prediction.probabilities, abs=1e-6)
    assert second == {"start_s": 0.5, "end_s": 3.5, "probabilities": None}


def test_csv_has_a_row_for_the_clip_and_one_for_each_window() -> None:
    prediction = prediction_of(0.86)
    clip, first, second = csv.DictReader(io.StringIO(to_csv(AUDIO, prediction)))
    assert (clip["part"], clip["start_s"], clip["end_s"]) == ("clip", "0", "4.0")
    assert (first["part"], first["start_s"], first["end_s"]) == ("window", "0.0", "3.0")
    for row in (clip, first):
        assert [float(row[label]) for label in LABELS] == pytest.approx(prediction.shares, abs=1e-6)
    assert {second[label] for label in LABELS} == {""}


def test_a_report_can_name_its_clip_and_its_network() -> None:
    provenance = Provenance("voice.wav", "sad", "ser_cnn", "ab12", "1.0.0")
    fields = {
        "clip": "voice.wav",
        "intended": "sad",
        "network": "ser_cnn",
        "network_sha256": "ab12",
        "version": "1.0.0",
    }
    assert json.loads(to_json(AUDIO, prediction_of(0.86), (), provenance))["provenance"] == fields
    for row in csv.DictReader(io.StringIO(to_csv(AUDIO, prediction_of(0.86), provenance))):
        assert {name: row[name] for name in fields} == fields


def test_a_short_clip_has_no_timeline() -> None:
    prediction = replace(prediction_of(0.86), timeline=None)
    assert json.loads(to_json(AUDIO, prediction, ()))["timeline"] == []
    assert len(to_csv(AUDIO, prediction).splitlines()) == 2
