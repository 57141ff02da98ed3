"""Short and long clips: everything that is made of an upload, its time against its length, and its memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks import fresh
from benchmarks.clips import wav_of
from benchmarks.runner import AT_LEAST, Figure, Setting

SUBJECT = "proportion"

_STEPS = {
    "decode": "decoding",
    "pack": "packing for the player",
    "quality": "quality check",
    "predict": "prediction",
    "features": "features",
    "cues": "cues",
    "figure": "the figure of the Explore page",
}

# Ten minutes are the longest that the app takes: only there do the targets bind.
_LONG_S = 600.0
_TARGET_X, _TARGET_MB = 200.0, 150.0


def measure(setting: Setting) -> list[Figure]:
    """Return times as fast as the clip lasts, and extra memory, by its length."""
    return [figure for duration_s in setting.durations_s for figure in _of(setting, duration_s)]


def _of(setting: Setting, duration_s: float) -> list[Figure]:
    runs = [fresh.run(analyse, str(setting.voice), duration_s).said for _ in range(setting.processes)]
    took_s = [sum(run["took_s"].values()) for run in runs]
    extra_mb = tuple(run["extra_mb"] for run in runs)
    speeds = tuple(duration_s / each for each in took_s)
    key, name = f"{duration_s:.0f}s", f"{duration_s:.0f} s of sound"
    target_x, target_mb = (_TARGET_X, _TARGET_MB) if duration_s >= _LONG_S else (None, None)
    return [
        Figure(SUBJECT, f"realtime_{key}", f"{name}: times as fast as it lasts", "x", speeds, target_x, AT_LEAST),
        Figure(SUBJECT, f"analysed_{key}", f"{name}: analysed in", "s", tuple(took_s)),
        *(
            Figure(SUBJECT, f"{step}_{key}", f"of that: {words}", "s", tuple(run["took_s"][step] for run in runs))
            for step, words in _STEPS.items()
        ),
        Figure(SUBJECT, f"memory_{key}", f"{name}: extra memory at the most", "MB", extra_mb, target_mb),
    ]


def analyse(path: str, duration_s: float) -> dict[str, Any]:
    """Analyse a clip in this process, after a short one has loaded whatever loads once.

    Parameters
    ----------
    path : str
        A voice, repeated until the clip is as long as is wanted.
    duration_s : float
        Of the clip.

    Returns
    -------
    dict
        ``took_s`` by step, and ``extra_mb``: the most that was held beyond what was held before the clip was there.
    """
    from ser_core import Recognizer, threads

    # As in the app.
    threads.use_one_thread()
    recognizer = Recognizer()
    _analyse(recognizer, wav_of(path, 1.0))
    fresh.forget_peak()
    before_mb = fresh.memory_mb()
    took_s = _analyse(recognizer, wav_of(path, duration_s))
    return {"took_s": took_s, "extra_mb": fresh.memory_mb(peak=True) - before_mb}


def _analyse(recognizer: Any, upload: bytes) -> dict[str, float]:
    from ser_core import extract_features, load_audio
    from ser_core.audio.loading import to_wav_bytes
    from ser_core.audio.quality import check_quality
    from ser_core.features.cues import measure_cues
    from ui.common.panels import PANELS
    from ui.explore.stacked_figure import stacked_figure

    took_s: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        started_s = time.perf_counter()
        outcome = work()
        took_s[step] = time.perf_counter() - started_s
        return outcome

    audio = timed("decode", lambda: load_audio(upload))
    # What the page holds on to: the sound for its player, the features for its drawings.
    held = [timed("pack", lambda: to_wav_bytes(audio.samples))]
    timed("quality", lambda: check_quality(audio))
    timed("predict", lambda: recognizer.predict(audio))
    features = timed("features", lambda: extract_features(audio))
    timed("cues", lambda: measure_cues(features))
    held.append(timed("figure", lambda: stacked_figure(audio, features, PANELS).to_json()))
    return took_s
