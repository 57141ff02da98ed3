"""Building the committed tables of the Data page: ``python -m ser_core inventory`` runs ``build_tables``."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core import audio, features
from ser_core.atomic_write import replace_when_complete
from ser_core.audio.loading import Audio
from ser_core.corpora import tess
from ser_core.corpora.fingerprint import fingerprint
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.averages import Averages, write_averages
from ser_core.dataset.clip_list import available_recordings, list_clips
from ser_core.dataset.listeners import read_official_votes
from ser_core.dataset.sound_map import SoundMap, level_free
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED, write_tables
from ser_core.features.cues import MEL_BASED, Cues, measure_cues
from ser_core.features.extraction import N_MFCC, N_SUMMARY, SUMMARY_LAYOUT, extract_features

CUE_COLUMNS = tuple(field.name for field in fields(Cues))
MFCC_COLUMNS = tuple(f"mfcc_{number}" for number in range(1, N_MFCC + 1))

# The level of a reconstructed waveform is arbitrary, and the first MFCC measures the level.
_RECONSTRUCTED_COLUMNS = (*sorted(MEL_BASED), *MFCC_COLUMNS[1:])

# The measurements come from this code. It includes the decoders, which are imported only when a file needs them.
_MEASURING_PACKAGES = (audio, features)

_DECIMALS = 4


def build_tables(data_dir: Path, work_dir: Path, out_dir: Path) -> pd.DataFrame:
    """Scan and measure the corpora, and write the tables that the Data page reads.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora, and with CREMA-D's official tables in ``CREMA-D/``.
    work_dir : Path
        Folder for the cached measurements, so that a second run is quick.
    out_dir : Path
        Folder for the tables.

    Returns
    -------
    pandas.DataFrame
        The table of clips, as ``tables.read_clips`` returns it.

    Raises
    ------
    CorpusError
        If the folder lacks CREMA-D's tables or one of TESS's words.
    TrainingError
        If no recording can be read.
    """
    clips, recordings = list_clips_with_sources(data_dir)
    readable_clips, measurements = _measure_all(data_dir, recordings, work_dir / "cache")
    clips.loc[~clips["clip"].isin(readable_clips), "source"] = INVENTORY_ONLY
    clips, sound_map = _with_measurements(clips, readable_clips, measurements)
    write_tables(out_dir, clips, read_official_votes(data_dir / "CREMA-D"), sound_map)
    write_averages(out_dir, Averages(readable_clips, measurements[:, -N_SUMMARY:].astype(np.float16)))
    return clips


def list_clips_with_sources(data_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List the Kaggle set with the source of each clip's measurements. Nothing is decoded.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora, as in ``build_tables``.

    Returns
    -------
    clips : pandas.DataFrame
        The rows of ``list_clips`` with the column ``source``: ``MEASURED``, ``RECONSTRUCTED`` or ``INVENTORY_ONLY``.
    recordings : pandas.DataFrame
        The rows of ``available_recordings``.
    """
    recordings = available_recordings(data_dir)
    clips = list_clips(data_dir / "CREMA-D", recordings.loc[recordings["corpus"] == tess.CORPUS, "sentence"])
    is_reconstructed = clips["clip"].map(recordings.set_index("clip")["reconstructed"])
    clips["source"] = is_reconstructed.map({True: RECONSTRUCTED, False: MEASURED}).fillna(INVENTORY_ONLY)
    return clips, recordings


def measure_clip(clip: Audio, *, is_reconstructed: bool) -> np.ndarray:
    """Measure one recording.

    Parameters
    ----------
    clip : Audio
        The recording.
    is_reconstructed : bool
        True for a waveform that was computed from a spectrogram: its pitch is arbitrary and is not measured.

    Returns
    -------
    np.ndarray [shape=(1, 1 + n_cues + 162)]
        The duration in seconds, the cues in the order of ``CUE_COLUMNS``, and ``Features.summary()``.
    """
    features = extract_features(clip, with_pitch=not is_reconstructed)
    row: np.ndarray = np.concatenate([[clip.duration_s], astuple(measure_cues(features)), features.summary()])
    return row[None]


def measuring_modules() -> list[Path]:
    """Return the source files that the measurements depend on. A cached measurement is used while these are the same.

    Returns
    -------
    list of Path
        Sorted by package and path.
    """
    return [module for package in _MEASURING_PACKAGES for module in sorted(Path(package.__path__[0]).rglob("*.py"))]


def _measure_all(data_dir: Path, recordings: pd.DataFrame, cache_dir: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the official names of the readable clips, and their measurements. Each corpus has its own cache file."""
    parts = [
        _measure_or_load(data_dir, part, bool(part["reconstructed"].iloc[0]), cache_dir)
        for _, part in recordings.groupby(["corpus", "reconstructed"])
    ]
    clips, measurements = zip(*parts, strict=True)
    return np.concatenate(clips), np.concatenate(measurements)


def _measure_or_load(
    data_dir: Path, recordings: pd.DataFrame, is_reconstructed: bool, cache_dir: Path
) -> tuple[np.ndarray, np.ndarray]:
    key = hashlib.sha256(fingerprint(recordings, data_dir).encode())
    for module in measuring_modules():
        key.update(module.read_bytes())
    cache_file = cache_dir / f"measurements-{key.hexdigest()[:16]}.npz"
    if not cache_file.exists():
        measurements, _, is_readable = map_clips(
            partial(measure_clip, is_reconstructed=is_reconstructed), data_dir, recordings["path"].tolist()
        )
        clips = recordings.loc[is_readable, "clip"].to_numpy(dtype="U")
        with replace_when_complete(cache_file) as temporary:
            np.savez(temporary, clips=clips, numbers=measurements)
    with np.load(cache_file) as arrays:
        return arrays["clips"], arrays["numbers"]


def _with_measurements(
    clips: pd.DataFrame, readable_clips: np.ndarray, measurements: np.ndarray
) -> tuple[pd.DataFrame, SoundMap]:
    duration_s, cue_values, summaries = np.split(measurements, [1, 1 + len(CUE_COLUMNS)], axis=1)
    measured = pd.DataFrame(
        np.concatenate([cue_values, summaries[:, SUMMARY_LAYOUT["mfcc"]]], axis=1),
        index=pd.Index(readable_clips, name="clip"),
        columns=[*CUE_COLUMNS, *MFCC_COLUMNS],
    )
    is_reconstructed = clips.set_index("clip")["source"].reindex(readable_clips).to_numpy() == RECONSTRUCTED
    for column in (*CUE_COLUMNS, *MFCC_COLUMNS):
        if column not in _RECONSTRUCTED_COLUMNS:
            measured[column] = measured[column].mask(is_reconstructed)
    averages = level_free(summaries, is_reconstructed)
    sound_map = SoundMap.fit(averages)
    measured[["map_x", "map_y"]] = sound_map.place(averages)
    measured["duration_s"] = duration_s
    joined = clips.join(measured.drop(columns="duration_s"), on="clip")
    # The durations from CREMA-D's official file sizes are the originals'. A reconstructed clip may be shortened.
    joined["duration_s"] = clips["duration_s"].fillna(clips["clip"].map(measured["duration_s"]))
    return joined.round(_DECIMALS), sound_map
