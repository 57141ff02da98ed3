"""Many visitors at once: ``python -m benchmarks.load [--visitors 20] [--minutes 5] [--predictions 500] [--json]``.

Each visitor is a real WebSocket session, uploads clip after clip, looks at each for some seconds and at another page
now and then. What they are shown is compared with what ``ser_core`` makes of their own clip: the answer to six
decimals, and the sound that the page plays, byte by byte. Afterwards one visitor uploads 500 clips, and the server's
memory is read.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import soxr

from benchmarks.fresh import memory_mb
from benchmarks.visiting import Server, running_app
from ser_core import Recognizer, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, to_wav_bytes
from ser_core.paths import SAMPLES_DIR
from tests.harness.web_session import WebSession

_VOICES = sorted((SAMPLES_DIR / "computer_voices").glob("*.wav"))
_OTHER_PAGES = ("why", "explore", "compare", "voice_lab", "dataset", "model")


@dataclass(frozen=True)
class Clip:
    """A clip that no other visitor has, and what must be shown of it.

    Parameters
    ----------
    wav : bytes
        What is uploaded.
    audio : Audio
        The same, as the library reads it.
    probabilities : list of float
        What the network makes of it, the smallest first.
    """

    wav: bytes
    audio: Audio
    probabilities: list[float]


@dataclass
class Outcome:
    """What happened to all visitors together.

    Parameters
    ----------
    analysis_s : list of float
        From the click on a file to the whole page with its answer.
    n_pages : int
        How often another page was looked at.
    errors : list of str
        What went wrong, and what was seen that belongs to somebody else.
    """

    analysis_s: list[float] = field(default_factory=list)
    n_pages: int = 0
    errors: list[str] = field(default_factory=list)


def clips(visitor: int, recognizer: Recognizer) -> Iterator[Clip]:
    """Yield clips without end: committed voices, played at a speed that is this visitor's and this clip's alone."""
    number = 0
    while True:
        samples = load_audio(_VOICES[(visitor + 5 * number) % len(_VOICES)]).samples
        speed = 1.0 + 0.011 * visitor + 0.0007 * (number % 250)
        wav = to_wav_bytes(soxr.resample(samples, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ))
        audio = load_audio(wav)
        yield Clip(wav, audio, sorted(recognizer.predict(audio).shares.tolist()))
        number += 1


def look_at(session: WebSession, clip: Clip) -> list[str]:
    """Return what on the page is not this clip's."""
    wrong = []
    if f"**Your file** · {clip.audio.duration_s:.1f} s" not in session.text():
        wrong.append("another clip's length")
    shown = session.charts()[0]["data"][0]["x"] if session.charts() else []
    if len(shown) != len(clip.probabilities) or not np.allclose(shown, clip.probabilities, atol=1e-6):
        wrong.append("another clip's answer")
    if session.played()[:1] != [to_wav_bytes(clip.audio.samples)]:
        wrong.append("another clip's sound")
    return wrong


def crowd(url: str, visitors: int, duration_s: float, *, pause_s: float, patience_s: float = 60.0) -> Outcome:
    """Let many visitors in at once, and go on for some time.

    Parameters
    ----------
    url : str
        The app's address.
    visitors : int
        How many.
    duration_s : float
        How long; each brings two clips at least.
    pause_s : float
        How long an answer is looked at, on average.
    patience_s : float
        As in ``WebSession``.

    Returns
    -------
    Outcome
    """
    outcome, recognizer = Outcome(), Recognizer()
    until_s = time.monotonic() + duration_s

    def visit(number: int) -> None:
        rng = np.random.default_rng(number)
        try:
            with WebSession(url, patience_s) as session:
                for n_clips, clip in enumerate(clips(number, recognizer)):
                    if n_clips >= 2 and time.monotonic() > until_s:
                        return
                    started_s = time.perf_counter()
                    session.upload(clip.wav, f"visitor-{number}.wav")
                    outcome.analysis_s.append(time.perf_counter() - started_s)
                    outcome.errors += [f"visitor {number}: {wrong}" for wrong in look_at(session, clip)]
                    time.sleep(float(rng.uniform(0.0, 2.0 * pause_s)))
                    if n_clips % 3 == 2:
                        session.visit(str(rng.choice(_OTHER_PAGES)))
                        outcome.n_pages += 1
                        time.sleep(float(rng.uniform(0.0, 2.0 * pause_s)))
                        session.visit("")
        except Exception as error:
            # Whatever it is, it went wrong for one visitor, and the others go on.
            outcome.errors.append(f"visitor {number}: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def long_session(server: Server, n_predictions: int, n_before: int) -> tuple[float, float]:
    """Upload clip after clip in one session.

    Returns
    -------
    float, float
        The server's memory in MB after ``n_before`` clips, when all that is kept is kept, and at the end.
    """
    before_mb = 0.0
    with WebSession(server.url) as session:
        for number, clip in enumerate(islice(clips(0, Recognizer()), n_predictions), start=1):
            session.upload(clip.wav)
            if number == n_before:
                before_mb = memory_mb(server.pid)
        return before_mb, memory_mb(server.pid)


def main(arguments: list[str] | None = None) -> int:
    """Run both; return 1 where a visitor met an error, or memory grew by a tenth."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--pause-s", type=float, default=5.0, help="how long an answer is looked at, on average")
    parser.add_argument("--patience-s", type=float, default=60.0, help="a longer silence is an error")
    parser.add_argument("--predictions", type=int, default=500, help="in one session; 0: none")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    asked = parser.parse_args(arguments)
    with running_app() as server:
        duration_s = 60.0 * asked.minutes
        outcome = crowd(server.url, asked.visitors, duration_s, pause_s=asked.pause_s, patience_s=asked.patience_s)
        told = {
            "visitors": asked.visitors,
            "minutes": asked.minutes,
            "analyses": len(outcome.analysis_s),
            "pages": outcome.n_pages,
            "errors": outcome.errors,
            "median_s": float(np.median(outcome.analysis_s)),
            "p95_s": float(np.percentile(outcome.analysis_s, 95)),
            "peak_mb": memory_mb(server.pid, peak=True),
        }
    grew_mb = 0.0
    if asked.predictions:
        with running_app() as server:
            before_mb, after_mb = long_session(server, asked.predictions, max(asked.predictions // 5, 1))
        grew_mb = after_mb - before_mb
        told |= {"predictions": asked.predictions, "before_mb": before_mb, "after_mb": after_mb}
    sys.stdout.write(json.dumps(told, indent=1) + "\n" if asked.json else _in_words(told))
    return int(bool(outcome.errors) or grew_mb > 0.1 * told.get("before_mb", 0.0))


def _in_words(told: dict[str, object]) -> str:
    return "".join(f"{name.replace('_', ' '):12} {value}\n" for name, value in told.items())


if __name__ == "__main__":
    sys.exit(main())
