"""Ready-made changes in the directions in which actors change their voices for an emotion.

The directions, and the sentence of each preset, come from pairs of recordings: the same sentence by the same actor,
neutral and in the emotion (``models/preset_effects.csv``). They agree with the reviews of Juslin and Laukka (2003),
Scherer (2003) and Murray and Arnott (1993) in pitch, loudness and brightness, except that sad and disgusted voices are
higher here, not lower. In tempo they differ: the reviews describe angry, happy and frightened voices as fast. So are
those of TESS, but the actors of RAVDESS speak more slowly in nearly every emotion than in neutral.

The amounts were chosen with the network, on neutral recordings of RAVDESS's actors 1 to 8 and of TESS: those that raise
the probability of the emotion most, within limits in which the voice remains a voice. They are often larger than the
actors' own changes, because actors change more than these six properties. A change of loudness does not affect the
network; its amount is smaller than the actors', to prevent clipping.
"""

from __future__ import annotations

from dataclasses import dataclass

from ser_core.voice.change import VoiceChange

SOURCE = "RAVDESS and TESS: 22 actors, the same sentences in a neutral and in an emotional voice"


@dataclass(frozen=True)
class Preset:
    """One ready-made change.

    Parameters
    ----------
    emotion : str
        The target, one of ``ser_core.emotions.LABELS``.
    title : str
        The result in one word or two: ``"angrier"``.
    change : VoiceChange
        The amounts.
    finding : str
        The changes that actors make for this emotion, as a plain sentence: ``preset_effects.describe_actors``.
    """

    emotion: str
    title: str
    change: VoiceChange
    finding: str


PRESETS: tuple[Preset, ...] = (
    Preset(
        "angry",
        "angrier",
        VoiceChange(pitch_st=2.0, intonation=1.3, loudness_db=6.0, brightness_db=13.0, hoarseness=0.05),
        "Actors who are asked to sound angry speak higher, slower, louder, brighter and hoarser, with a livelier "
        "melody, than in a neutral voice.",
    ),
    Preset(
        "happy",
        "happier",
        VoiceChange(pitch_st=4.0, intonation=2.1, loudness_db=4.0, brightness_db=7.0),
        "Actors who are asked to sound happy speak higher, louder and brighter, with a livelier melody, than in a "
        "neutral voice.",
    ),
    Preset(
        "sad",
        "sadder",
        VoiceChange(pitch_st=5.0, intonation=0.9, tempo=0.75),
        "Actors who are asked to sound sad speak higher and slower than in a neutral voice.",
    ),
    Preset(
        "fear",
        "more afraid",
        VoiceChange(pitch_st=7.0, intonation=0.7, loudness_db=4.0, brightness_db=2.0),
        "Actors who are asked to sound afraid speak higher, louder and brighter, with a flatter melody, than in a "
        "neutral voice.",
    ),
    Preset(
        "calm",
        "calmer",
        VoiceChange(pitch_st=-2.0, intonation=0.7, tempo=0.7, loudness_db=-3.0, brightness_db=-4.0),
        "Actors who are asked to sound calm speak lower, slower, softer and duller than in a neutral voice.",
    ),
    Preset(
        "disgust",
        "more disgusted",
        VoiceChange(pitch_st=2.0, intonation=1.4, tempo=0.7, loudness_db=2.0, brightness_db=8.0, hoarseness=0.25),
        "Actors who are asked to sound disgusted speak higher, slower, louder, brighter and hoarser, with a livelier "
        "melody, than in a neutral voice.",
    ),
    Preset(
        "surprise",
        "more surprised",
        VoiceChange(pitch_st=7.5, intonation=2.0, loudness_db=4.0, brightness_db=1.0),
        "Actors who are asked to sound surprised speak higher, louder, brighter and hoarser, with a livelier melody, "
        "than in a neutral voice.",
    ),
)
