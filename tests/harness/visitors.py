"""Visitors of a running app who upload clips of their own and check that they are shown their own results."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import numpy as np
import soxr

from ser_core import Recognizer, VoiceProfile, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, to_wav_bytes
from ser_core.threads import use_one_thread
from tests.harness.app_server import AppServer
from tests.harness.memory import memory_mb
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.web_session import WebSession

_VOICES = sorted(COMPUTER_VOICES.glob("*.wav"))
_OTHER_PAGES = ("why", "explore", "compare", "voice_lab", "dataset", "model")


@dataclass(frozen=True)
class VisitorClip:
    """A clip that no other visitor has, and the results that belong to it.

    Parameters
    ----------
    name : str
        The name of the file to upload.
    wav : bytes
        The content of the file.
    audio : Audio
        The file as ``ser_core`` reads it.
    probabilities : list of float
        The network's probabilities, the highest first as in the page's bar chart.
    """

    name: str
    wav: bytes
    audio: Audio
    probabilities: list[float]


@dataclass
class CrowdOutcome:
    """Times and errors of several visitors together.

    Parameters
    ----------
    analysis_s : list of float
        For each upload, the seconds from its start until the page with its result is complete.
    wall_s : float
        From the first upload until the last visitor has left.
    n_pages : int
        Number of visits to other pages.
    errors : list of str
        Failures, and parts of pages that belong to another clip.
    """

    analysis_s: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    n_pages: int = 0
    errors: list[str] = field(default_factory=list)


class ShownPage(Protocol):
    """The page as a visitor sees it; ``WebSession`` is one."""

    def text(self) -> str:
        """Return the visible text."""

    def charts(self) -> list[dict[str, Any]]:
        """Return the Plotly figures."""

    def sounds(self) -> list[bytes]:
        """Return the files of the audio players."""


def visitor_clips(visitor: int, recognizer: Recognizer) -> Iterator[VisitorClip]:
    """Yield an endless series of clips: committed voices, each at a speed that only this visitor's clip has."""
    clip_number = 0
    voices: list[np.ndarray] = []
    while True:
        samples = load_audio(_VOICES[(visitor + 5 * clip_number) % len(_VOICES)]).samples
        speed = 1.0 + 0.011 * visitor + 0.0007 * (clip_number % 250)
        wav = to_wav_bytes(soxr.resample(samples, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ))
        audio = load_audio(wav)
        name = f"visitor-{visitor}-clip-{clip_number}.wav"
        # The app compares a recording with the visitor's earlier ones, the newest twenty in all.
        prediction = recognizer.predict(audio, VoiceProfile.of(*voices[-19:]) if voices else None)
        if prediction.voice is not None:
            voices.append(prediction.voice)
        yield VisitorClip(name, wav, audio, sorted(prediction.shares.tolist(), reverse=True))
        clip_number += 1


def foreign_parts(page: ShownPage, clip: VisitorClip) -> list[str]:
    """Return the parts of a page that do not belong to a clip.

    The probabilities are compared to six decimals, and the sound of the first player byte by byte.
    """
    parts = []
    if f"{clip.name}, {clip.audio.duration_s:.1f} s" not in page.text():
        parts.append("another clip's name or length")
    charts = page.charts()
    probabilities = charts[0]["data"][0]["x"] if charts else []
    if len(probabilities) != len(clip.probabilities) or not np.allclose(probabilities, clip.probabilities, atol=1e-6):
        parts.append("another clip's answer")
    if page.sounds()[:1] != [to_wav_bytes(clip.audio.samples)]:
        parts.append("another clip's sound")
    return parts


def run_crowd(
    url: str,
    n_visitors: int,
    duration_s: float,
    *,
    pause_s: float,
    visits_other_pages: bool = True,
    patience_s: float = 60.0,
) -> CrowdOutcome:
    """Let several visitors use an app at the same time, each in a thread of this process.

    Parameters
    ----------
    url : str
        The app's address.
    n_visitors : int
        Number of visitors.
    duration_s : float
        After this time no visitor uploads another clip. Each uploads two clips at least.
    pause_s : float
        Mean of the pause after each page.
    visits_other_pages : bool
        True if each visitor visits another page after each third clip.
    patience_s : float
        As in ``WebSession``.

    Returns
    -------
    CrowdOutcome
    """
    # As the server does: with another number of threads, a matrix product differs in its last digits, and the 8-bit
    # network turns this into a different probability for one clip in two hundred.
    use_one_thread()
    outcome, recognizer = CrowdOutcome(), Recognizer()
    started_s = time.monotonic()

    def visit(visitor: int) -> None:
        rng = np.random.default_rng(visitor)

        def pause() -> None:
            time.sleep(float(rng.uniform(0.0, 2.0 * pause_s)))

        try:
            with WebSession(url, patience_s) as session:
                for n_clips, clip in enumerate(visitor_clips(visitor, recognizer)):
                    if n_clips >= 2 and time.monotonic() > started_s + duration_s:
                        return
                    upload_s = time.perf_counter()
                    session.upload(clip.wav, clip.name)
                    outcome.analysis_s.append(time.perf_counter() - upload_s)
                    outcome.errors += [f"visitor {visitor}: {part}" for part in foreign_parts(session, clip)]
                    pause()
                    if visits_other_pages and n_clips % 3 == 2:
                        session.visit(str(rng.choice(_OTHER_PAGES)))
                        outcome.n_pages += 1
                        pause()
                        session.visit("")
        except Exception as error:
            # One visitor's failure is reported, and the other visitors continue.
            outcome.errors.append(f"visitor {visitor}: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=visit, args=(visitor,)) for visitor in range(n_visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.wall_s = time.monotonic() - started_s
    return outcome


def memory_over_long_session(server: AppServer, n_clips: int, n_before: int) -> tuple[float, float]:
    """Upload clip after clip in one session.

    Parameters
    ----------
    server : AppServer
        The app.
    n_clips : int
        Number of clips.
    n_before : int
        Number of clips after which the caches are full.

    Returns
    -------
    before_mb, after_mb : float
        The server's memory in MB after ``n_before`` clips, and at the end.
    """
    before_mb = 0.0
    with WebSession(server.url) as session:
        for n_uploaded, clip in enumerate(islice(visitor_clips(0, Recognizer()), n_clips), start=1):
            session.upload(clip.wav, clip.name)
            if n_uploaded == n_before:
                before_mb = memory_mb(server.pid)
        return before_mb, memory_mb(server.pid)
