"""Ready-made changes after what reviews of vocal emotion found.

The directions are the literature's; the amounts are ours, chosen so that they can be heard and the voice survives.
Surprise has no preset, since none of the reviews describes it. Where two disagree, as on the brightness of fear,
nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from ser_core.voice.change import VoiceChange

_JUSLIN = "Juslin and Laukka (2003), summary of cues by emotion"
_SCHERER = "Scherer (2003), table of effects on vocal parameters"
_MURRAY = "Murray and Arnott (1993), summary of vocal effects"


@dataclass(frozen=True)
class Preset:
    """One ready-made change.

    Parameters
    ----------
    emotion : str
        The label of ``ser_core.emotions.LABELS`` that it leans towards.
    title : str
        What it makes of a voice: ``"angrier"``.
    change : VoiceChange
        What it does.
    finding : str
        What the source found, in a plain sentence.
    source : str
        Where that stands.
    """

    emotion: str
    title: str
    change: VoiceChange
    finding: str
    source: str


PRESETS: tuple[Preset, ...] = (
    Preset(
        "angry",
        "angrier",
        VoiceChange(pitch_st=3.0, intonation=1.5, tempo=1.15, loudness_db=6.0, brightness_db=9.0, hoarseness=0.05),
        "Angry voices are fast, loud and bright, high with a wide melody, and a little irregular.",
        f"{_JUSLIN}; {_SCHERER}",
    ),
    Preset(
        "happy",
        "happier",
        VoiceChange(pitch_st=4.0, intonation=1.7, tempo=1.1, loudness_db=3.0, brightness_db=4.0),
        "Happy voices are fast and rather loud, high with a wide melody.",
        f"{_JUSLIN}; {_SCHERER}",
    ),
    Preset(
        "sad",
        "sadder",
        VoiceChange(pitch_st=-2.0, intonation=0.5, tempo=0.8, loudness_db=-6.0, brightness_db=-8.0),
        "Sad voices are slow, soft and dull, low with a flat melody.",
        f"{_JUSLIN}; {_SCHERER}",
    ),
    Preset(
        "fear",
        "more afraid",
        VoiceChange(pitch_st=5.0, intonation=0.6, tempo=1.25, loudness_db=-2.0, hoarseness=0.1),
        "Frightened voices are fast and high with little melody; soft, unless it is panic.",
        _JUSLIN,
    ),
    Preset(
        "calm",
        "calmer",
        VoiceChange(pitch_st=-1.5, intonation=0.7, tempo=0.88, loudness_db=-5.0, brightness_db=-5.0),
        "Tender voices are slow, soft and dull, low with little melody.",
        _JUSLIN,
    ),
    Preset(
        "disgust",
        "more disgusted",
        VoiceChange(pitch_st=-4.0, intonation=1.2, tempo=0.75, loudness_db=-3.0, hoarseness=0.15),
        "Disgusted voices are very slow and very low, soft, grumbling, with a slightly wider melody.",
        _MURRAY,
    ),
)
