"""What is to be changed in a voice, and how far that makes sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class VoiceChange:
    """A change of a voice; the default changes nothing.

    Parameters
    ----------
    pitch_st : float
        How many semitones higher; 12 are an octave.
    intonation : float
        How much wider the melody swings around its median: 1 as it is, 0 flat, 2 twice as far in semitones.
    tempo : float
        How many times as fast: 1.25 says in 4 s what took 5 s.
    loudness_db : float
        How many decibels louder.
    brightness_db : float
        How many decibels the treble (4 kHz and above) gains on the bass (500 Hz and below).
    hoarseness : float
        Share of the sound's power that becomes noise, 0 to 1: at 0.5 there is as much noise as voice.
    """

    pitch_st: float = 0.0
    intonation: float = 1.0
    tempo: float = 1.0
    loudness_db: float = 0.0
    brightness_db: float = 0.0
    hoarseness: float = 0.0

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            low, high = RANGES[name]
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}, expected {low} to {high}")


# Beyond these, overlapping and adding leaves gaps and echoes instead of a voice.
RANGES: dict[str, tuple[float, float]] = {
    "pitch_st": (-8.0, 8.0),
    "intonation": (0.0, 2.5),
    "tempo": (0.6, 1.6),
    "loudness_db": (-20.0, 20.0),
    "brightness_db": (-18.0, 18.0),
    "hoarseness": (0.0, 0.9),
}

NEUTRAL = VoiceChange()
