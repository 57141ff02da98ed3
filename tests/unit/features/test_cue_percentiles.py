"""The percentiles of each cue by corpus and emotion."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.features.cue_percentiles import PERCENTILES, REFERENCE_TABLE, Distribution, Reference
from ser_core.features.cues import MEL_BASED, WORDS
from tools.measure_cues import LEFT_OUT, percentiles


def clips(corpus: str, emotion: str, sex: str, pitch_hz: np.ndarray, *, reconstructed: bool = False) -> pd.DataFrame:
    """Return one row per clip; every cue except the pitch is 1."""
    labels = {"corpus": corpus, "emotion": emotion, "sex": sex, "reconstructed": reconstructed}
    other_cues = dict.fromkeys(WORDS, 1.0)
    return pd.DataFrame([labels | other_cues | {"pitch_hz": value_hz} for value_hz in pitch_hz])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write percentiles of 100 angry women (200 to 299 Hz), 100 angry men and 100 reconstructed clips (100 to 199 Hz).

    There are also ten calm clips: fewer than a distribution needs.
    """
    summary = percentiles(
        pd.concat(
            [
                clips("RAVDESS", "angry", "female", np.arange(200.0, 300.0)),
                clips("RAVDESS", "angry", "male", np.arange(100.0, 200.0)),
                clips("CREMA-D", "sad", "male", np.arange(100.0, 200.0), reconstructed=True),
                clips("RAVDESS", "calm", "male", np.arange(100.0, 110.0)),
            ]
        )
    )
    path = tmp_path / "cues.csv"
    summary.to_csv(path, index=False)
    return path


def test_percentiles_are_those_of_the_clips(table: Path) -> None:
    spread = Reference(table).by_emotion("pitch_hz", "RAVDESS", "female")["angry"]
    assert spread.clips == 100
    assert spread.median == pytest.approx(249.5)
    assert spread.values == pytest.approx(np.percentile(np.arange(200.0, 300.0), PERCENTILES), abs=0.1)


def test_both_sexes_can_be_read_separately_or_together(table: Path) -> None:
    reference = Reference(table)
    assert reference.by_emotion("pitch_hz", "RAVDESS", "male")["angry"].median == pytest.approx(149.5)
    assert reference.by_emotion("pitch_hz", "RAVDESS")["angry"].median == pytest.approx(199.5, abs=0.5)
    assert reference.by_emotion("pitch_hz", "RAVDESS")["angry"].clips == 200


def test_reconstructed_recordings_count_only_for_cues_that_the_mel_spectrogram_preserves(table: Path) -> None:
    reference = Reference(table)
    cues_in_table = {name for name in WORDS if reference.by_emotion(name, "CREMA-D")}
    assert cues_in_table == MEL_BASED


def test_an_emotion_with_few_clips_is_left_out(table: Path) -> None:
    assert "calm" not in Reference(table).by_emotion("pitch_hz", "RAVDESS")


def test_the_percentile_of_a_value_is_interpolated_and_limited_to_the_table() -> None:
    spread = Distribution(clips=100, values=(5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0))
    assert spread.percentile_of(50.0) == 50.0
    assert spread.percentile_of(82.5) == 82.5
    assert spread.percentile_of(-3.0) == 5.0
    assert spread.percentile_of(1e9) == 95.0


@pytest.mark.parametrize("content", [None, "", "corpus,emotion\nRAVDESS,angry\n", "a,b\n1,2\n"])
def test_a_missing_or_damaged_table_raises_a_model_error(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "cues.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelError, match="missing or damaged"):
        Reference(path)


def test_the_committed_table_has_every_emotion_and_ascending_percentiles() -> None:
    reference = Reference(REFERENCE_TABLE)
    assert not set(LEFT_OUT) & set(reference.corpora)
    for cue in WORDS:
        spreads = reference.by_emotion(cue, "RAVDESS")
        assert set(spreads) == set(LABELS)
        for spread in spreads.values():
            assert all(math.isfinite(value) for value in spread.values)
            assert list(spread.values) == sorted(spread.values)


def test_in_the_committed_table_anger_is_higher_louder_brighter_and_more_varied_than_calm() -> None:
    reference = Reference(REFERENCE_TABLE)
    for cue in ("pitch_hz", "level_dbfs", "brightness_hz", "pitch_range_st"):
        spreads = reference.by_emotion(cue, "RAVDESS")
        assert spreads["angry"].median > spreads["calm"].median, cue
