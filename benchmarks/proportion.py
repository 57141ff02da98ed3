"""Short and long clips: all analyses of an upload, their time against the clip's length, and their memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar

from benchmarks import fresh_process
from benchmarks.clips import wav_of
from benchmarks.measurement import AT_LEAST, Measurement, Setting
from tests.harness.memory import memory_mb, reset_peak

if TYPE_CHECKING:
    from ser_core import Recognizer

SUBJECT = "proportion"

_STEPS = {
    "decode": "decoding",
    "pack": "packing for the player",
    "quality": "quality check",
    "predict": "prediction",
    "features": "features",
    "cues": "cues",
    "figure": "the figure of See the sound",
}

# The longest clip that the app accepts, ten minutes. The targets are for this length.
_LONG_S = 600.0
_TARGET_X, _TARGET_MB = 200.0, 150.0

_T = TypeVar("_T")


class AnalysisCost(TypedDict):
    """Cost of one clip.

    Parameters
    ----------
    step_s : dict of str to float
        Seconds of each step in ``_STEPS``.
    extra_mb : float
        Peak memory beyond the memory before the clip.
    """

    step_s: dict[str, float]
    extra_mb: float


def measure(setting: Setting) -> list[Measurement]:
    """Return the speed relative to the clip's length, and the extra memory, for each length."""
    return [row for duration_s in setting.durations_s for row in _measure_length(setting, duration_s)]


def analyse(path: str, duration_s: float) -> AnalysisCost:
    """Analyse a clip in this process, after a short clip has loaded everything that is loaded once.

    Parameters
    ----------
    path : str
        A voice, which is repeated up to the clip's length.
    duration_s : float
        Length of the clip.

    Returns
    -------
    AnalysisCost
    """
    from ser_core import Recognizer, threads

    # As in the app.
    threads.use_one_thread()
    recognizer = Recognizer()
    _step_times_s(recognizer, wav_of(path, 1.0))
    reset_peak()
    before_mb = memory_mb()
    step_s = _step_times_s(recognizer, wav_of(path, duration_s))
    return {"step_s": step_s, "extra_mb": memory_mb(peak=True) - before_mb}


def _measure_length(setting: Setting, duration_s: float) -> list[Measurement]:
    costs: list[AnalysisCost] = [
        fresh_process.run(analyse, str(setting.voice), duration_s).result for _ in range(setting.processes)
    ]
    total_s = tuple(sum(cost["step_s"].values()) for cost in costs)
    extra_mb = tuple(cost["extra_mb"] for cost in costs)
    speeds = tuple(duration_s / run_s for run_s in total_s)
    key, length = f"{duration_s:.0f}s", f"{duration_s:.0f} s of sound"
    target_x, target_mb = (_TARGET_X, _TARGET_MB) if duration_s >= _LONG_S else (None, None)
    return [
        Measurement(
            SUBJECT, f"realtime_{key}", f"{length}: times as fast as it lasts", "x", speeds, target_x, AT_LEAST
        ),
        Measurement(SUBJECT, f"analysed_{key}", f"{length}: analysed in", "s", total_s),
        *(
            Measurement(
                SUBJECT, f"{step}_{key}", f"of that: {name}", "s", tuple(cost["step_s"][step] for cost in costs)
            )
            for step, name in _STEPS.items()
        ),
        Measurement(SUBJECT, f"memory_{key}", f"{length}: peak extra memory", "MB", extra_mb, target_mb),
    ]


def _step_times_s(recognizer: Recognizer, wav: bytes) -> dict[str, float]:
    from ser_core import extract_features, load_audio
    from ser_core.audio.loading import to_wav_bytes
    from ser_core.audio.quality import check_quality
    from ser_core.features.cues import measure_cues
    from ui.common.panels import PANELS
    from ui.explore.stacked_figure import stacked_figure

    step_s: dict[str, float] = {}

    def timed(step: str, work: Callable[[], _T]) -> _T:
        started_s = time.perf_counter()
        result = work()
        step_s[step] = time.perf_counter() - started_s
        return result

    audio = timed("decode", lambda: load_audio(wav))
    # The page keeps the sound for its player while it computes the rest, so this must stay in memory too.
    _sound_for_player = timed("pack", lambda: to_wav_bytes(audio.samples))
    timed("quality", lambda: check_quality(audio))
    timed("predict", lambda: recognizer.predict(audio))
    features = timed("features", lambda: extract_features(audio))
    timed("cues", lambda: measure_cues(features))
    timed("figure", lambda: stacked_figure(audio, features, PANELS).to_json())
    return step_s
