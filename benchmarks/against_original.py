"""One clip to its emotion, compared with the original project's recipe: warm, and in fresh processes with memory."""

from __future__ import annotations

from pathlib import Path

from benchmarks import fresh_process
from benchmarks.measurement import AT_LEAST, Measurement, Setting, interleaved_ms, ratios

SUBJECT = "against_original"

_ONE_THREAD_TARGET_MS = 10.0

_SAME_BY_ORIGINAL = "the same by the original's recipe"


def measure(setting: Setting) -> list[Measurement]:
    """Return how much faster and smaller a prediction is than with the original's recipe."""
    return [*_warm(setting), *_cold(setting)]


def own(path: str) -> str:
    """Return the emotion of a recording by this project's recogniser."""
    from ser_core import Recognizer, load_audio

    return Recognizer().predict(load_audio(path)).emotion


def original(path: str) -> int:
    """Return the index of the emotion by the original's recipe."""
    from benchmarks.original_recipe import OriginalRecipe

    return OriginalRecipe().predict(Path(path))


def warm_ms(path: str, repeats: int) -> dict[str, list[float]]:
    """Return the times of both recipes, and of the steps of this project's, measured in turn when all is loaded.

    Parameters
    ----------
    path : str
        The recording.
    repeats : int
        Number of rounds.

    Returns
    -------
    dict of str to list of float
        Milliseconds of each round.
    """
    from benchmarks.original_recipe import OriginalRecipe
    from ser_core import Recognizer, load_audio, threads
    from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples

    # As in the app, for both recipes. TensorFlow has threads of its own, which this does not limit.
    threads.use_one_thread()
    recipe, recognizer, one_thread_recognizer = OriginalRecipe(), Recognizer(), Recognizer(threads=1)
    audio = load_audio(path)
    inputs = recognizer.front_end.windows(audio).inputs
    three_seconds = from_samples(audio.samples[: 3 * SAMPLE_RATE_HZ], SAMPLE_RATE_HZ)
    times_ms = interleaved_ms(
        {
            "ours": lambda: recognizer.predict(load_audio(path)),
            "original": lambda: recipe.predict(Path(path)),
            "decoding": lambda: load_audio(path),
            "front_end": lambda: recognizer.front_end.windows(audio),
            "network": lambda: recognizer.logits(inputs),
            "one_thread": lambda: one_thread_recognizer.predict(three_seconds),
        },
        repeats,
    )
    return {name: times.tolist() for name, times in times_ms.items()}


def _warm(setting: Setting) -> list[Measurement]:
    times_ms = fresh_process.run(warm_ms, str(setting.voice), setting.repeats).result
    speedups = ratios(times_ms["original"], times_ms["ours"])
    names = {
        "ours": "Clip to emotion, warm",
        "original": _SAME_BY_ORIGINAL,
        "decoding": "of ours: decoding",
        "front_end": "of ours: front end",
        "network": "of ours: network",
    }
    return [
        Measurement(SUBJECT, "warm_speedup", "Warm: times as fast as the original", "x", speedups, 10.0, AT_LEAST),
        *(Measurement(SUBJECT, f"warm_{key}", name, "ms", tuple(times_ms[key])) for key, name in names.items()),
        Measurement(
            SUBJECT,
            "warm_one_thread",
            "3 s of sound, front end and network on one thread",
            "ms",
            tuple(times_ms["one_thread"]),
            _ONE_THREAD_TARGET_MS,
        ),
    ]


def _cold(setting: Setting) -> list[Measurement]:
    path = str(setting.voice)
    if setting.processes > 1:
        # One run of each is not measured: it compiles the bytecode, and the system caches the files.
        fresh_process.run(original, path)
        fresh_process.run(own, path)
    originals, owns = [], []
    for _ in range(setting.processes):
        originals.append(fresh_process.run(original, path))
        owns.append(fresh_process.run(own, path))
    original_s, own_s = ([outcome.wall_s for outcome in outcomes] for outcomes in (originals, owns))
    original_mb, own_mb = ([outcome.peak_mb for outcome in outcomes] for outcomes in (originals, owns))
    shares = tuple(100.0 * share for share in ratios(own_mb, original_mb))
    return [
        Measurement(
            SUBJECT,
            "cold_speedup",
            "Cold: times as fast as the original",
            "x",
            ratios(original_s, own_s),
            4.0,
            AT_LEAST,
        ),
        Measurement(SUBJECT, "cold_ours", "Fresh process to first prediction", "s", tuple(own_s)),
        Measurement(SUBJECT, "cold_original", _SAME_BY_ORIGINAL, "s", tuple(original_s)),
        Measurement(SUBJECT, "memory_share", "Peak memory, as a share of the original's", "%", shares, 100.0 / 3.0),
        Measurement(SUBJECT, "memory_ours", "Peak memory of that process", "MB", tuple(own_mb)),
        Measurement(SUBJECT, "memory_original", _SAME_BY_ORIGINAL, "MB", tuple(original_mb)),
    ]
