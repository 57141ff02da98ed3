"""The features as CSV and NPZ files."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.features.extraction import Features, extract_features
from ser_core.features.files import features_to_csv, features_to_npz


@pytest.fixture
def features(tone: np.ndarray) -> Features:
    pause = np.zeros(SAMPLE_RATE_HZ // 4, dtype=np.float32)
    return extract_features(from_samples(np.concatenate([tone, pause]), SAMPLE_RATE_HZ))


def test_the_table_has_one_row_per_frame_and_all_features(features: Features) -> None:
    table = pd.read_csv(io.StringIO(features_to_csv(features)))
    assert len(table) == len(features.time_s)
    assert table.shape[1] == 4 + 12 + 20 + 128
    assert table.columns.is_unique
    np.testing.assert_allclose(table["time_s"], features.time_s, rtol=1e-5)
    np.testing.assert_allclose(table["pitch_hz"], features.pitch_hz, rtol=1e-5)
    np.testing.assert_allclose(table["chroma_a"], features.chroma[9], rtol=1e-5, atol=1e-9)
    np.testing.assert_allclose(table["mfcc_20"], features.mfcc[19], rtol=1e-5, atol=1e-9)
    assert table["pitch_hz"].isna().any()


def test_the_archive_has_every_array_unchanged(features: Features) -> None:
    with np.load(io.BytesIO(features_to_npz(features))) as archive:
        assert sorted(archive.files) == sorted(vars(features))
        for name in archive.files:
            np.testing.assert_array_equal(archive[name], getattr(features, name))
