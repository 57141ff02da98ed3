"""Sounds that are not speech, made in other ways than those that the speech detector was fitted to."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

SAMPLE_RATE_HZ = 16_000
_DURATION_S = 4.0


def _time_s() -> np.ndarray:
    return np.arange(round(_DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def frequency_modulation_bells(seed: int) -> np.ndarray:
    """Notes of frequency modulation synthesis (Chowning 1973), two a second."""
    rng = np.random.default_rng(seed)
    time_s, mix = _time_s(), np.zeros(len(_time_s()))
    for start_s in np.arange(0.0, _DURATION_S, 0.5):
        elapsed_s = np.maximum(time_s - start_s, 0.0)
        carrier_hz = 220.0 * 2.0 ** (rng.choice([0, 3, 5, 7, 10, 12]) / 12.0)
        envelope = np.exp(-4.0 * elapsed_s) * (time_s >= start_s)
        modulator = 5.0 * envelope * np.sin(2.0 * np.pi * 1.4 * carrier_hz * elapsed_s)
        mix += envelope * np.sin(2.0 * np.pi * carrier_hz * elapsed_s + modulator)
    return mix


def karplus_strong_guitar(seed: int) -> np.ndarray:
    """A strummed pattern of plucked strings (Karplus and Strong 1983)."""
    rng = np.random.default_rng(seed)
    mix = np.zeros(len(_time_s()))
    for number, first in enumerate(range(0, len(mix) - 8000, 4000)):
        period = round(SAMPLE_RATE_HZ / (110.0 * 2.0 ** ([0, 7, 12, 16, 19, 16, 12, 7][number % 8] / 12.0)))
        excitation = np.zeros(8000)
        excitation[:period] = rng.uniform(-1.0, 1.0, period)
        feedback = np.zeros(period + 2)
        feedback[0], feedback[period], feedback[period + 1] = 1.0, -0.498, -0.498
        mix[first : first + 8000] += lfilter([1.0], feedback, excitation)
    return mix


def electronic_beat(seed: int) -> np.ndarray:
    """A drum machine: sweeping kick, filtered noise snare, metallic hats, and a square bass line."""
    rng = np.random.default_rng(seed)
    time_s, mix = _time_s(), np.zeros(len(_time_s()))
    step_s = 60.0 / rng.uniform(90.0, 140.0) / 2.0
    for step, start_s in enumerate(np.arange(0.0, _DURATION_S - 0.3, step_s)):
        elapsed_s = time_s - start_s
        is_on = elapsed_s >= 0.0
        decay_s = np.where(is_on, elapsed_s, 0.0)
        if step % 2 == 0:
            mix += (
                is_on * np.sin(2.0 * np.pi * (45.0 * decay_s - 8.0 * np.exp(-20.0 * decay_s))) * np.exp(-9.0 * decay_s)
            )
        else:
            mix += 0.5 * is_on * rng.standard_normal(len(time_s)) * np.exp(-25.0 * decay_s)
        metal = sum(np.sign(np.sin(2.0 * np.pi * hz * decay_s)) for hz in (2050.0, 3015.0, 4210.0))
        mix += 0.1 * is_on * metal * np.exp(-50.0 * decay_s)
        bass_hz = 55.0 * 2.0 ** (rng.choice([0, 3, 5, 7]) / 12.0)
        mix += 0.3 * (is_on & (elapsed_s < step_s)) * np.sign(np.sin(2.0 * np.pi * bass_hz * time_s))
    return mix


def hold_tone(seed: int) -> np.ndarray:
    """A waiting signal: three rising tones, then a pause."""
    base_hz = np.random.default_rng(seed).uniform(300.0, 900.0)
    time_s = _time_s()
    position = (time_s % 1.5) / 0.25
    frequency_hz = base_hz * np.choose(np.minimum(position.astype(int), 3), [1.0, 1.25, 1.5, 1.0])
    return np.sin(2.0 * np.pi * np.cumsum(frequency_hz) / SAMPLE_RATE_HZ) * (position < 3.0)


def beeps(seed: int) -> np.ndarray:
    """A 440 Hz tone, half a second on and half a second off, with harmonics for odd seeds."""
    time_s = _time_s()
    wave = np.sin(2.0 * np.pi * 440.0 * time_s)
    return (np.sign(wave) if seed % 2 else wave) * (time_s % 1.0 < 0.5)


def engine_noise(seed: int) -> np.ndarray:
    """A pulse train whose rate drifts, in low-passed noise."""
    rng = np.random.default_rng(seed)
    rate_hz = 30.0 + 10.0 * np.sin(2.0 * np.pi * 0.3 * _time_s())
    pulses = (np.diff(np.floor(np.cumsum(rate_hz) / SAMPLE_RATE_HZ), prepend=0.0) > 0.0).astype(float)
    return lfilter([1.0], [1.0, -0.95], pulses + 0.02 * rng.standard_normal(len(pulses)))


KINDS = {
    "FM bells": frequency_modulation_bells,
    "plucked strings": karplus_strong_guitar,
    "drum machine": electronic_beat,
    "hold tone": hold_tone,
    "beeps": beeps,
    "engine": engine_noise,
}


def unfamiliar_sounds(per_kind: int = 5) -> dict[str, list[np.ndarray]]:
    """Return sounds by kind, float32, peak 0.5, 16 kHz."""
    sounds = {}
    for name, make in KINDS.items():
        waves = [make(seed) for seed in range(per_kind)]
        sounds[name] = [(0.5 * wave / np.abs(wave).max()).astype(np.float32) for wave in waves]
    return sounds
