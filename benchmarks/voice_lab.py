"""How long the voice lab takes from a moved slider to the changed clip, its features and the network's answer.

    python benchmarks/voice_lab.py [--duration-s 3] [--repeats 20]

The aim is 300 ms for a clip of three seconds. Prints for each step the median time by the clock, and by the processor,
which other programs on the machine disturb less.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ser_core import Recognizer, extract_features, load_audio
from ser_core.audio import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.cues import measure_cues
from ser_core.samples.settings import COMMITTED_SAMPLES_DIR
from ser_core.voice import PRESETS, change_voice
from ui import pairs

VOICE = COMMITTED_SAMPLES_DIR / "computer_voices" / "sad_male.wav"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--duration-s", type=float, default=3.0)
    parser.add_argument("--repeats", type=int, default=20)
    arguments = parser.parse_args()
    voice = load_audio(VOICE).samples
    n_samples = round(arguments.duration_s * SAMPLE_RATE_HZ)
    clip = from_samples(np.resize(voice, n_samples), SAMPLE_RATE_HZ)
    recognizer = Recognizer()
    before = extract_features(clip)
    change = PRESETS[0].change

    took_ms: dict[str, list[tuple[float, float]]] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        started_s = time.perf_counter(), time.process_time()
        outcome = work()
        ended_s = time.perf_counter(), time.process_time()
        took_ms.setdefault(step, []).append(tuple(1000.0 * np.subtract(ended_s, started_s)))
        return outcome

    def answer() -> None:
        changed = timed("  change the voice", lambda: change_voice(clip, change)).audio
        timed("  pack it for the player", lambda: to_wav_bytes(changed.samples))
        timed("  ask the network", lambda: recognizer.predict(changed))
        features = timed("  features", lambda: extract_features(changed))
        timed("  cues", lambda: measure_cues(features))
        sides = pairs.Side("before", clip, before), pairs.Side("after", changed, features)
        timed("  draw", lambda: pairs.features(*sides).to_json())

    answer()
    took_ms.clear()
    for _ in range(arguments.repeats):
        timed("all of it", answer)
    for step in ("all of it", *(step for step in took_ms if step != "all of it")):
        clock_ms, processor_ms = np.median(took_ms[step], axis=0)
        print(f"{step:26s} {clock_ms:6.0f} ms by the clock, {processor_ms:6.0f} ms of processor time")


if __name__ == "__main__":
    main()
