"""Differences between emotions: distributions, effect sizes and sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.dataset import effect_sizes
from ser_core.dataset.effect_sizes import MEASURES


def table(**levels: list[float]) -> pd.DataFrame:
    """Return a table of clips by emotion, with five equal clips for each number."""
    rows = [(emotion, value) for emotion, values in levels.items() for value in values for _ in range(5)]
    return pd.DataFrame(rows, columns=["emotion", "level_dbfs"])


def test_a_difference_is_described_with_its_unit() -> None:
    clips = table(angry=[-14.2, -14.2], sad=[-20.0, -20.0])
    angry, sad = effect_sizes.distributions_by_emotion(clips["level_dbfs"], clips["emotion"])
    assert effect_sizes.describe_difference(MEASURES["level_dbfs"], angry, sad) == "angry is 5.8 dB louder than sad"
    assert effect_sizes.describe_difference(MEASURES["level_dbfs"], sad, angry) == "angry is 5.8 dB louder than sad"


def test_a_tiny_difference_is_described_as_none() -> None:
    clips = table(angry=[-20.0], sad=[-20.01])
    angry, sad = effect_sizes.distributions_by_emotion(clips["level_dbfs"], clips["emotion"])
    assert (
        effect_sizes.describe_difference(MEASURES["level_dbfs"], angry, sad)
        == "angry and sad are about the same in loudness"
    )


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("pitch_hz", "happy is 30 Hz higher than sad"),
        ("syllables_per_s", "happy is 30.0 syllables/s faster than sad"),
        ("pitch_range_st", "happy is 30.0 semitones wider in intonation than sad"),
        ("zero_crossings_per_s", "happy and sad are about the same in zero crossings"),
        ("mfcc_3", "happy is 30.0 higher in MFCC 3 than sad"),
        ("pause_share", "happy has 3000 points more pauses than sad"),
    ],
)
def test_each_measure_has_its_words(column: str, sentence: str) -> None:
    clips = table(happy=[40.0], sad=[10.0])
    happy, sad = effect_sizes.distributions_by_emotion(clips["level_dbfs"], clips["emotion"])
    assert effect_sizes.describe_difference(MEASURES[column], happy, sad) == sentence


def test_a_distribution_summarises_the_clips_of_an_emotion() -> None:
    values = pd.Series([*np.arange(101.0), np.nan, 7.0])
    emotions = pd.Series(["calm"] * 102 + ["happy"])
    (calm,) = effect_sizes.distributions_by_emotion(values, emotions)
    assert (calm.emotion, calm.n) == ("calm", 101)
    assert (calm.low, calm.median, calm.high) == (25.0, 50.0, 75.0)
    assert calm.density.max() == 1.0
    assert calm.x[calm.density.argmax()] == pytest.approx(50.0, abs=10.0)


def test_equal_values_have_a_density_curve() -> None:
    clips = table(neutral=[3.0])
    (neutral,) = effect_sizes.distributions_by_emotion(clips["level_dbfs"], clips["emotion"])
    assert np.isfinite(neutral.density).all()


def test_no_measured_clip_gives_no_distribution() -> None:
    assert effect_sizes.distributions_by_emotion(pd.Series([np.nan]), pd.Series(["sad"])) == []


def test_the_effect_size_is_counted_over_all_pairs() -> None:
    values, emotions = pd.Series([1.0, 2.0, 3.0, 2.0]), pd.Series(["sad", "sad", "angry", "angry"])
    # Three of the four pairs are won, and one is a tie.
    assert effect_sizes.common_language_effect_size(values, emotions, "angry", "sad") == 0.875
    assert effect_sizes.common_language_effect_size(values, emotions, "sad", "angry") == 0.125


def test_speaker_normalisation_leaves_the_effect_of_the_emotion() -> None:
    rng = np.random.default_rng(0)
    speakers = np.repeat([f"s{i}" for i in range(20)], 20)
    emotions = np.tile(["angry"] * 10 + ["sad"] * 10, 20)
    speaker_pitch_hz = np.repeat(rng.normal(180.0, 40.0, 20), 20)
    pitch_hz = speaker_pitch_hz + np.where(emotions == "angry", 10.0, -10.0) + rng.normal(0.0, 3.0, 400)
    clips = pd.DataFrame({"speaker": speakers, "emotion": emotions, "pitch_hz": pitch_hz})
    normalised = effect_sizes.subtract_speaker_mean(clips, "pitch_hz")
    assert normalised.mean() == pytest.approx(0.0, abs=1e-9)
    assert effect_sizes.eta_squared(clips["pitch_hz"], clips["speaker"]) > 0.8
    assert effect_sizes.eta_squared(clips["pitch_hz"], clips["emotion"]) < 0.2
    assert effect_sizes.eta_squared(normalised, clips["emotion"]) > 0.9


def test_each_emotion_has_the_same_weight_in_a_speakers_mean() -> None:
    clips = pd.DataFrame(
        {"speaker": "a", "emotion": ["sad"] * 9 + ["angry"], "pitch_hz": [100.0] * 9 + [200.0]},
    )
    assert effect_sizes.subtract_speaker_mean(clips, "pitch_hz").tolist() == [-50.0] * 9 + [50.0]


def test_eta_squared_of_places_counts_both_coordinates() -> None:
    groups = pd.Series(["a", "a", "b", "b"])
    places = pd.DataFrame({"x": [-1.0, -1.0, 1.0, 1.0], "y": [-1.0, 1.0, -1.0, 1.0]})
    assert effect_sizes.eta_squared(places, groups) == pytest.approx(0.5)
    assert effect_sizes.eta_squared(places[["x"]], groups) == pytest.approx(1.0)
