"""Valence and arousal of a prediction, and their words."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.inference.affect import affect_of


def shares_of(**shares: float) -> np.ndarray:
    return np.array([shares.get(label, 0.0) for label in LABELS])


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"angry": 0.5, "fear": 0.5}, "tense and unpleasant"),
        ({"happy": 1.0}, "lively and pleasant"),
        ({"sad": 1.0}, "quiet and unpleasant"),
        ({"calm": 1.0}, "quiet and pleasant"),
        ({"neutral": 1.0}, "quiet"),
        (dict.fromkeys(LABELS, 0.125), "even"),
    ],
)
def test_the_words_for_a_place_on_the_two_axes(shares: dict[str, float], words: str) -> None:
    assert affect_of(shares_of(**shares)).words == words


def test_a_mixture_lies_between_its_parts() -> None:
    happy, sad, both = (
        affect_of(shares_of(**shares)) for shares in ({"happy": 1}, {"sad": 1}, {"happy": 0.5, "sad": 0.5})
    )
    assert sad.valence < both.valence < happy.valence
    assert sad.arousal < both.arousal < happy.arousal
