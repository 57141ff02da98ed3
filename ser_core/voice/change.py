"""The change of a voice: six amounts and their ranges."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class VoiceChange:
    """A change of a voice; the default changes nothing.

    Parameters
    ----------
    pitch_st : float
        Shift of the pitch in semitones; 12 semitones are an octave.
    intonation : float
        Factor on the pitch's distance from its median, in semitones: 1 keeps the melody, 0 makes it flat.
    tempo : float
        Factor on the speed: 1.25 shortens 5 s to 4 s.
    loudness_db : float
        Gain in decibels.
    brightness_db : float
        Gain of the treble (4 kHz and above) relative to the bass (500 Hz and below), in decibels.
    hoarseness : float
        Share of the power that becomes noise, 0 to 1: at 0.5 noise and voice have the same power.
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


# Outside these ranges, overlap-add leaves audible gaps and echoes.
RANGES: dict[str, tuple[float, float]] = {
    "pitch_st": (-8.0, 8.0),
    "intonation": (0.0, 2.5),
    "tempo": (0.6, 1.6),
    "loudness_db": (-20.0, 20.0),
    "brightness_db": (-18.0, 18.0),
    "hoarseness": (0.0, 0.9),
}

NEUTRAL = VoiceChange()
