"""A whole corpus, one process per core: the five features as for training, and all numbers of the Data page."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.measurement import AT_LEAST, Measurement, Setting
from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.build_tables import measure_clip
from ser_core.features.extraction import extract_features

SUBJECT = "corpus"

# Original recordings, whose pitch is measured too. Reconstructed recordings have no pitch and would be faster.
_FOLDERS = ("Ravdess", "Tess")

# Pitch takes most of the time, and the features of the original project do not include it. So it is measured on fewer
# clips.
_SHARE_WITH_PITCH = 4


def measure(setting: Setting) -> list[Measurement]:
    """Return how many clips per second are analysed; an empty list without a corpus."""
    corpora_dir = setting.corpora_dir
    paths = _clip_paths(corpora_dir, setting.n_clips) if corpora_dir else []
    if not corpora_dir or not paths:
        return []
    fewer_paths = paths[::_SHARE_WITH_PITCH]
    features_rate = _clips_per_s(five_features, corpora_dir, paths, setting.processes)
    pitch_rate = _clips_per_s(
        partial(measure_clip, is_reconstructed=False), corpora_dir, fewer_paths, setting.processes
    )
    name = f"The five features of {len(paths):,} clips, all cores"
    return [
        Measurement(SUBJECT, "clips_per_s", name, "clips/s", features_rate, 100.0, AT_LEAST),
        Measurement(
            SUBJECT, "clips_with_pitch_per_s", f"with pitch and cues, {len(fewer_paths)} clips", "clips/s", pitch_rate
        ),
    ]


def five_features(clip: Audio) -> np.ndarray:
    """Return a clip's 162 averages [shape=(1, 162)]."""
    return extract_features(clip, with_pitch=False).summary()[None]


def _clips_per_s(
    analyse: Callable[[Audio], np.ndarray], corpora_dir: Path, paths: list[str], repeats: int
) -> tuple[float, ...]:
    rates = []
    for _ in range(repeats):
        started_s = time.perf_counter()
        map_clips(analyse, corpora_dir, paths)
        rates.append(len(paths) / (time.perf_counter() - started_s))
    return tuple(rates)


def _clip_paths(corpora_dir: Path, n_clips: int) -> list[str]:
    """Return paths relative to the corpora's folder, evenly spread over all corpora and speakers."""
    paths = sorted(
        path.relative_to(corpora_dir).as_posix()
        for folder in _FOLDERS
        for path in (corpora_dir / folder).rglob("*.*")
        if path.is_file()
    )
    return paths[:: max(1, len(paths) // n_clips)][:n_clips]
