"""Every clip of the target set that is at hand, measured; then the committed tables.

``python -m ser_core inventory`` runs ``build``.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.audio import loading
from ser_core.audio.loading import Audio
from ser_core.corpora import fingerprint, tess
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.listeners import read_official_votes
from ser_core.dataset.sound_map import SoundMap, level_free
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED, write_tables
from ser_core.dataset.target import at_hand, target_set
from ser_core.features import cues, extraction, peaks, pitch, spectrum
from ser_core.features.cues import MEL_BASED, Cues, measure_cues
from ser_core.features.extraction import N_MFCC, SUMMARY_LAYOUT, extract_features

CUE_COLUMNS = tuple(field.name for field in fields(Cues))
MFCC_COLUMNS = tuple(f"mfcc_{number}" for number in range(1, N_MFCC + 1))

# A reconstructed waveform's level is invented, and the first coefficient is the level.
_RECONSTRUCTED_COLUMNS = (*sorted(MEL_BASED), *MFCC_COLUMNS[1:])

_DECIMALS = 4


def build(data_dir: Path, work_dir: Path, out_dir: Path) -> pd.DataFrame:
    """Scan and measure the corpora, and write the tables that the Data page reads.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora, and with CREMA-D's official tables in ``CREMA-D/``.
    work_dir : Path
        Where the measurements are kept, so that a second run is quick.
    out_dir : Path
        Where the tables go.

    Returns
    -------
    pandas.DataFrame
        The table of clips.

    Raises
    ------
    CorpusError
        If the folder does not hold what the target set is listed from.
    TrainingError
        If no recording can be read.
    """
    clips, paths = rescan(data_dir)
    readable, numbers = _measure_all(data_dir, paths, work_dir / "cache")
    clips.loc[~clips["clip"].isin(readable), "source"] = INVENTORY_ONLY
    clips, sound_map = _with_measurements(clips, readable, numbers)
    write_tables(out_dir, clips, read_official_votes(data_dir / "CREMA-D"), sound_map)
    return clips


def rescan(data_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List the target set, and say which clips of it are at hand. Nothing is decoded.

    Parameters
    ----------
    data_dir : Path
        As in ``build``.

    Returns
    -------
    clips : pandas.DataFrame
        As ``target_set`` gives them, and ``source``: ``MEASURED``, ``RECONSTRUCTED`` or ``INVENTORY_ONLY``.
    paths : pandas.DataFrame
        As ``at_hand`` gives them.
    """
    paths = at_hand(data_dir)
    clips = target_set(data_dir / "CREMA-D", paths.loc[paths["corpus"] == tess.CORPUS, "sentence"])
    reconstructed = clips["clip"].map(paths.set_index("clip")["reconstructed"])
    clips["source"] = reconstructed.map({True: RECONSTRUCTED, False: MEASURED}).fillna(INVENTORY_ONLY)
    return clips, paths


def measure(clip: Audio, *, is_reconstructed: bool) -> np.ndarray:
    """Measure one recording.

    Parameters
    ----------
    clip : Audio
        The recording.
    is_reconstructed : bool
        Whether its pitch is invented, and need not be measured.

    Returns
    -------
    np.ndarray [shape=(1, 1 + cues + 162)]
        The duration in seconds, the cues, and the 162 averages.
    """
    found = extract_features(clip, with_pitch=not is_reconstructed)
    return np.concatenate([[clip.duration_s], astuple(measure_cues(found)), found.summary()])[None]


def _measure_all(data_dir: Path, paths: pd.DataFrame, cache_dir: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the official names of the readable clips, and their measurements; each corpus is cached by itself."""
    parts = [
        _measure_once(data_dir, some, bool(is_reconstructed), cache_dir)
        for (_, is_reconstructed), some in paths.groupby(["corpus", "reconstructed"])
    ]
    names, numbers = zip(*parts, strict=True)
    return np.concatenate(names), np.concatenate(numbers)


def _measure_once(
    data_dir: Path, paths: pd.DataFrame, is_reconstructed: bool, cache_dir: Path
) -> tuple[np.ndarray, np.ndarray]:
    key = hashlib.sha256(fingerprint(paths, data_dir).encode())
    # Numbers that were measured otherwise are not these.
    for module in (loading, cues, extraction, peaks, pitch, spectrum):
        key.update(Path(module.__file__).read_bytes())
    cached = cache_dir / f"measurements-{key.hexdigest()[:16]}.npz"
    if not cached.exists():
        numbers, _, readable = map_clips(
            partial(measure, is_reconstructed=is_reconstructed), data_dir, paths["path"].tolist()
        )
        cache_dir.mkdir(parents=True, exist_ok=True)
        unfinished = cached.with_suffix(".part.npz")
        np.savez(unfinished, clips=paths.loc[readable, "clip"].to_numpy(dtype="U"), numbers=numbers)
        os.replace(unfinished, cached)
    with np.load(cached) as arrays:
        return arrays["clips"], arrays["numbers"]


def _with_measurements(clips: pd.DataFrame, readable: np.ndarray, numbers: np.ndarray) -> tuple[pd.DataFrame, SoundMap]:
    duration_s, cue_values, summaries = np.split(numbers, [1, 1 + len(CUE_COLUMNS)], axis=1)
    measured = pd.DataFrame(
        np.concatenate([cue_values, summaries[:, SUMMARY_LAYOUT["mfcc"]]], axis=1),
        index=pd.Index(readable, name="clip"),
        columns=[*CUE_COLUMNS, *MFCC_COLUMNS],
    )
    is_reconstructed = clips.set_index("clip")["source"].reindex(readable).to_numpy() == RECONSTRUCTED
    measured.loc[is_reconstructed, measured.columns.difference(_RECONSTRUCTED_COLUMNS)] = np.nan
    averages = level_free(summaries, is_reconstructed)
    sound_map = SoundMap.fit(averages)
    measured[["map_x", "map_y"]] = sound_map.place(averages)
    measured["duration_s"] = duration_s
    joined = clips.join(measured.drop(columns="duration_s"), on="clip")
    # CREMA-D's official sizes are the originals' durations; a reconstructed clip may be cut.
    joined["duration_s"] = clips["duration_s"].fillna(clips["clip"].map(measured["duration_s"]))
    return joined.round(_DECIMALS), sound_map
