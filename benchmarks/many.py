"""Many recordings: ``Recognizer.predict_many`` compared with a loop, and the memory that it takes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks import fresh_process
from benchmarks.clips import wav_of
from benchmarks.measurement import AT_MOST, Measurement, Setting

SUBJECT = "many"

# Seconds, as the sentences of the corpora.
_CLIP_S = 3.0
_LOOP, _THREADS = "loop", "threads"
_MAX_EXTRA_MB = 60.0


def measure(setting: Setting) -> list[Measurement]:
    """Return clips per second, and the memory for many clips minus that for a few, each in a fresh process."""
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
