"""Blocks of a browser's sound become 16 kHz mono."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from ser_core.live import MonoResampler, by_channel
from tests.unit.live.streams import RATE_HZ


def test_interleaved_and_planar_blocks_give_the_same_columns() -> None:
    left, right = np.arange(5), np.arange(10, 15)
    expected = np.stack([left, right], axis=1)
    interleaved = np.array([[0, 10, 1, 11, 2, 12, 3, 13, 4, 14]])
    np.testing.assert_array_equal(by_channel(interleaved, 2), expected)
    np.testing.assert_array_equal(by_channel(np.stack([left, right]), 2), expected)
    np.testing.assert_array_equal(by_channel(left[None], 1), left[:, None])


@pytest.mark.parametrize("rate_hz", [48_000, 44_100, 16_000])
def test_resampling_in_blocks_equals_resampling_at_once(rate_hz: int) -> None:
    rng = np.random.default_rng(1)
    samples = rng.normal(0.0, 0.1, rate_hz).astype(np.float32)
    expected = soxr.resample(samples, rate_hz, RATE_HZ)
    resampler = MonoResampler()
    blocks, start = [], 0
    while start < len(samples):
        # Jitter: a network delivers blocks of varying length.
        n = int(rng.integers(1, 2000))
        blocks.append(resampler.feed(samples[start : start + n, None], rate_hz))
        start += n
    resampled = np.concatenate(blocks)
    assert len(expected) - len(resampled) < 0.05 * RATE_HZ
    np.testing.assert_allclose(resampled, expected[: len(resampled)], atol=1e-5)


def test_stereo_integers_are_averaged_and_scaled_to_full_scale_one() -> None:
    block = np.tile(np.array([[16_384, 0]], dtype=np.int16), (4_800, 1))
    resampled = MonoResampler().feed(block, 48_000)
    assert resampled.dtype == np.float32
    np.testing.assert_allclose(resampled[400:1000], 0.25, atol=1e-4)
