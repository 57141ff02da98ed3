"""A corpus measured for the Data page: features and cues of many clips, one process a core."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from benchmarks.runner import AT_LEAST, Figure, Setting
from ser_core.all_cores import analyse_all
from ser_core.inventory.measuring import measure as measure_clip

SUBJECT = "corpus"

# Originals, whose pitch is measured too; the rebuilt recordings would be quicker.
_FOLDERS = ("Ravdess", "Tess")


def measure(setting: Setting) -> list[Figure]:
    """Return how many clips a second are measured; nothing where there is no corpus."""
    paths = _paths(setting.corpora_dir, setting.n_clips) if setting.corpora_dir else []
    if not paths:
        return []
    speeds = []
    for _ in range(setting.processes):
        started_s = time.perf_counter()
        analyse_all(partial(measure_clip, setting.corpora_dir, is_rebuilt=False), paths)
        speeds.append(len(paths) / (time.perf_counter() - started_s))
    name = f"Features and cues of {len(paths)} clips, all cores"
    return [Figure(SUBJECT, "clips_per_s", name, "clips/s", tuple(speeds), 100.0, AT_LEAST)]


def _paths(corpora_dir: Path, n_clips: int) -> list[str]:
    found = sorted(
        path.relative_to(corpora_dir).as_posix()
        for folder in _FOLDERS
        for path in (corpora_dir / folder).rglob("*.*")
        if path.is_file()
    )
    # Evenly spread, so that every corpus and speaker is in it.
    return found[:: max(1, len(found) // n_clips)][:n_clips]
