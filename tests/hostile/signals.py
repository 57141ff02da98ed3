"""Correct sound files with unusual signals, sample rates and numbers of channels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.harness.recordings import encode

_RATE_HZ = 16_000


def signals() -> dict[str, np.ndarray]:
    """Return unusual signals by name, at 16 kHz, float64."""
    n = 2 * _RATE_HZ
    time_s = np.arange(n) / _RATE_HZ
    rng = np.random.default_rng(0)
    tone, noise = np.sin(2 * np.pi * 200 * time_s), rng.normal(0, 0.3, n)
    signals_by_name = {
        "one sample": np.array([0.5]),
        "two samples": np.array([0.5, -0.5]),
        "silence": np.zeros(n),
        "a constant": np.full(n, 0.7),
        "the largest constant": np.full(n, 1.0),
        "a tone with a large offset": 0.05 * tone + 0.9,
        "denormals": np.full(n, 1e-40),
        "the smallest number": np.full(n, np.finfo(np.float64).smallest_subnormal),
        "a tone far below audibility": 1e-20 * tone,
        "one click": np.eye(1, n, n // 2)[0],
        "one denormal": 1e-42 * np.eye(1, n, n // 2)[0],
        "a click at the end": np.eye(1, n, n - 1)[0],
        "the highest frequency": np.tile([1.0, -1.0], n // 2),
        "a square wave": np.sign(tone),
        "a sweep": np.sin(2 * np.pi * 2_000 * time_s**2),
        "noise": noise,
        "very quiet noise": 1e-4 * noise,
        "as loud as integers": tone * 2.0**31,
        "louder than integers": tone * 2.0**33,
        "too loud for float32": tone * 1e300,
        "a pause of 99 %": np.concatenate([np.zeros(99 * n // 20), noise[: n // 20]]),
        "a very loud moment": tone * np.where(np.arange(n) == 1_000, 1e9, 1e-3),
    }
    for name, bad in {"NaN": np.nan, "infinity": np.inf, "minus infinity": -np.inf}.items():
        signals_by_name |= {f"all {name}": np.full(n, bad)}
        signals_by_name |= {
            f"{name} at sample {index}": np.where(np.arange(n) == index, bad, tone) for index in (0, 5_000, n - 1)
        }
    # Lengths near those of a frame, a hop and a window.
    for length in (3, 199, 200, 201, 255, 256, 257, 511, 512, 513, 1_023, 1_024, 1_025, 47_800, 48_000, 48_200):
        signals_by_name[f"{length} samples of noise"] = rng.normal(0, 0.3, length)
    return signals_by_name


def unusual_sounds() -> Iterator[tuple[str, bytes]]:
    """Yield each signal as a WAV with 32-bit and with 64-bit floats."""
    for name, samples in signals().items():
        for subtype in ("FLOAT", "DOUBLE"):
            with np.errstate(over="ignore", under="ignore"):
                yield f"{name}, {subtype}", encode(samples, _RATE_HZ, "WAV", subtype)


def unusual_rates() -> Iterator[tuple[str, bytes]]:
    """Yield noise and a single sample at many rates and numbers of channels."""
    for rate_hz in (1, 100, 3_999, 4_000, 8_000, 11_025, 44_100, 96_000, 192_000, 192_001, 384_000):
        for channels in (1, 2, 6, 32):
            noise = np.random.default_rng(rate_hz).normal(0, 0.1, (min(rate_hz, 48_000), channels))
            yield f"{rate_hz} Hz, {channels} channels", encode(noise, rate_hz)
        yield f"a sample at {rate_hz} Hz", encode(np.array([0.5]), rate_hz)
    for channels in (255, 1_024):
        yield f"{channels} channels", encode(np.zeros((16_000, channels)), 16_000)
