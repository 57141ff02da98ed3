"""Listeners' votes as training targets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.training import soft_labels
from ser_core.training.soft_labels import vote_shares


@pytest.fixture(autouse=True)
def votes(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ["angry", "disgust", "fear", "happy", "neutral", "sad"]
    table = pd.DataFrame([[6, 2, 0, 0, 2, 0], [0] * 6], index=["1001_DFA_ANG_XX", "1002_DFA_SAD_XX"], columns=columns)
    monkeypatch.setattr(soft_labels.tables, "read_votes", lambda: table)


def shares_of(*paths: str, corpus: str = "CREMA-D") -> list[dict[str, float]]:
    """Return the shares that are not 0, by label, for clips whose intended emotion is sad."""
    intended = np.tile(np.eye(len(LABELS), dtype=np.float32)[LABELS.index("sad")], (len(paths), 1))
    targets = vote_shares(pd.DataFrame({"path": paths, "corpus": corpus}), default=intended)
    np.testing.assert_allclose(targets.sum(axis=1), 1.0)
    return [{label: share for label, share in zip(LABELS, row, strict=True) if share} for row in targets.tolist()]


def test_votes_become_shares_for_any_file_format() -> None:
    expected = pytest.approx({"angry": 0.6, "disgust": 0.2, "neutral": 0.2})
    assert shares_of("Crema/1001_DFA_ANG_XX.opus", "1001_DFA_ANG_XX.wav") == [expected, expected]


@pytest.mark.parametrize(
    "path", ["Crema/1002_DFA_SAD_XX.wav", "Crema/1003_DFA_SAD_XX.wav"], ids=["no votes", "not listed"]
)
def test_a_clip_without_votes_keeps_its_label(path: str) -> None:
    assert shares_of(path) == [{"sad": 1.0}]


def test_another_corpus_keeps_its_labels() -> None:
    assert shares_of("1001_DFA_ANG_XX.wav", corpus="folder") == [{"sad": 1.0}]
