"""Many recordings: ``ser predict`` and ``predict_many`` compared with a loop and with the original's recipe."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks import fresh_process
from benchmarks.clips import wav_of
from benchmarks.measurement import AT_LEAST, AT_MOST, Measurement, Setting

SUBJECT = "many"

# Seconds, as the sentences of the corpora.
_CLIP_S = 3.0
_LOOP, _THREADS = "loop", "threads"
_MAX_EXTRA_MB = 60.0

_MIN_COMMAND_RATE = 150.0
_MAX_COMMAND_MB = 400.0
_MAX_START_S = 0.5

# The original's recipe takes most of a second for a clip; its rate does not depend on their number.
_CLIPS_FOR_EACH_OF_ORIGINAL = 24


def measure(setting: Setting) -> list[Measurement]:
    """Return clips per second and memory of each way through many clips, each in a fresh process."""
    return [*_library(setting), *_command(setting)]


def _library(setting: Setting) -> list[Measurement]:
    n_clips = setting.n_clips
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder, "clip.wav")
        clip.write_bytes(wav_of(setting.voice, _CLIP_S))
        rates: dict[str, list[float]] = {_LOOP: [], _THREADS: []}
        extra_mb = []
        for _ in range(setting.processes):
            few = fresh_process.run(recognise, str(clip), 2, _THREADS)
            for way, values in rates.items():
                outcome = fresh_process.run(recognise, str(clip), n_clips, way)
                values.append(outcome.result)
            extra_mb.append(outcome.peak_mb - few.peak_mb)
    loop, many = (tuple(rates[way]) for way in (_LOOP, _THREADS))
    return [
        Measurement(SUBJECT, "loop", f"{n_clips:,} clips of 3 s: load and predict in a loop", "clips/s", loop),
        Measurement(SUBJECT, "predict_many", "the same with predict_many, as ser predict", "clips/s", many),
        Measurement(
            SUBJECT,
            "memory",
            f"peak memory of {n_clips:,} clips minus that of 2",
            "MB",
            tuple(extra_mb),
            _MAX_EXTRA_MB,
            AT_MOST,
        ),
    ]


def _command(setting: Setting) -> list[Measurement]:
    n_clips, n_original = setting.n_clips, max(setting.n_clips // _CLIPS_FOR_EACH_OF_ORIGINAL, 1)
    rates, peaks_mb, starts_s, original_rates = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder, "one"), Path(folder, "many")
        content = wav_of(setting.voice, _CLIP_S)
        for place, n_files in ((one, 1), (many, n_clips)):
            place.mkdir()
            for number in range(n_files):
                (place / f"{number}.wav").write_bytes(content)
        for _ in range(setting.processes):
            outcome = fresh_process.run(predict, str(many))
            rates.append(n_clips / outcome.wall_s)
            peaks_mb.append(outcome.peak_mb)
            starts_s.append(fresh_process.run(predict, str(one)).wall_s)
            original_rates.append(fresh_process.run(recognise_as_original, str(one / "0.wav"), n_original).result)
    return [
        Measurement(
            SUBJECT,
            "command",
            f"ser predict on a folder of {n_clips:,} clips of 3 s, with its start",
            "clips/s",
            tuple(rates),
            _MIN_COMMAND_RATE,
            AT_LEAST,
        ),
        Measurement(SUBJECT, "command_memory", "its peak memory", "MB", tuple(peaks_mb), _MAX_COMMAND_MB, AT_MOST),
        Measurement(
            SUBJECT, "command_start", "ser predict on a folder of one clip", "s", tuple(starts_s), _MAX_START_S, AT_MOST
        ),
        Measurement(
            SUBJECT,
            "original",
            f"{n_original:,} clips of 3 s by the original's recipe, without its start",
            "clips/s",
            tuple(original_rates),
        ),
    ]


def predict(folder: str) -> int:
    """Run ``ser predict`` on a folder; return its exit status."""
    from ser_core.cli import main

    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        return main(["predict", "--format", "csv", folder])


def recognise_as_original(path: str, n_clips: int) -> float:
    """Recognise one file again and again by the original's recipe; return clips per second."""
    from benchmarks.original_recipe import OriginalRecipe

    recipe = OriginalRecipe()
    # The first call compiles.
    recipe.predict(Path(path))
    started_s = time.perf_counter()
    for _ in range(n_clips):
        recipe.predict(Path(path))
    return n_clips / (time.perf_counter() - started_s)


def recognise(path: str, n_clips: int, way: str) -> float:
    """Recognise one file again and again, as a fresh process does; return clips per second.

    Parameters
    ----------
    path : str
        A recording.
    n_clips : int
        How often it is read and recognised.
    way : str
        ``"loop"`` or ``"threads"``.
    """
    from ser_core import Recognizer, find_defects, load_audio, threads

    if way == _LOOP:
        recognizer = Recognizer()
        started_s = time.perf_counter()
        for _ in range(n_clips):
            audio = load_audio(path)
            find_defects(audio, recognizer.predict(audio))
    else:
        threads.use_one_thread()
        recognizer = Recognizer(threads=1)
        started_s = time.perf_counter()
        for _ in recognizer.predict_many([path] * n_clips, workers=2):
            pass
    return n_clips / (time.perf_counter() - started_s)
