"""The committed tables agree with the corpora in the data folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import load_audio
from ser_core.dataset.averages import read_averages
from ser_core.dataset.build_tables import CUE_COLUMNS, MFCC_COLUMNS, list_clips_with_sources, measure_clip
from ser_core.dataset.clip_list import available_recordings
from ser_core.dataset.listeners import read_official_votes
from ser_core.dataset.sound_map import level_free
from ser_core.dataset.tables import (
    INVENTORY_ONLY,
    MEASURED,
    RECONSTRUCTED,
    read_clips,
    read_network_map,
    read_sound_map,
    read_votes,
)
from ser_core.inference.embedder import Embedder

pytestmark = pytest.mark.voice

LISTED = ["clip", "corpus", "emotion", "sex", "speaker", "age_years", "sentence", "intensity", "defect"]


@pytest.fixture(scope="module")
def tables_dir(corpora_dir: Path) -> Path:
    if not (corpora_dir / "CREMA-D" / "tabulatedVotes.csv").is_file() or not (corpora_dir / "Tess").is_dir():
        pytest.skip("no official tables of CREMA-D here, or no TESS")
    return corpora_dir


@pytest.fixture(scope="module")
def scanned(tables_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return list_clips_with_sources(tables_dir)


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    return read_clips()


def test_a_new_scan_lists_the_same_clips(scanned: tuple[pd.DataFrame, pd.DataFrame], committed: pd.DataFrame) -> None:
    clips, _ = scanned
    same = committed[LISTED].astype({"emotion": "str"})
    pd.testing.assert_frame_equal(clips[LISTED], same, check_dtype=False)
    crema_d = clips["corpus"] == "CREMA-D"
    assert np.allclose(clips.loc[crema_d, "duration_s"], committed.loc[crema_d, "duration_s"], atol=1e-4)


def test_the_available_recordings_have_the_sources_of_the_table(
    scanned: tuple[pd.DataFrame, pd.DataFrame], committed: pd.DataFrame
) -> None:
    clips, _ = scanned
    differs = committed.loc[clips["source"] != committed["source"].astype(str), "corpus"]
    # Another data folder may hold more or fewer clips of the Kaggle set.
    if set(clips["source"]) == {MEASURED, RECONSTRUCTED, INVENTORY_ONLY}:
        assert differs.empty


def test_new_measurements_give_the_same_numbers(
    scanned: tuple[pd.DataFrame, pd.DataFrame], committed: pd.DataFrame, tables_dir: Path
) -> None:
    _, recordings = scanned
    sound_map, rows, averages = read_sound_map(), committed.set_index("clip"), read_averages()
    for reconstructed, group in recordings.groupby("reconstructed"):
        for clip, path in group.iloc[:: len(group) // 4][["clip", "path"]].itertuples(index=False):
            numbers = measure_clip(load_audio(tables_dir / path), is_reconstructed=bool(reconstructed))[0]
            cues = pd.Series(numbers[1 : 1 + len(CUE_COLUMNS)], index=list(CUE_COLUMNS))
            summary = numbers[1 + len(CUE_COLUMNS) :]
            (row,) = np.flatnonzero(averages.clips == clip)
            assert np.allclose(averages.numbers[row].astype(float), summary, rtol=2e-3, atol=1e-5)
            assert np.allclose(rows.loc[clip, list(MFCC_COLUMNS[1:])].astype(float), summary[14:33], atol=0.01)
            assert rows.loc[clip, "brightness_hz"] == pytest.approx(cues["brightness_hz"], abs=0.1)
            place = sound_map.place(level_free(summary[None], np.array([reconstructed])))[0]
            assert place == pytest.approx(rows.loc[clip, ["map_x", "map_y"]].astype(float), abs=0.01)
            if not reconstructed:
                committed_cues = rows.loc[clip, list(CUE_COLUMNS)].astype(float)
                assert np.allclose(committed_cues, cues, atol=0.01, equal_nan=True)


def test_the_committed_votes_are_the_official_votes(tables_dir: Path) -> None:
    pd.testing.assert_frame_equal(read_official_votes(tables_dir / "CREMA-D"), read_votes())


def test_a_recording_has_the_place_of_the_committed_network_map(tables_dir: Path) -> None:
    embedder = Embedder()
    network_map = read_network_map(embedder.config.network_sha256)
    recordings = available_recordings(tables_dir)
    for clip, path in recordings.iloc[:: len(network_map.places) // 5][["clip", "path"]].itertuples(index=False):
        place = network_map.axes.place(embedder.embed(load_audio(tables_dir / path))[None])[0]
        assert place == pytest.approx(network_map.places.loc[clip].to_numpy(), abs=0.05)
