"""Synthesised sounds that are not speech: music, drums, tones, beeps, noise, hum, sirens, clicks.

They are the negative examples of the speech detector. Each family is a function of a random generator; the same seed
gives the same sounds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.signal import butter, sawtooth, sosfilt, square

from ser_core.audio.loading import SAMPLE_RATE_HZ

DURATION_S = 4.0
_TIME_S = np.arange(round(DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ

_INSTRUMENTS = ("sine", "sawtooth", "square", "organ", "bell", "plucked string", "strings")
_MAJOR_SCALE_ST = (0, 2, 4, 5, 7, 9, 11, 12)
_CHORDS_ST = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 3, 7, 10))

# Pairs of frequencies in hertz: dial tone, ringing, busy tone, and two telephone keys.
_TELEPHONE_TONES_HZ = ((350, 440), (440, 480), (480, 620), (941, 1336), (697, 1209))


def _note(frequency_hz: float, duration_s: float, instrument: str, rng: np.random.Generator) -> np.ndarray:
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    angle = 2.0 * np.pi * frequency_hz * time_s
    wave: np.ndarray | int
    if instrument == "sine":
        wave = np.sin(angle)
    elif instrument == "sawtooth":
        wave = sawtooth(angle)
    elif instrument == "square":
        wave = square(angle)
    elif instrument == "organ":
        wave = sum(np.sin(harmonic * angle) / harmonic for harmonic in (1, 2, 3, 4, 6, 8))
    elif instrument == "bell":
        # Inharmonic partials that decay faster the higher they are.
        wave = sum(np.sin(ratio * angle) * np.exp(-3.0 * ratio * time_s) for ratio in (1.0, 2.76, 5.4, 8.9))
    elif instrument == "plucked string":
        wave = sum(np.sin(n * angle) * np.exp(-2.0 * n * time_s) / n for n in range(1, 9))
    else:
        vibrato = angle * (1.0 + 0.003 * np.sin(2.0 * np.pi * 5.5 * time_s))
        wave = sum(np.sin(n * vibrato + rng.uniform(0.0, 2.0 * np.pi)) / n for n in range(1, 12))
    attack = np.minimum(time_s / 0.01, 1.0)
    release = np.minimum((duration_s - time_s) / min(0.2, duration_s / 3.0), 1.0)
    return np.asarray(wave * attack * release)


def _sequence(rng: np.random.Generator, durations_s: tuple[float, ...], chords: bool) -> np.ndarray:
    """Return notes or chords of one instrument, one after the other [shape=(n,)]."""
    instrument = str(rng.choice(_INSTRUMENTS))
    mix = np.zeros(len(_TIME_S))
    start_s = 0.0
    steps_st: tuple[int, ...]
    while start_s < DURATION_S - 0.2:
        duration_s = min(float(rng.choice(durations_s)), DURATION_S - start_s)
        if chords:
            root_hz = 110.0 * 2.0 ** (int(rng.integers(0, 24)) / 12.0)
            steps_st = _CHORDS_ST[rng.integers(len(_CHORDS_ST))]
        else:
            root_hz = 220.0 * float(rng.choice((0.5, 1.0, 2.0)))
            steps_st = (int(rng.choice(_MAJOR_SCALE_ST)),)
        for step_st in steps_st:
            note = _note(root_hz * 2.0 ** (step_st / 12.0), duration_s, instrument, rng)
            first = round(start_s * SAMPLE_RATE_HZ)
            mix[first : first + len(note)] += note[: len(mix) - first]
        start_s += duration_s
    return mix


def chords(rng: np.random.Generator) -> np.ndarray:
    """Return a sequence of chords on one instrument."""
    beat_s = float(rng.choice((0.25, 0.5, 0.75, 1.0)))
    return _sequence(rng, (beat_s, 2.0 * beat_s), chords=True)


def melody(rng: np.random.Generator) -> np.ndarray:
    """Return single notes of a major scale on one instrument."""
    return _sequence(rng, (0.125, 0.25, 0.5), chords=False)


def drums(rng: np.random.Generator) -> np.ndarray:
    """Return bass drum, snare drum and hi-hat in sixteenth notes at 80 to 150 beats per minute."""
    step_s = 60.0 / rng.uniform(80.0, 150.0) / 4.0
    time_s = np.arange(round(0.25 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    mix = np.zeros(len(_TIME_S))
    for step in range(int((DURATION_S - 0.25) / step_s)):
        first = round(step * step_s * SAMPLE_RATE_HZ)
        hit = np.zeros(len(time_s))
        if step % 8 in (0, 6) or rng.random() < 0.1:
            falling_hz_s = 50.0 * time_s + 2.0 * (1.0 - np.exp(-30.0 * time_s))
            hit += np.sin(2.0 * np.pi * falling_hz_s) * np.exp(-12.0 * time_s)
        if step % 8 == 4:
            hit += 0.7 * rng.standard_normal(len(time_s)) * np.exp(-18.0 * time_s)
            hit += 0.5 * np.sin(2.0 * np.pi * 190.0 * time_s) * np.exp(-20.0 * time_s)
        if step % 2 == 0 or rng.random() < 0.4:
            hit += 0.4 * np.diff(rng.standard_normal(len(time_s) + 1)) * np.exp(-60.0 * time_s)
        mix[first : first + len(hit)] += hit[: len(mix) - first]
    return mix


def band(rng: np.random.Generator) -> np.ndarray:
    """Return chords, a melody and drums together."""
    parts = [(chords(rng), 0.6), (melody(rng), 0.4), (drums(rng), 0.7)]
    return np.asarray(sum(gain * part / np.abs(part).max() for part, gain in parts))


def tone(rng: np.random.Generator) -> np.ndarray:
    """Return one steady sine tone between 80 and 4,000 Hz."""
    return np.asarray(np.sin(2.0 * np.pi * np.exp(rng.uniform(np.log(80.0), np.log(4000.0))) * _TIME_S))


def beeps(rng: np.random.Generator) -> np.ndarray:
    """Return a tone that is switched on and off regularly."""
    on_s = rng.uniform(0.08, 0.7)
    return tone(rng) * (_TIME_S % (2.0 * on_s) < on_s)


def telephone_tones(rng: np.random.Generator) -> np.ndarray:
    """Return two sine tones at once, steady or interrupted, as telephone exchanges send them."""
    first_hz, second_hz = _TELEPHONE_TONES_HZ[rng.integers(len(_TELEPHONE_TONES_HZ))]
    wave = np.sin(2.0 * np.pi * first_hz * _TIME_S) + np.sin(2.0 * np.pi * second_hz * _TIME_S)
    on_s = float(rng.choice((np.inf, 0.5, 1.0, 3.0)))
    return np.asarray(wave if np.isinf(on_s) else wave * (_TIME_S % (2.0 * on_s) < on_s))


def noise(rng: np.random.Generator) -> np.ndarray:
    """Return white, brown, pink, band-limited or slowly swelling noise."""
    white = rng.standard_normal(len(_TIME_S))
    kind = rng.integers(5)
    if kind == 1:
        brown = np.cumsum(white)
        return np.asarray(brown - np.linspace(brown[0], brown[-1], len(brown)))
    if kind == 2:
        spectrum = np.fft.rfft(white)
        return np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), len(white))
    if kind == 3:
        return np.asarray(sosfilt(butter(2, [300, 3000], "bandpass", fs=SAMPLE_RATE_HZ, output="sos"), white))
    if kind == 4:
        return np.asarray(white * (1.0 + 0.9 * np.sin(2.0 * np.pi * rng.uniform(0.5, 6.0) * _TIME_S)))
    return white


def hum(rng: np.random.Generator) -> np.ndarray:
    """Return mains hum of 50 or 60 Hz with its harmonics, and faint noise."""
    mains_hz = float(rng.choice((50.0, 60.0)))
    harmonics = range(1, int(rng.integers(3, 15)))
    wave = sum(np.sin(2.0 * np.pi * mains_hz * n * _TIME_S + rng.uniform(0.0, 2.0 * np.pi)) / n for n in harmonics)
    return np.asarray(wave + 0.02 * rng.standard_normal(len(_TIME_S)))


def siren(rng: np.random.Generator) -> np.ndarray:
    """Return a tone whose frequency swings between 300 and 1,100 Hz."""
    frequency_hz = 700.0 + 400.0 * np.sin(2.0 * np.pi * rng.uniform(0.2, 3.0) * _TIME_S)
    return np.asarray(np.sin(2.0 * np.pi * np.cumsum(frequency_hz) / SAMPLE_RATE_HZ))


def clicks(rng: np.random.Generator) -> np.ndarray:
    """Return short bursts of noise at random moments, as typing or knocking makes them."""
    wave = 0.01 * rng.standard_normal(len(_TIME_S))
    decay = np.exp(-np.arange(300) / rng.uniform(20.0, 100.0))
    for first in rng.integers(0, len(wave) - 400, rng.integers(5, 40)):
        wave[first : first + 300] += rng.standard_normal(300) * decay
    return wave


FAMILIES: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "chords": chords,
    "melody": melody,
    "drums": drums,
    "band": band,
    "tone": tone,
    "beeps": beeps,
    "telephone tones": telephone_tones,
    "noise": noise,
    "hum": hum,
    "siren": siren,
    "clicks": clicks,
}


def synthesise(family: str, n_sounds: int, seed: int) -> list[np.ndarray]:
    """Return sounds of one family, each at a random level.

    Parameters
    ----------
    family : str
        A key of ``FAMILIES``.
    n_sounds : int
        Number of sounds.
    seed : int
        Seed of the random generator.

    Returns
    -------
    list of np.ndarray [shape=(n,), dtype=float32]
        Mono, 16 kHz, four seconds, peak 0.05 to 0.9.
    """
    rng = np.random.default_rng([seed, list(FAMILIES).index(family)])
    sounds = []
    for _ in range(n_sounds):
        wave = FAMILIES[family](rng)
        sounds.append((wave / np.abs(wave).max() * rng.uniform(0.05, 0.9)).astype(np.float32))
    return sounds
