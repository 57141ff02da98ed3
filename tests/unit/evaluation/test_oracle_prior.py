"""Predictions that are raked to the true shares of a speaker's emotions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.oracle_prior import oracle_prior_uar, rake_to_prior
from ser_core.metrics import recognition


def predictions_of(angry: list[float], speakers: list[str], emotions: list[str]) -> pd.DataFrame:
    """Return a predictions table from the probabilities of angry; the rest is the probability of sad."""
    table = pd.DataFrame(0.0, index=range(len(angry)), columns=list(LABELS))
    table["angry"], table["sad"] = angry, 1.0 - np.array(angry)
    return table.assign(corpus="RAVDESS", speaker=speakers, emotion=emotions)


def test_a_speaker_who_always_sounds_sad_is_recognised_with_the_oracle_prior() -> None:
    table = predictions_of([0.4, 0.1, 0.9, 0.6], ["A", "A", "B", "B"], ["angry", "sad", "angry", "sad"])
    assert recognition(table)["uar"] == 0.5
    assert oracle_prior_uar(table) == 1.0


def test_the_oracle_prior_does_not_help_where_the_ranking_is_wrong() -> None:
    table = predictions_of([0.1, 0.4, 0.6, 0.9], ["A", "A", "B", "B"], ["angry", "sad", "angry", "sad"])
    assert recognition(table)["uar"] == 0.5
    assert oracle_prior_uar(table) == 0.0


def test_probabilities_with_the_right_mean_do_not_change() -> None:
    probabilities = np.array([[0.8, 0.2], [0.2, 0.8]])
    np.testing.assert_allclose(rake_to_prior(probabilities, np.array([0.5, 0.5])), probabilities, atol=1e-5)


def test_after_raking_the_mean_of_each_label_is_its_prior() -> None:
    probabilities = np.random.default_rng(0).dirichlet(np.ones(4), size=200)
    prior = np.array([0.1, 0.2, 0.3, 0.4])
    raked = rake_to_prior(probabilities, prior)
    assert raked.mean(axis=0) == pytest.approx(prior, abs=1e-3)
    assert raked.sum(axis=1) == pytest.approx(1.0)


def test_a_label_with_prior_zero_has_probability_zero() -> None:
    raked = rake_to_prior(np.full((3, 2), 0.5), np.array([1.0, 0.0]))
    np.testing.assert_allclose(raked, [[1.0, 0.0]] * 3)
