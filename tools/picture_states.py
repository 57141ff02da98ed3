"""The pages and states that ``tools.take_pictures`` takes pictures of: an address, and what a visitor does there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Page

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio
from tests.harness.browsing import ANSWER, LONG_MS, expect_script_finished, pick_sample, start_listening, upload
from tests.harness.paths import COMPUTER_VOICES, SAD_VOICE
from tests.harness.recordings import encode

_PATIENCE_MS = 3 * LONG_MS
_SAMPLE = "sample=computer/sad_male"
_PAUSE_S = 0.5
# Long enough for the lines of the live charts.
_LIVE_MS = 9_000
_RECORDED_MS = 2_500


class State(NamedTuple):
    """A state of a page.

    Parameters
    ----------
    address : str
        The page and its parameters.
    act : callable
        What the visitor does there; it gets the page.
    """

    address: str
    act: Callable[[Page], object] = lambda page: None


def _tap(emotion: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        pick_sample(page, emotion)
        page.get_by_role("heading", name=ANSWER).wait_for(timeout=_PATIENCE_MS)

    return act


def _send(content: bytes, text: str | re.Pattern[str]) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        upload(page, content)
        page.get_by_text(text).first.wait_for(timeout=_PATIENCE_MS)

    return act


def _press(name: str, role: str = "button") -> Callable[[Page], object]:
    # The type of a role is a list of literals in Playwright.
    def act(page: Page) -> None:
        page.get_by_role(role, name=name).first.click(timeout=_PATIENCE_MS)  # type: ignore[arg-type]

    return act


def _unfold(page: Page) -> None:
    """Open everything that unfolds."""
    closed = page.locator("[data-testid=stMain] details:not([open]) > summary")
    while closed.count():
        closed.first.click()
        page.wait_for_timeout(200)
    expect_script_finished(page)


def _record(page: Page) -> None:
    page.locator("[data-testid=stAudioInputActionButton]").first.click(timeout=_PATIENCE_MS)
    page.wait_for_timeout(_RECORDED_MS)


def _go_live(page: Page) -> None:
    start_listening(page, _PATIENCE_MS)
    page.get_by_text(re.compile(r"\d s received")).wait_for(timeout=_PATIENCE_MS)
    page.wait_for_timeout(_LIVE_MS)


def _go_live_and_stop(page: Page) -> None:
    _go_live(page)
    page.frame_locator("iframe[title*=webrtc]").get_by_role("button", name="Stop").click()
    page.get_by_text("The whole stream").wait_for(timeout=_PATIENCE_MS)


def _guess_anyway(page: Page) -> None:
    _send(_SILENCE, "silent")(page)
    page.get_by_text("guess anyway").click()
    page.get_by_text("All eight emotions").wait_for(timeout=_PATIENCE_MS)


def _long_clip() -> bytes:
    """Return a recording of four voices after each other, as a WAV file."""
    pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), dtype=np.float32)
    names = ("fear_female", "sad_female", "surprise_male", "calm_female")
    voices = [load_audio(COMPUTER_VOICES / f"{name}.wav").samples for name in names]
    return encode(np.concatenate([part for voice in voices for part in (voice, pause)]), SAMPLE_RATE_HZ)


_SILENCE = encode(np.zeros(2 * SAMPLE_RATE_HZ), SAMPLE_RATE_HZ)
_ONE_FILE = SAD_VOICE.read_bytes()

# By the name of the picture.
STATES = {
    "start": State(""),
    "start-samples": State("", _unfold),
    "start-recording": State("", _record),
    "start-error": State("", _send(b"no sound", "does not begin like any audio")),
    "start-classroom": State("?mode=classroom"),
    "answer-tapped": State("", _tap("angry")),
    "answer-leaning": State("?sample=computer/fear_female"),
    "answer-open": State(f"?{_SAMPLE}"),
    "answer-unfolded": State("?sample=computer/calm_female", _unfold),
    "answer-own": State("", _send(_ONE_FILE, ANSWER)),
    "answer-classroom": State("?mode=classroom", _send(_ONE_FILE, "without an emotion")),
    "answer-long": State("", _send(_long_clip(), ANSWER)),
    "answer-not-judged": State("", _send(_SILENCE, "silent")),
    "answer-anyway": State("", _guess_anyway),
    "answer-shared": State(f"?{_SAMPLE}", _press("Share")),
    "answer-embedded": State(f"?{_SAMPLE}&embed=true"),
    "answer-presented": State(f"?{_SAMPLE}&present=true"),
    "live": State("live"),
    "live-running": State("live", _go_live),
    "live-stopped": State("live", _go_live_and_stop),
    "live-classroom": State("live?mode=classroom", _go_live),
    "compare": State("compare"),
    "compare-chosen": State(f"compare?{_SAMPLE}&second=computer/happy_female"),
    "lab-empty": State("voice_lab"),
    "lab": State(f"voice_lab?{_SAMPLE}"),
    "lab-changed": State("voice_lab?sample=computer/calm_female&pitch_st=5&hoarseness=0.4"),
    "batch": State("batch"),
    "lessons": State("lessons"),
    "lesson": State("lessons?lesson=sound-as-numbers"),
    "lesson-question": State("lessons?lesson=mfcc-and-timbre&screen=3"),
    "game": State("game"),
    "act": State("act"),
    "act-task": State("act?round=a-class&emotion=sad"),
    "train": State("train"),
    **{
        f"teachers-{section}": State(f"teachers?section={section}")
        for section in ("plans", "worksheets", "law-and-privacy", "at-school", "words")
    },
    "why-empty": State("why"),
    "why": State(f"why?{_SAMPLE}"),
    "why-presented": State(f"why?{_SAMPLE}&present=true"),
    "explore-empty": State("explore"),
    "explore": State(f"explore?{_SAMPLE}"),
    "explore-two-panels": State(f"explore?{_SAMPLE}&panels=waveform,pitch"),
    **{
        f"data-{section}": State(f"dataset?section={section}")
        for section in ("counts", "by-emotion", "sound-map", "listeners", "table")
    },
    "data-unfolded": State("dataset?section=counts", _unfold),
    **{
        f"model-{section}": State(f"model?section={section}")
        for section in ("how-good", "mix-ups", "how-sure", "for-whom", "learning", "inside", "model-card")
    },
    "model-unfolded": State("model?section=how-good", _unfold),
    "about": State("about"),
}
