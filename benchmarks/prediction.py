"""How long a prediction of a three-second clip takes, warm, on one thread: ``python -m benchmarks.prediction``."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from ser_core.audio import SAMPLE_RATE_HZ, from_samples
from ser_core.front_end import from_config
from ser_core.model_files import LITERT_NAME
from ser_core.recognizer import DEFAULT_MODEL_DIR, Recognizer

_DURATION_S = 3.0
_N_RUNS = 200


def _times_ms(run: Callable[[], object]) -> np.ndarray:
    run()
    times = np.empty(_N_RUNS)
    for number in range(_N_RUNS):
        started_s = time.perf_counter()
        run()
        times[number] = 1000.0 * (time.perf_counter() - started_s)
    return times


def main() -> None:
    """Print the least and the median time of the front end, the network and all of it."""
    rng = np.random.default_rng(0)
    time_s = np.arange(round(_DURATION_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    voice = np.sign(np.sin(2 * np.pi * 160.0 * time_s)) * (1.0 + np.sin(2 * np.pi * 4.0 * time_s)) / 8.0
    audio = from_samples((voice + rng.normal(0.0, 0.001, len(voice))).astype(np.float32), SAMPLE_RATE_HZ)
    recognizer = Recognizer()
    front_end = from_config(recognizer.config.front_end)
    inputs = front_end.windows(audio).inputs
    print(f"{LITERT_NAME}: {(DEFAULT_MODEL_DIR / LITERT_NAME).stat().st_size / 1e6:.1f} MB, {len(inputs)} window(s)")
    for name, run in (
        ("front end", lambda: front_end.windows(audio)),
        ("network", lambda: recognizer.logits(inputs)),
        ("prediction", lambda: recognizer.predict(audio)),
    ):
        times_ms = _times_ms(run)
        print(f"{name}: least {times_ms.min():.2f} ms, median {np.median(times_ms):.2f} ms")


if __name__ == "__main__":
    main()
