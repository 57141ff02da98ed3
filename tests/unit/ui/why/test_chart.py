"""The chart of an explanation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.emotions import LABELS
from ser_core.features.extraction import extract_features
from tests.unit.ui.why.test_words import ANGRY
from ui.why.chart import importance_chart

NOISE = np.random.default_rng(3).normal(0.0, 0.1, 2 * SAMPLE_RATE_HZ).astype(np.float32)


@pytest.mark.parametrize("label", LABELS)
def test_parts_for_and_against_the_answer_look_different_for_every_emotion(label: str) -> None:
    explanation = replace(ANGRY, emotion=label, moment_weight=np.array([1.0, -1.0]))
    figure = importance_chart(explanation, extract_features(from_samples(NOISE, SAMPLE_RATE_HZ)))
    moments = figure.data[1]
    supports, opposes = moments.marker.pattern.shape
    assert supports != opposes
