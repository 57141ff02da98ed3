"""The app itself, a real server and Chromium: how soon it is there, how soon it answers, how much memory it holds."""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks import visiting
from benchmarks.clips import wav_of
from benchmarks.fresh import forget_peak, memory_mb
from benchmarks.runner import Figure, Setting

SUBJECT = "app"

# Each visitor's clip is a bit shorter than the one before, so that nobody's answer is another's.
_CLIP_S, _STEP_S = 2.9, 0.01

# The pages that read the largest tables, by their name in the navigation, and words in their bodies.
_PAGES = {"data": ("Data", "By corpus"), "model": ("Model", "By corpus")}

# The clip of which the figure is played, and what returns the waits from each frame that is drawn meanwhile to the
# next. Twenty frames a second are seen as motion.
_PLAYED_S = 60.0
_FRAME_WAITS_MS = """async () => {
    document.querySelector('.sp-play').click();
    const times_ms = [];
    return await new Promise((resolve) => {
        const note = (now_ms) => {
            times_ms.push(now_ms);
            if (now_ms - times_ms[0] < 3000) requestAnimationFrame(note);
            else resolve(times_ms.slice(1).map((each, index) => each - times_ms[index]));
        };
        requestAnimationFrame(note);
    });
}"""


def measure(setting: Setting) -> list[Figure]:
    """Return the app's times and its memory."""
    found: dict[str, list[float]] = {}
    with visiting.chromium() as browser:
        for _ in range(setting.processes):
            for key, value in {**_nothing_else(browser), **_one_visitor(browser, setting)}.items():
                found.setdefault(key, []).append(value)
        found |= {key: [value] for key, value in _many_visitors(browser, setting).items()}

    def figure(key: str, name: str, unit: str, target: float | None = None) -> Figure:
        return Figure(SUBJECT, key, name, unit, tuple(found[key]), target)

    long_clip = f"A clip of {setting.durations_s[-1]:.0f} s"
    return [
        figure("first_paint", "From `streamlit run` to the first page painted", "s", 2.0),
        figure("first_paint_empty", "the same of an app of two lines", "s"),
        figure("listening", "of the app's: until the server takes connections", "s"),
        figure("first_answer", "A cold server: from the click to the first emotion", "s", 1.5),
        figure("memory_started", "Memory of the server, first page painted", "MB"),
        figure("memory_one", "Memory after one prediction", "MB", 450.0),
        *(figure(f"paint_{key}", f"A click on {name}: page painted", "s", 1.0) for key, (name, _) in _PAGES.items()),
        *(figure(f"chart_{key}", f"{name}: until its first chart is drawn", "s") for key, (name, _) in _PAGES.items()),
        figure("frame_wait", f"Explore plays a clip of {_PLAYED_S:.0f} s: from frame to frame", "ms", 50.0),
        figure("memory_pages", "Memory after these pages too", "MB"),
        figure("memory_crowd", f"Memory after {setting.visitors} visitors who each analysed a clip", "MB", 650.0),
        figure("long_answer", f"{long_clip}: uploaded and answered", "s"),
        figure("memory_long", f"{long_clip}: extra memory of the server at the most", "MB"),
    ]


def _nothing_else(browser: Browser) -> dict[str, float]:
    """Return what Streamlit and the browser take by themselves."""
    visitor = visiting.new_visitor(browser)
    visitor.goto("about:blank")
    with visiting.running_empty_app() as server:
        visiting.open_first_page(visitor, server)
        painted_s = time.perf_counter() - server.started_s
    visitor.context.close()
    return {"first_paint_empty": painted_s}


def _one_visitor(browser: Browser, setting: Setting) -> dict[str, float]:
    """Return what the first visitor of a cold server meets, and the second one of a warm server."""
    found = {}
    # The browser is there before: a visitor has one open.
    visitor = visiting.new_visitor(browser)
    visitor.goto("about:blank")
    with visiting.running_app() as server:
        found["listening"] = time.perf_counter() - server.started_s
        visiting.open_first_page(visitor, server)
        found["first_paint"] = time.perf_counter() - server.started_s
        found["memory_started"] = memory_mb(server.pid)
        visiting.offer_upload(visitor)
        found["first_answer"] = visiting.upload(visitor, wav_of(setting.voice, _CLIP_S))
        visiting.wait_for_charts(visitor, 4)
        found["memory_one"] = memory_mb(server.pid)
        for name, words in _PAGES.values():
            # Once before: the server is warm when each page has been shown to somebody.
            visiting.go_to(visitor, name, words)
            visiting.wait_for_charts(visitor)
        visitor.context.close()
        second = visiting.new_visitor(browser)
        visiting.open_first_page(second, server)
        for key, (name, words) in _PAGES.items():
            found[f"paint_{key}"] = visiting.go_to(second, name, words)
            found[f"chart_{key}"] = found[f"paint_{key}"] + visiting.wait_for_charts(second)
        found["memory_pages"] = memory_mb(server.pid)
        found["frame_wait"] = _frame_wait_ms(second, wav_of(setting.voice, _PLAYED_S))
        second.context.close()
    return found


def _frame_wait_ms(visitor: Page, wav: bytes) -> float:
    """Return how long the cursor of the Explore page stands still while it plays a clip, at each of its steps."""
    visiting.go_to(visitor, "Explore", "No clip yet")
    visiting.offer_upload(visitor)
    visiting.upload(visitor, wav, "See the sound")
    visitor.locator(".sp-plot .main-svg").first.wait_for()
    visitor.wait_for_function("document.querySelector('.synced-player audio').readyState >= 3")
    return float(np.median(visitor.evaluate(_FRAME_WAITS_MS)))


def _many_visitors(browser: Browser, setting: Setting) -> dict[str, float]:
    """Return what a server holds whose visitors are all still there, and what one with a long clip adds."""
    found = {}
    with visiting.running_app() as server:
        visitor = visiting.new_visitor(browser)
        for number in range(setting.visitors):
            # To the server each tab is another visitor; to the browser they are cheaper than as many browsers.
            visitor = visitor.context.new_page()
            visiting.open_first_page(visitor, server)
            visiting.offer_upload(visitor)
            visiting.upload(visitor, wav_of(setting.voice, _CLIP_S - number * _STEP_S))
            visiting.wait_for_charts(visitor, 4)
        found["memory_crowd"] = memory_mb(server.pid)
        forget_peak(server.pid)
        # What only a long clip has: the words above are there from the clip before.
        long_clip = wav_of(setting.voice, setting.durations_s[-1])
        found["long_answer"] = visiting.upload(visitor, long_clip, "How it moves through the clip")
        visiting.wait_for_charts(visitor, 5)
        found["memory_long"] = memory_mb(server.pid, peak=True) - found["memory_crowd"]
        visitor.context.close()
    return found
