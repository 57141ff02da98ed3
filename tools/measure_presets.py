"""Measure the changes of emotional voices and of the voice lab's presets: writes ``models/preset_effects.csv``.

Actors: each recording of RAVDESS and TESS is compared with the neutral recordings of the same speaker and sentence.
The cues are those of the committed table of clips; only the harmonicity is measured here, in one sentence of RAVDESS.
The figure of a group is the median over its speakers of each speaker's median, so that TESS's two speakers count like
two of RAVDESS's twenty.

Presets: each is applied to neutral recordings of RAVDESS's actors 9 to 20 and of EmoDB. The amounts of the presets were
chosen with recordings of RAVDESS's actors 1 to 8 and of TESS. The network was trained on RAVDESS, and not on EmoDB.

Usage::

    python tools/measure_presets.py --data path/to/corpora
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, fields
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core import threads
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, load_audio
from ser_core.corpora import clip_names, scan
from ser_core.dataset.tables import MEASURED, read_clips
from ser_core.features.cues import measure_cues
from ser_core.features.extraction import extract_features
from ser_core.features.pitch import PITCH_MIN_HZ
from ser_core.inference.recognizer import Recognizer
from ser_core.voice import PRESETS, change_voice
from ser_core.voice.preset_effects import ACTORS, ALL, PRESET, PRESET_EFFECTS_FILE, PresetEffect

CHANGES = ("pitch_st", "intonation", "tempo", "loudness_db", "brightness", "harmonicity_db")
CUES = ("pitch_hz", "pitch_range_st", "speech_s", "level_dbfs", "brightness_hz", "harmonicity_db")
TUNING_SPEAKERS = frozenset(f"RAVDESS-{actor:02d}" for actor in range(1, 9))
CLIPS_PER_SPEAKER = 4

# Praat's value for a frame without a pitch.
_UNVOICED_DB = -200.0


def changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the change from one voice to another in each of ``CHANGES``.

    Parameters
    ----------
    before, after : pandas.DataFrame
        The columns ``CUES``, with the same rows.

    Returns
    -------
    pandas.DataFrame
        The columns ``CHANGES``.
    """
    return pd.DataFrame(
        {
            "pitch_st": 12.0 * np.log2(after["pitch_hz"] / before["pitch_hz"]),
            "intonation": after["pitch_range_st"] / before["pitch_range_st"],
            "tempo": before["speech_s"] / after["speech_s"],
            "loudness_db": after["level_dbfs"] - before["level_dbfs"],
            "brightness": after["brightness_hz"] / before["brightness_hz"],
            "harmonicity_db": after["harmonicity_db"] - before["harmonicity_db"],
        }
    )


def changes_of_actors(data_dir: Path) -> pd.DataFrame:
    """Return the changes from neutral to emotional recordings of the same speaker and sentence.

    Parameters
    ----------
    data_dir : Path
        The folder with RAVDESS.

    Returns
    -------
    pandas.DataFrame
        One row per emotional recording: ``emotion``, ``corpus``, ``sex``, ``speaker`` and ``CHANGES``.
    """
    clips = read_clips()
    clips = clips[(clips["source"] == MEASURED) & clips["corpus"].isin(["RAVDESS", "TESS"])]
    # One sentence, the first repetition: the harmonicity takes longer than all other cues together.
    one_sentence = clips[clips["clip"].str.fullmatch(r"03-01-0\d-0\d-01-01-\d\d")]["clip"]
    clips = clips.assign(harmonicity_db=clips["clip"].map(_harmonicities(data_dir, set(one_sentence))))
    is_neutral = clips["emotion"] == "neutral"
    pair_keys = ["speaker", "sentence"]
    neutral = clips[is_neutral].groupby(pair_keys)[list(CUES)].mean().reset_index()
    pairs = clips[~is_neutral].merge(neutral, on=pair_keys, suffixes=("", "_neutral"))
    before = pairs[[f"{cue}_neutral" for cue in CUES]].set_axis(list(CUES), axis=1)
    return pairs[["emotion", "corpus", "sex", "speaker"]].join(changes(before, pairs[list(CUES)]))


def _harmonicities(data_dir: Path, clips: set[str]) -> dict[str, float]:
    table = scan(data_dir, compare_sound=False).table
    table = table[table["corpus"] == "RAVDESS"].assign(clip=lambda rows: clip_names(rows["path"]))
    table = table[table["clip"].isin(clips)]
    with _pool() as pool:
        values = pool.map(_measure_harmonicity, [data_dir / path for path in table["path"]], chunksize=8)
    return dict(zip(table["clip"], values, strict=True))


def _measure_harmonicity(path: Path) -> float:
    return harmonicity_db(load_audio(path))


def harmonicity_db(audio: Audio) -> float:
    """Return the median harmonics-to-noise ratio of a clip's voiced frames (Boersma 1993), in decibels."""
    import parselmouth

    sound = parselmouth.Sound(audio.samples.astype(np.float64), SAMPLE_RATE_HZ)
    values = sound.to_harmonicity_cc(time_step=0.02, minimum_pitch=PITCH_MIN_HZ).values
    voiced = values[values > _UNVOICED_DB]
    return float(np.median(voiced)) if len(voiced) else float("nan")


def changes_of_presets(data_dir: Path) -> pd.DataFrame:
    """Apply each preset to neutral recordings.

    Parameters
    ----------
    data_dir : Path
        The folder with RAVDESS and EmoDB.

    Returns
    -------
    pandas.DataFrame
        One row per preset and recording: ``emotion``, ``corpus``, ``sex``, ``speaker``, ``CHANGES``, and whether the
        probability of the emotion rises (``moved``) and becomes the greatest (``reached``).
    """
    table = scan(data_dir, compare_sound=False).table
    is_used = table["corpus"].isin(["RAVDESS", "EmoDB"]) & (table["emotion"] == "neutral")
    table = table[is_used & ~table["speaker"].isin(TUNING_SPEAKERS)].groupby("speaker").head(CLIPS_PER_SPEAKER)
    with _pool() as pool:
        effects_of_clip = list(pool.map(_apply_presets, [data_dir / path for path in table["path"]]))
    speakers = table[["corpus", "sex", "speaker"]].reset_index(drop=True)
    by_preset = zip(*effects_of_clip, strict=True)
    return pd.concat([speakers.join(pd.DataFrame(effects)) for effects in by_preset], ignore_index=True)


def _apply_presets(path: Path) -> list[dict[str, object]]:
    """Return one row per preset."""
    audio = load_audio(path)
    before, probabilities_before = _measure(audio)
    rows: list[dict[str, object]] = []
    for preset in PRESETS:
        target = preset.emotion
        after, probabilities = _measure(change_voice(audio, preset.change).audio)
        moved = probabilities[target] > probabilities_before[target]
        reached = max(probabilities, key=probabilities.__getitem__) == target
        change = {str(name): value for name, value in changes(before, after).iloc[0].items()}
        rows.append({"emotion": target, **change, "moved": moved, "reached": reached})
    return rows


def _measure(audio: Audio) -> tuple[pd.DataFrame, dict[str, float]]:
    cues = measure_cues(extract_features(audio))
    values = {name: getattr(cues, name, None) for name in CUES} | {"harmonicity_db": harmonicity_db(audio)}
    return pd.DataFrame([values]), _recognizer().predict(audio).probabilities


@cache
def _recognizer() -> Recognizer:
    return Recognizer()


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=threads.use_one_thread)


def summarise(rows: pd.DataFrame, source: str) -> Iterator[PresetEffect]:
    """Return the effects for each emotion: over all speakers, by sex and by corpus.

    Parameters
    ----------
    rows : pandas.DataFrame
        As ``changes_of_actors`` or ``changes_of_presets`` return them.
    source : str
        ``ACTORS`` or ``PRESET``.

    Yields
    ------
    PresetEffect
    """
    corpora = sorted(rows["corpus"].unique())
    groups = [(ALL, ALL), (ALL, "female"), (ALL, "male"), *((corpus, ALL) for corpus in corpora)]
    for emotion in sorted(rows["emotion"].astype(str).unique()):
        for corpus, sex in groups:
            is_in_group = (rows["emotion"] == emotion) & (rows["corpus"].eq(corpus) | (corpus == ALL))
            group = rows[is_in_group & (rows["sex"].eq(sex) | (sex == ALL))]
            if group.empty:
                continue
            medians = group.groupby("speaker")[list(CHANGES)].median().median().round(2)
            moved, reached = (
                round(float(group[name].mean()), 2) if source == PRESET else None for name in ("moved", "reached")
            )
            yield PresetEffect(
                emotion=emotion,
                source=source,
                corpus=corpus,
                sex=sex,
                n_speakers=int(group["speaker"].nunique()),
                n_clips=len(group),
                pitch_st=float(medians["pitch_st"]),
                intonation=float(medians["intonation"]),
                tempo=float(medians["tempo"]),
                loudness_db=float(medians["loudness_db"]),
                brightness=float(medians["brightness"]),
                harmonicity_db=float(medians["harmonicity_db"]),
                moved_share=moved,
                reached_share=reached,
            )


def write_effects(effects: list[PresetEffect], path: Path) -> None:
    """Write the table.

    Parameters
    ----------
    effects : list of PresetEffect
        Its rows.
    path : Path
        The CSV file to write.
    """
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(PresetEffect)])
        writer.writerows(["" if value is None else value for value in astuple(effect)] for effect in effects)


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description="Measure the effects of emotions and presets on voices.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with RAVDESS and EmoDB")
    parser.add_argument("--out", type=Path, default=PRESET_EFFECTS_FILE, help="the table to write")
    arguments = parser.parse_args()
    of_actors = summarise(changes_of_actors(arguments.data), ACTORS)
    of_presets = summarise(changes_of_presets(arguments.data), PRESET)
    write_effects([*of_actors, *of_presets], arguments.out)


if __name__ == "__main__":
    main()
