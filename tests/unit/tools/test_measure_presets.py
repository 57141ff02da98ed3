"""The table of the presets' effects: changes between voices, medians over speakers, and the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.voice.preset_effects import ACTORS, ALL, PRESET, find_effect, read_preset_effects
from tools.measure_presets import CHANGES, CUES, changes, harmonicity_db, summarise, write_effects


def cues(*values: float) -> pd.DataFrame:
    return pd.DataFrame([dict(zip(CUES, values, strict=True))])


def rows(**shares: object) -> pd.DataFrame:
    """Return nine clips of speaker a with a change of 1, and one clip each of b and c with 2 and 3."""
    speakers = ["a"] * 9 + ["b", "c"]
    amounts = [1.0] * 9 + [2.0, 3.0]
    table = pd.DataFrame(dict.fromkeys(CHANGES, amounts))
    sexes = ["female"] * 9 + ["male", "male"]
    return table.assign(emotion="sad", corpus=["TESS"] * 9 + ["RAVDESS"] * 2, sex=sexes, speaker=speakers, **shares)


def test_changes_are_ratios_or_differences() -> None:
    before = cues(100.0, 4.0, 2.0, -30.0, 500.0, 12.0)
    after = cues(200.0, 6.0, 1.0, -24.0, 750.0, 10.0)
    assert changes(before, after).iloc[0].to_dict() == {
        "pitch_st": 12.0,
        "intonation": 1.5,
        "tempo": 2.0,
        "loudness_db": 6.0,
        "brightness": 1.5,
        "harmonicity_db": -2.0,
    }


def test_each_speaker_has_the_same_weight() -> None:
    by_group = {(effect.corpus, effect.sex): effect for effect in summarise(rows(), ACTORS)}
    assert by_group[ALL, ALL].pitch_st == 2.0
    assert (by_group[ALL, ALL].n_speakers, by_group[ALL, ALL].n_clips) == (3, 11)
    assert by_group[ALL, "female"].pitch_st == by_group["TESS", ALL].pitch_st == 1.0
    assert by_group[ALL, "male"].pitch_st == 2.5
    assert by_group[ALL, ALL].reached_share is None


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    effects = [*summarise(rows(), ACTORS), *summarise(rows(moved=True, reached=[True] + [False] * 10), PRESET)]
    write_effects(effects, tmp_path / "effects.csv")
    read = read_preset_effects(tmp_path / "effects.csv")
    assert read == tuple(effects)
    assert find_effect(read, "sad", PRESET).reached_share == pytest.approx(1 / 11, abs=0.005)


def test_noise_lowers_the_harmonicity() -> None:
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = 0.3 * np.sign(np.sin(2.0 * np.pi * 150.0 * time_s))
    noise = np.random.default_rng(0).normal(0.0, 0.1, SAMPLE_RATE_HZ)
    clear, hoarse = (harmonicity_db(from_samples(tone + gain * noise, SAMPLE_RATE_HZ)) for gain in (0.1, 1.0))
    assert clear > hoarse + 10.0
