"""Access to the figures of a network."""

from __future__ import annotations

from ser_core.network_figures import other_seeds


def test_only_trainings_with_another_seed_on_all_corpora_are_named() -> None:
    rows = [
        {"tried": "a wider head", "fold": "left out", "RAVDESS": 0.9, "TESS": 0.9},
        {"tried": "as shipped, seed 1", "fold": "left out", "RAVDESS": 0.4, "TESS": 0.5},
        {"tried": "as shipped, seed 2", "fold": "left out", "RAVDESS": 0.9, "TESS": None},
        {"tried": "as shipped, seed 3", "fold": "left out", "RAVDESS": 0.6, "TESS": 0.5},
    ]
    assert "the mean is 45.0% and 55.0%" in other_seeds({"explored": rows})
    assert other_seeds({"explored": rows[:1]}) == other_seeds({}) == ""
