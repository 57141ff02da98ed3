"""Logits of clips by a network in training."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from ser_core.inference.windows import Windows
from ser_core.training.scoring import pooled_logits

pytestmark = pytest.mark.tensorflow


def test_the_logits_of_several_heads_are_averaged() -> None:
    inputs = keras.Input((4,))
    heads = keras.Model(inputs, keras.layers.Reshape((2, 8))(keras.layers.Dense(16)(inputs)))
    windows = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    clips = [Windows(part, *[np.ones(len(part))] * 3) for part in (windows[:1], windows[1:])]
    expected = heads.predict(windows, verbose=0).mean(axis=1)
    np.testing.assert_allclose(pooled_logits(heads, clips), [expected[0], expected[1:].mean(axis=0)], atol=1e-5)
