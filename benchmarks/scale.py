"""A corpus on a Dask cluster of one and of two workers: ``python -m benchmarks.scale [--repeats 8]``.

The two clusters take turns, because other work of the machine changes its speed. The processor time of the steps is
measured apart, in one process; it depends less on other work.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ser_core import Recognizer, find_defects, load_audio, threads
from ser_core.batch.judging import judge
from ser_core.batch.recordings import Recording
from ser_core.batch.shards import measure_shard, predict_shard
from ser_core.batch.tables import to_parquet
from ser_core.parallel.mapping import map_tasks
from ser_core.paths import DEFAULT_NETWORK, SAMPLES_DIR

_VOICES = sorted((SAMPLES_DIR / "computer_voices").glob("*.wav"))
_CLIPS = [Recording(voice.name, partial(load_audio, str(voice))) for voice in _VOICES] * 4
_TASKS_PER_WORKER = 6

Result = TypeVar("Result")


def rates(repeats: int) -> dict[int, list[float]]:
    """Return the clips per second on clusters of one and of two workers, whose networks are loaded."""
    from distributed import LocalCluster

    work = partial(predict_shard, DEFAULT_NETWORK, Recognizer().config.network_sha256)
    clusters = {
        n: LocalCluster(n_workers=n, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") for n in (1, 2)
    }
    clips_per_s: dict[int, list[float]] = {n: [] for n in clusters}
    for number in range(repeats + 1):
        for n, cluster in clusters.items():
            tasks = [_CLIPS] * (n * _TASKS_PER_WORKER)
            started_s = time.perf_counter()
            for _ in map_tasks(work, tasks, cluster.scheduler_address):
                pass
            # In the first round, the workers load the network.
            if number:
                clips_per_s[n].append(len(tasks) * len(_CLIPS) / (time.perf_counter() - started_s))
    for cluster in clusters.values():
        cluster.close()
    return clips_per_s


def steps_ms(repeats: int) -> dict[str, float]:
    """Return the processor time of each step for one clip, in milliseconds; the median of some rounds."""
    threads.use_one_thread()
    recognizer = Recognizer(threads=1)
    # In the first round, packages are imported.
    _, *rounds = [_round_ms(recognizer) for _ in range(repeats + 1)]
    return {step: statistics.median(times_ms[step] for times_ms in rounds) for step in rounds[0]}


def _round_ms(recognizer: Recognizer) -> dict[str, float]:
    times_ms: dict[str, float] = {}

    def timed(step: str, function: Callable[[], Result]) -> Result:
        started_s = time.process_time()
        result = function()
        times_ms[step] = 1000 * (time.process_time() - started_s) / len(_CLIPS)
        return result

    contents = timed("reading", lambda: [voice.read_bytes() for voice in _VOICES * 4])
    clips = timed("decoding", lambda: [load_audio(content) for content in contents])
    timed("front end", lambda: [recognizer.front_end.windows(clip) for clip in clips])
    predictions = timed("front end and network", lambda: [recognizer.predict(clip) for clip in clips])
    timed("quality check", lambda: list(map(find_defects, clips, predictions)))
    steps = timed("all of predict", lambda: list(judge(recognizer, _CLIPS)))
    timed("Parquet", lambda: to_parquet([step.row for step in steps if step.row]))
    timed("all of features, with Parquet", lambda: measure_shard(_CLIPS))
    return times_ms


def main() -> None:
    """Measure, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=8)
    repeats = parser.parse_args().repeats
    duration_s = statistics.mean(clip.load().duration_s for clip in _CLIPS)
    n_bytes = statistics.mean(voice.stat().st_size for voice in _VOICES)
    print(f"clips of {duration_s:.2f} s, {n_bytes / 1000:.0f} kB")
    for step, step_ms in steps_ms(repeats).items():
        print(f"{step}: {step_ms:.3f} ms of processor time for a clip")
    for n, values in rates(repeats).items():
        low, middle, high = min(values), statistics.median(values), max(values)
        print(f"{n} workers: {middle:.0f} clips/s, {low:.0f} to {high:.0f}, {len(values)} runs")


if __name__ == "__main__":
    main()
