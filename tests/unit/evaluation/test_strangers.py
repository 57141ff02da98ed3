"""Figures of corpora that were left out of the training."""

from __future__ import annotations

import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.strangers import stranger_figures


def clip(corpus: str, emotion: str, likely: list[str], *, sure: bool = False) -> dict[str, object]:
    """Return a prediction whose likeliest emotions are given, the likeliest first."""
    shares = dict.fromkeys(LABELS, 0.01)
    for rank, label in enumerate(likely):
        shares[label] = 0.3 - 0.05 * rank
    total = sum(shares.values())
    probabilities = {label: share / total for label, share in shares.items()}
    set_size = 1 if sure else len(likely)
    return {"corpus": corpus, "emotion": emotion, **probabilities, "unsure": not sure, "set_size": set_size}


WITHOUT_CORPUS = pd.DataFrame(
    [
        clip("RAVDESS", "angry", ["angry"], sure=True),
        clip("RAVDESS", "angry", ["sad"], sure=True),
        clip("RAVDESS", "sad", ["angry", "sad"]),
        clip("RAVDESS", "sad", ["angry", "fear", "happy", "sad"]),
        clip("nEMO", "angry", ["angry", "fear"]),
        clip("nEMO", "sad", ["angry", "fear", "happy"]),
        clip("RAVDESS song", "sad", ["angry"], sure=True),
    ]
)


def test_each_corpus_is_measured_by_itself() -> None:
    corpora = stranger_figures(WITHOUT_CORPUS, None)["corpora"]["no profile"]
    ravdess = corpora["RAVDESS"]
    assert (ravdess["n"], ravdess["uar"]) == (4, 0.25)
    assert (ravdess["sure"], ravdess["right_when_sure"]) == (0.5, 0.5)
    # The two sure clips and the set of two are small; one sure clip is wrong.
    assert (ravdess["small_sets"], ravdess["right_in_small_sets"]) == (0.75, pytest.approx(2 / 3, abs=1e-4))
    assert corpora["nEMO"]["right_when_sure"] is None


def test_the_mean_counts_each_corpus_alike_and_leaves_out_song() -> None:
    figures = stranger_figures(WITHOUT_CORPUS, None)
    assert figures["mean"]["no profile"]["uar"] == pytest.approx((0.25 + 0.5) / 2)
    # Only RAVDESS has sure answers.
    assert figures["mean"]["no profile"]["right_when_sure"] == 0.5
    assert figures["worst"]["no profile"]["uar"] == 0.25
    assert figures["worst"]["no profile"]["expected_calibration_error"] == max(
        figures["corpora"]["no profile"][corpus]["expected_calibration_error"] for corpus in ("RAVDESS", "nEMO")
    )


def test_profiles_are_measured_beside_no_profile() -> None:
    with_profile = WITHOUT_CORPUS.assign(profile="3 clips")
    figures = stranger_figures(WITHOUT_CORPUS, with_profile)
    assert figures["mean"]["3 clips"] == figures["mean"]["no profile"]


def test_without_any_sure_answer_nothing_is_claimed() -> None:
    never_sure = WITHOUT_CORPUS.assign(unsure=True, set_size=4)
    mean = stranger_figures(never_sure, None)["mean"]["no profile"]
    assert (mean["sure"], mean["right_when_sure"], mean["right_in_small_sets"]) == (0.0, None, None)


def test_guessing_is_the_mean_over_the_corpora_without_song() -> None:
    # RAVDESS has eight labels, nEMO six.
    assert stranger_figures(WITHOUT_CORPUS, None)["guessing"] == pytest.approx((1 / 8 + 1 / 6) / 2, abs=1e-4)


def test_bins_hold_all_clips_but_songs_and_each_corpus_has_a_curve() -> None:
    figures = stranger_figures(WITHOUT_CORPUS, WITHOUT_CORPUS.assign(profile="3 clips"))
    for bins in figures["bins"].values():
        assert sum(interval["n"] for interval in bins) == 6
    assert set(figures["bins"]) == {"no profile", "3 clips"}
    assert set(figures["curves"]) == {"RAVDESS", "RAVDESS song", "nEMO"}
    # The last point is the accuracy over all clips of the corpus.
    assert figures["curves"]["RAVDESS"][-1] == [1.0, 0.25]


def test_songs_are_measured_where_there_is_nothing_else() -> None:
    songs = WITHOUT_CORPUS[WITHOUT_CORPUS["corpus"] == "RAVDESS song"]
    assert stranger_figures(songs, None)["mean"]["no profile"]["uar"] == 0.0
