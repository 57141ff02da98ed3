"""Filters keep the rows that meet their conditions, and counts add up to the number of rows."""

from __future__ import annotations

import pandas as pd
import pytest

from ser_core.dataset.filters import UNKNOWN, ClipFilter, count_clips
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED, read_clips

KINDS = ["corpus", "emotion", "sex", "speaker", "age_years", "sentence", "intensity", "duration_s"]
FILTERS = [
    ClipFilter(),
    ClipFilter(corpus=("SAVEE",)),
    ClipFilter(sex=("female",), emotion=("calm", "surprise")),
    ClipFilter(age_years=(20.0, 29.0)),
    ClipFilter(source=(INVENTORY_ONLY,)),
]


@pytest.fixture(scope="module")
def clips() -> pd.DataFrame:
    return read_clips()


@pytest.mark.parametrize("by", KINDS)
@pytest.mark.parametrize("clip_filter", FILTERS)
def test_counts_add_up(clips: pd.DataFrame, by: str, clip_filter: ClipFilter) -> None:
    filtered = clip_filter.apply(clips)
    table = count_clips(filtered, by)
    assert len(filtered) > 0
    assert table.to_numpy().sum() == len(filtered)
    assert (table.sum(axis=1) > 0).all()
    assert list(table.columns) == [MEASURED, RECONSTRUCTED, INVENTORY_ONLY]


def test_unknown_is_a_kind_and_comes_last(clips: pd.DataFrame) -> None:
    n_clips_of_age = count_clips(clips, "age_years").sum(axis=1)
    assert n_clips_of_age.index[-1] == UNKNOWN
    assert n_clips_of_age[UNKNOWN] == 1_440 + 480


def test_a_filter_keeps_only_rows_that_meet_all_conditions(clips: pd.DataFrame) -> None:
    filtered = ClipFilter(corpus=("CREMA-D", "TESS"), emotion=("sad",), age_years=(60.0, 70.0)).apply(clips)
    assert set(filtered["corpus"]) == {"CREMA-D", "TESS"}
    assert set(filtered["emotion"]) == {"sad"}
    assert filtered["age_years"].between(60, 70).all()
    assert len(ClipFilter(speaker=("RAVDESS-03",), intensity=("strong",)).apply(clips)) == 28
    assert len(ClipFilter(duration_s=(0.0, 100.0)).apply(clips)) == clips["duration_s"].notna().sum()
    assert ClipFilter(emotion=("calm",), corpus=("TESS",)).apply(clips).empty
