"""The sounds that a lesson can play and draw: computer voices, pure tones and made vowels, all without network access.

A name is one of these, and may end with one change::

    computer/angry_female                 a committed computer voice
    tone/220                              a sine of 220 Hz
    vowel/a/120                           the vowel a at a pitch of 120 Hz; also e, i, o and u
    computer/angry_female at -15 dB       softer
    computer/angry_female at 4 bits       with 16 different values for a sample
    computer/angry_female at 2000 Hz      with 2,000 samples a second
    computer/angry_female backwards       from its end to its start
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio
from ser_core.errors import LessonError
from ser_core.paths import SAMPLES_DIR
from ser_core.samples import Sample
from ser_core.samples.computer_voices import ComputerVoices

_NAME = re.compile(r"(computer/\w+|tone/\d{2,4}|vowel/[aeiou]/\d{2,3})(?: at (-?\d+) (dB|bits|Hz)| (backwards))?")

_BACKWARDS = "backwards"

# The values that a change can have.
_RANGES = {"dB": (-60, 20), "bits": (1, 16), "Hz": (500, SAMPLE_RATE_HZ), "": (0, 0), _BACKWARDS: (0, 0)}

# Made sounds: one second, with this level, faded so that they do not click.
_DURATION_S, _LEVEL_DBFS, _FADE_S = 1.0, -23.0, 0.03

# The first three formants of men's vowels in hertz, after Peterson and Barney (1952), "Control methods used in a study
# of the vowels": the vowels of "father", "bed", "heed", "hawed" and "who'd".
_FORMANTS_HZ = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
_BANDWIDTHS_HZ = (70, 90, 120)
# The harmonics that leave the mouth fall by 6 dB an octave, besides the resonances: the vocal folds make them fall by
# about 12 dB, and the lips let high frequencies out better, by 6 dB.
_SOURCE_SLOPE_HZ = 100.0


@cache
def _voices() -> ComputerVoices:
    return ComputerVoices(SAMPLES_DIR / "computer_voices")


def voice_samples() -> tuple[Sample, ...]:
    """Return the computer voices.

    Raises
    ------
    SampleError
        If the list of computer voices is missing or damaged.
    """
    return _voices().samples


def is_sound(name: str) -> bool:
    """Return whether a name is that of a sound."""
    try:
        base, _, _ = _split(name)
    except LessonError:
        return False
    return not base.startswith("computer/") or _sample(base) is not None


def sound_title(name: str) -> str:
    """Return what a sound is, in a few words for a page: ``"Angry, woman's computer voice"``."""
    base, value, unit = _split(name)
    kind, *parts = base.split("/")
    if kind == "tone":
        title = f"Tone of {parts[0]} Hz"
    elif kind == "vowel":
        title = f"Vowel {parts[0]} at {parts[1]} Hz"
    else:
        sample = _require_sample(base)
        title = f"{str(sample.emotion).capitalize()}, {'woman' if sample.sex == 'female' else 'man'}'s computer voice"
    changes = {"dB": "{} dB", "bits": "{} bits a sample", "Hz": "{:,} samples a second", _BACKWARDS: _BACKWARDS}
    return f"{title}, {changes[unit].format(value)}" if unit else title


def load_sound(name: str) -> Audio:
    """Return a sound.

    Parameters
    ----------
    name : str
        A name as above.

    Returns
    -------
    Audio

    Raises
    ------
    LessonError
        If the name is not that of a sound.
    SampleError
        If a computer voice is missing.
    """
    base, value, unit = _split(name)
    kind, *parts = base.split("/")
    if kind == "computer":
        audio = load_audio(_voices().load(_require_sample(base)))
    elif kind == "tone":
        time_s = np.arange(round(_DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        audio = _finished(np.sin(2.0 * np.pi * int(parts[0]) * time_s))
    else:
        audio = _finished(_vowel(parts[0], int(parts[1])))
    return from_samples(_changed(audio.samples, value, unit), SAMPLE_RATE_HZ) if unit else audio


def _split(name: str) -> tuple[str, int, str]:
    """Return a sound without its change, the value of the change (0 without one), and its unit or ``"backwards"``."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise _unknown(name)
    value, unit = int(match[2] or 0), match[3] or match[4] or ""
    low, high = _RANGES[unit]
    if not low <= value <= high:
        raise _unknown(name)
    return match[1], value, unit


def _sample(base: str) -> Sample | None:
    return next((sample for sample in voice_samples() if sample.sample_id == base), None)


def _require_sample(base: str) -> Sample:
    sample = _sample(base)
    if sample is None:
        raise _unknown(base)
    return sample


def _vowel(vowel: str, pitch_hz: int) -> npt.NDArray[np.float64]:
    """Return a vowel: the harmonics of the voice, each as strong as the resonances of the mouth make it."""
    time_s = np.arange(round(_DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    samples = np.zeros(len(time_s))
    for harmonic_hz in range(pitch_hz, SAMPLE_RATE_HZ // 2, pitch_hz):
        # A resonance at f with bandwidth b has a pole pair; this is its response to a sine.
        response = complex(_SOURCE_SLOPE_HZ / (_SOURCE_SLOPE_HZ + harmonic_hz))
        for formant_hz, bandwidth_hz in zip(_FORMANTS_HZ[vowel], _BANDWIDTHS_HZ, strict=True):
            response *= formant_hz**2 / (formant_hz**2 - harmonic_hz**2 + 1j * bandwidth_hz * harmonic_hz)
        samples += np.real(response * np.exp(2j * np.pi * harmonic_hz * time_s))
    return samples


def _finished(samples: npt.NDArray[np.float64]) -> Audio:
    """Return samples with the level of all made sounds, faded in and out."""
    n_fade = round(_FADE_S * SAMPLE_RATE_HZ)
    fade = np.minimum(1.0, np.minimum(np.arange(len(samples)), np.arange(len(samples))[::-1]) / n_fade)
    scaled = samples / np.sqrt(np.mean(samples**2)) * 10.0 ** (_LEVEL_DBFS / 20.0)
    return from_samples((scaled * fade).astype(np.float32), SAMPLE_RATE_HZ)


def _changed(samples: npt.NDArray[np.float32], value: int, unit: str) -> npt.NDArray[np.float32]:
    if unit == _BACKWARDS:
        return samples[::-1].copy()
    if unit == "dB":
        return samples * np.float32(10.0 ** (value / 20.0))
    if unit == "bits":
        # Of the sound's own range, so that a soft sound keeps some of its values too.
        step = 2.0 * float(np.abs(samples).max()) / (2**value - 1)
        return np.round(samples / np.float32(step)) * np.float32(step)
    fewer = soxr.resample(samples, SAMPLE_RATE_HZ, value)
    return np.asarray(soxr.resample(fewer, value, SAMPLE_RATE_HZ), dtype=np.float32)


def _unknown(name: str) -> LessonError:
    return LessonError(
        f'The sound "{name[:60]}" is not known',
        expected="a sound such as computer/angry_female, tone/220 or vowel/a/120",
        advice="Correct the name; docs/lessons.md lists the sounds",
    )
