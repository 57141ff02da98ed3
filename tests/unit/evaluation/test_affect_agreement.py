"""Valence and arousal of predictions, compared with intended emotions and with listeners."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.affect_agreement import affect_agreement

CREMA_D_LABELS = ["angry", "disgust", "fear", "happy", "neutral", "sad"]


def predictions(rows: list[tuple[str, str]]) -> pd.DataFrame:
    """Return sure predictions from pairs of intended and predicted emotion."""
    table = pd.DataFrame(0.0, index=range(len(rows)), columns=list(LABELS))
    for row, (_, predicted) in enumerate(rows):
        table.loc[row, predicted] = 1.0
    return table.assign(
        corpus="CREMA-D", emotion=[intended for intended, _ in rows], clip=[f"clip-{row}" for row in range(len(rows))]
    )


def no_votes() -> pd.DataFrame:
    return pd.DataFrame(columns=CREMA_D_LABELS)


def test_fear_for_anger_is_a_wrong_emotion_on_the_right_side_of_both_axes() -> None:
    sides = affect_agreement(predictions([("angry", "fear"), ("sad", "happy")]), no_votes())["corpora"]["CREMA-D"]
    assert sides == {"emotion": 0.0, "valence": 0.5, "arousal": 0.5}


def test_neutral_clips_have_no_side() -> None:
    sides = affect_agreement(predictions([("neutral", "angry"), ("happy", "happy")]), no_votes())["corpora"]["CREMA-D"]
    assert sides == {"emotion": 1.0, "valence": 1.0, "arousal": 1.0}


def test_predictions_in_the_order_of_the_votes_agree_with_them() -> None:
    table = predictions([("happy", "happy"), ("neutral", "neutral"), ("angry", "angry"), ("sad", "sad")])
    votes = pd.DataFrame(0, index=table["clip"], columns=CREMA_D_LABELS)
    for clip, label in zip(table["clip"], table["emotion"], strict=True):
        votes.loc[clip, label] = 9
        votes.loc[clip, "neutral"] += 1
    assert affect_agreement(table, votes)["listeners"] == {"valence": pytest.approx(1.0), "arousal": pytest.approx(1.0)}
    reversed_votes = votes.set_index(votes.index[::-1])
    assert affect_agreement(table, reversed_votes)["listeners"]["valence"] < 0.0
    assert np.isfinite(affect_agreement(table, reversed_votes)["listeners"]["arousal"])
