"""A corpus at once, one process a core: the five features as for training, and all that the Data page shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.runner import AT_LEAST, Figure, Setting
from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.build_tables import measure_clip
from ser_core.features.extraction import extract_features

SUBJECT = "corpus"

# Originals, whose pitch is measured too; the reconstructed recordings would be quicker.
_FOLDERS = ("Ravdess", "Tess")

# Pitch takes most of the time, and is not among the features that a network of the original's kind learns from.
_SHARE_WITH_PITCH = 4


def measure(setting: Setting) -> list[Figure]:
    """Return how many clips a second are analysed; nothing where there is no corpus."""
    paths = _paths(setting.corpora_dir, setting.n_clips) if setting.corpora_dir else []
    if not paths:
        return []
    fewer = paths[::_SHARE_WITH_PITCH]
    features = _clips_per_s(five_features, setting.corpora_dir, paths, setting.processes)
    everything = _clips_per_s(
        partial(measure_clip, is_reconstructed=False), setting.corpora_dir, fewer, setting.processes
    )
    name = f"The five features of {len(paths):,} clips, all cores"
    return [
        Figure(SUBJECT, "clips_per_s", name, "clips/s", features, 100.0, AT_LEAST),
        Figure(SUBJECT, "clips_with_pitch_per_s", f"with pitch and cues, {len(fewer)} clips", "clips/s", everything),
    ]


def five_features(clip: Audio) -> np.ndarray:
    """Return a clip's 162 averages [shape=(1, 162)]."""
    return extract_features(clip, with_pitch=False).summary()[None]


def _clips_per_s(
    analyse: Callable[[Audio], np.ndarray], corpora_dir: Path, paths: list[str], repeats: int
) -> tuple[float, ...]:
    speeds = []
    for _ in range(repeats):
        started_s = time.perf_counter()
        map_clips(analyse, corpora_dir, paths)
        speeds.append(len(paths) / (time.perf_counter() - started_s))
    return tuple(speeds)


def _paths(corpora_dir: Path, n_clips: int) -> list[str]:
    found = sorted(
        path.relative_to(corpora_dir).as_posix()
        for folder in _FOLDERS
        for path in (corpora_dir / folder).rglob("*.*")
        if path.is_file()
    )
    # Evenly spread, so that every corpus and speaker is in it.
    return found[:: max(1, len(found) // n_clips)][:n_clips]
