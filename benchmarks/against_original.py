"""One clip to its emotion, beside the original's recipe: warm, and from a fresh process with its memory."""

from __future__ import annotations

from pathlib import Path

from benchmarks import fresh
from benchmarks.runner import AT_LEAST, Figure, Setting, interleaved_ms, ratios

SUBJECT = "against_original"

_ONE_THREAD_TARGET_MS = 10.0

_ORIGINALS = "the same by the original's recipe"


def measure(setting: Setting) -> list[Figure]:
    """Return how much faster and smaller a prediction is than the original's recipe."""
    return [*_warm(setting), *_cold(setting)]


def ours(path: str) -> str:
    """Return the emotion of a recording."""
    from ser_core import Recognizer, load_audio

    return Recognizer().predict(load_audio(path)).emotion


def original(path: str) -> int:
    """Return the same as the original's recipe has it."""
    from benchmarks.original import OriginalRecipe

    return OriginalRecipe().predict(Path(path))


def warm_ms(path: str, repeats: int) -> dict[str, list[float]]:
    """Return the times of both, and of the parts of ours, by turns, everything loaded."""
    from benchmarks.original import OriginalRecipe
    from ser_core import Recognizer, load_audio, threads
    from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples

    # As in the app, and for both: TensorFlow's own threads are not among these.
    threads.use_one_thread()
    recipe, recognizer, on_one_thread = OriginalRecipe(), Recognizer(), Recognizer(threads=1)
    audio = load_audio(path)
    inputs = recognizer.front_end.windows(audio).inputs
    three_s = from_samples(audio.samples[: 3 * SAMPLE_RATE_HZ], SAMPLE_RATE_HZ)
    times_ms = interleaved_ms(
        {
            "ours": lambda: recognizer.predict(load_audio(path)),
            "original": lambda: recipe.predict(Path(path)),
            "decoding": lambda: load_audio(path),
            "front_end": lambda: recognizer.front_end.windows(audio),
            "network": lambda: recognizer.logits(inputs),
            "one_thread": lambda: on_one_thread.predict(three_s),
        },
        repeats,
    )
    return {name: each.tolist() for name, each in times_ms.items()}


def _warm(setting: Setting) -> list[Figure]:
    times_ms = fresh.run(warm_ms, str(setting.voice), setting.repeats).said
    speedups = ratios(times_ms["original"], times_ms["ours"])
    words = {
        "ours": "Clip to emotion, warm",
        "original": _ORIGINALS,
        "decoding": "of ours: decoding",
        "front_end": "of ours: front end",
        "network": "of ours: network",
    }
    return [
        Figure(SUBJECT, "warm_speedup", "Warm: times as fast as the original", "x", speedups, 10.0, AT_LEAST),
        *(Figure(SUBJECT, f"warm_{key}", name, "ms", tuple(times_ms[key])) for key, name in words.items()),
        Figure(
            SUBJECT,
            "warm_one_thread",
            "3 s of sound, front end and network on one thread",
            "ms",
            tuple(times_ms["one_thread"]),
            _ONE_THREAD_TARGET_MS,
        ),
    ]


def _cold(setting: Setting) -> list[Figure]:
    path = str(setting.voice)
    if setting.processes > 1:
        # Once before, so that both find their files in the machine's memory and their bytecode compiled.
        fresh.run(original, path)
        fresh.run(ours, path)
    rounds = [(fresh.run(original, path), fresh.run(ours, path)) for _ in range(setting.processes)]
    (their_s, my_s), (their_mb, my_mb) = (
        zip(*([getattr(each, what) for each in pair] for pair in rounds), strict=True) for what in ("wall_s", "peak_mb")
    )
    speedups = ratios(their_s, my_s)
    shares = tuple(100.0 * share for share in ratios(my_mb, their_mb))
    return [
        Figure(SUBJECT, "cold_speedup", "Cold: times as fast as the original", "x", speedups, 4.0, AT_LEAST),
        Figure(SUBJECT, "cold_ours", "Fresh process to first prediction", "s", my_s),
        Figure(SUBJECT, "cold_original", _ORIGINALS, "s", their_s),
        Figure(SUBJECT, "memory_share", "Its peak memory, as a share of the original's", "%", shares, 100.0 / 3.0),
        Figure(SUBJECT, "memory_ours", "Peak memory of that process", "MB", my_mb),
        Figure(SUBJECT, "memory_original", _ORIGINALS, "MB", their_mb),
    ]
