"""The measured effects of emotions and of presets on a voice: ``models/preset_effects.csv``.

``tools/measure_presets.py`` writes the table. A row of the source ``actors`` has the changes that actors make from
their neutral voice to an emotion, in the same sentence. A row of the source ``preset`` has the changes that a preset
makes in neutral recordings, and the network's answers to the changed recordings.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ser_core.emotions import BY_LABEL
from ser_core.errors import ModelError
from ser_core.paths import MODELS_DIR

PRESET_EFFECTS_FILE = MODELS_DIR / "preset_effects.csv"

ACTORS, PRESET = "actors", "preset"
ALL = "all"


@dataclass(frozen=True)
class PresetEffect:
    """Changes of a voice, as medians, and the network's answers to the changed voice.

    Parameters
    ----------
    emotion : str
        One of ``ser_core.emotions.LABELS``.
    source : str
        ``ACTORS`` or ``PRESET``.
    corpus, sex : str
        The corpus and the sex of the speakers, or ``ALL``.
    n_speakers, n_clips : int
        Number of speakers, and of emotional or changed clips.
    pitch_st : float
        Change of the median pitch, in semitones.
    intonation : float
        Ratio of the pitch ranges.
    tempo : float
        Ratio of the lengths of speech: above 1 is faster.
    loudness_db : float
        Change of the level, in decibels.
    brightness : float
        Ratio of the spectral centroids.
    harmonicity_db : float
        Change of the harmonics-to-noise ratio, in decibels: below 0 is hoarser. NaN where it was not measured.
    moved_share, reached_share : float or None
        Share of the clips whose probability of the emotion rises, and of those for which it becomes the network's first
        answer. None for actors.
    """

    emotion: str
    source: str
    corpus: str
    sex: str
    n_speakers: int
    n_clips: int
    pitch_st: float
    intonation: float
    tempo: float
    loudness_db: float
    brightness: float
    harmonicity_db: float
    moved_share: float | None
    reached_share: float | None


def read_preset_effects(path: Path = PRESET_EFFECTS_FILE) -> tuple[PresetEffect, ...]:
    """Read the table of measured effects.

    Parameters
    ----------
    path : Path
        The CSV file.

    Returns
    -------
    tuple of PresetEffect
        In the order of the file.

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return tuple(_read_row(row) for row in csv.DictReader(file))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            "The table of the presets' effects is missing or damaged",
            expected="the table that comes with the app, models/preset_effects.csv",
            advice="Restore that file, or make it anew with tools/measure_presets.py",
        ) from error


def find_effect(
    effects: tuple[PresetEffect, ...], emotion: str, source: str, corpus: str = ALL, sex: str = ALL
) -> PresetEffect:
    """Return the row of an emotion, a source and a group of speakers.

    Parameters
    ----------
    effects : tuple of PresetEffect
        The table.
    emotion, source, corpus, sex : str
        Values of the row.

    Returns
    -------
    PresetEffect
    """
    key = (emotion, source, corpus, sex)
    return next(row for row in effects if (row.emotion, row.source, row.corpus, row.sex) == key)


def describe_actors(effects: tuple[PresetEffect, ...], emotion: str) -> str:
    """Return a sentence about the changes that actors make for an emotion.

    Parameters
    ----------
    effects : tuple of PresetEffect
        The table.
    emotion : str
        One of ``ser_core.emotions.LABELS``.

    Returns
    -------
    str
        A sentence with its full stop. It leaves out a change that is small, or that women and men make in opposite
        directions.
    """
    rows = [find_effect(effects, emotion, ACTORS, sex=sex) for sex in (ALL, "female", "male")]
    words = {name: word for name, direction in _DIRECTIONS.items() if (word := direction.shared_word(rows, name))}
    *first, last = [words[name] for name in _DIRECTIONS if name in words and name != "intonation"]
    adverbs = f"{', '.join(first)} and {last}" if first else last
    melody = f", with a {words['intonation']} melody," if "intonation" in words else ""
    return (
        f"Actors who are asked to sound {BY_LABEL[emotion].adjective} speak {adverbs}{melody} than in a neutral voice."
    )


@dataclass(frozen=True)
class _Direction:
    """The words for a change, and the values from which on they are used."""

    more: str
    less: str
    more_from: float
    less_from: float

    def word(self, value: float) -> str | None:
        if value >= self.more_from:
            return self.more
        return self.less if value <= self.less_from else None

    def shared_word(self, rows: list[PresetEffect], name: str) -> str | None:
        """Return the word for the first row, unless another row has the opposite word."""
        first, *further = (self.word(getattr(row, name)) for row in rows)
        return first if all(word in (first, None) for word in further) else None


_DIRECTIONS: Mapping[str, _Direction] = {
    "pitch_st": _Direction("higher", "lower", 0.25, -0.25),
    "tempo": _Direction("faster", "slower", 1.07, 0.93),
    "loudness_db": _Direction("louder", "softer", 1.5, -1.5),
    "brightness": _Direction("brighter", "duller", 1.05, 0.95),
    "harmonicity_db": _Direction("clearer", "hoarser", 1.0, -1.0),
    "intonation": _Direction("livelier", "flatter", 1.07, 0.93),
}


def _read_row(row: Mapping[str, str]) -> PresetEffect:
    return PresetEffect(
        emotion=row["emotion"],
        source=row["source"],
        corpus=row["corpus"],
        sex=row["sex"],
        n_speakers=int(row["n_speakers"]),
        n_clips=int(row["n_clips"]),
        pitch_st=float(row["pitch_st"]),
        intonation=float(row["intonation"]),
        tempo=float(row["tempo"]),
        loudness_db=float(row["loudness_db"]),
        brightness=float(row["brightness"]),
        harmonicity_db=float(row["harmonicity_db"]),
        moved_share=float(row["moved_share"]) if row["moved_share"] else None,
        reached_share=float(row["reached_share"]) if row["reached_share"] else None,
    )
