"""What knowing a voice would be worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.oracle_prior import even_out, oracle_prior_uar
from ser_core.metrics import recognition


def table_of(angry: list[float], speakers: list[str], emotions: list[str]) -> pd.DataFrame:
    """Return answers between angry and sad, by how likely angry is."""
    table = pd.DataFrame(0.0, index=range(len(angry)), columns=list(LABELS))
    table["angry"], table["sad"] = angry, 1.0 - np.array(angry)
    return table.assign(corpus="RAVDESS", speaker=speakers, emotion=emotions)


def test_a_voice_that_always_sounds_sad_is_understood_once_it_is_known() -> None:
    table = table_of([0.4, 0.1, 0.9, 0.6], ["A", "A", "B", "B"], ["angry", "sad", "angry", "sad"])
    assert recognition(table)["uar"] == 0.5
    assert oracle_prior_uar(table) == 1.0


def test_knowing_the_voice_does_not_help_where_the_order_is_wrong() -> None:
    table = table_of([0.1, 0.4, 0.6, 0.9], ["A", "A", "B", "B"], ["angry", "sad", "angry", "sad"])
    assert recognition(table)["uar"] == 0.5
    assert oracle_prior_uar(table) == 0.0


def test_a_fair_network_stays_as_it_is() -> None:
    answers = np.array([[0.8, 0.2], [0.2, 0.8]])
    np.testing.assert_allclose(even_out(answers, np.array([0.5, 0.5])), answers, atol=1e-5)


def test_each_label_is_given_as_often_as_wanted() -> None:
    answers = np.random.default_rng(0).dirichlet(np.ones(4), size=200)
    shares = np.array([0.1, 0.2, 0.3, 0.4])
    evened_out = even_out(answers, shares)
    assert evened_out.mean(axis=0) == pytest.approx(shares, abs=1e-3)
    assert evened_out.sum(axis=1) == pytest.approx(1.0)


def test_a_label_that_nobody_acted_is_never_given() -> None:
    evened_out = even_out(np.full((3, 2), 0.5), np.array([1.0, 0.0]))
    np.testing.assert_allclose(evened_out, [[1.0, 0.0]] * 3)
