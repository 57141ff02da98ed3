"""The app itself, a real server and Chromium: time to the first page, time to the answer, memory of the server."""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks import page_timing
from benchmarks.clips import wav_of
from benchmarks.measurement import Measurement, Setting
from tests.harness.app_server import running_app
from tests.harness.browsing import choose_upload
from tests.harness.chromium import running_chromium
from tests.harness.memory import memory_mb, reset_peak

SUBJECT = "app"

# Each visitor's clip is a little shorter than that of the visitor before, so that no two clips are the same.
_CLIP_S, _STEP_S = 2.9, 0.01

# The pages that read the largest tables: their names in the navigation, and a text of their bodies.
_PAGES = {"data": ("Data", "By corpus"), "model": ("Model", "New speakers of known corpora")}

# Plays a clip for three seconds, and returns the time from each drawn frame to the next, in milliseconds. With twenty
# frames a second or more, the cursor moves smoothly.
_PLAYED_S = 60.0
_FRAME_TIMES_MS = """async () => {
    document.querySelector('.sp-play').click();
    const times_ms = [];
    return await new Promise((resolve) => {
        const note = (now_ms) => {
            times_ms.push(now_ms);
            if (now_ms - times_ms[0] < 3000) requestAnimationFrame(note);
            else resolve(times_ms.slice(1).map((time_ms, index) => time_ms - times_ms[index]));
        };
        requestAnimationFrame(note);
    });
}"""


def measure(setting: Setting) -> list[Measurement]:
    """Return the app's times and its memory."""
    values: dict[str, list[float]] = {}
    with running_chromium() as browser:
        for _ in range(setting.processes):
            for key, value in {**_empty_app(browser), **_first_visitors(browser, setting)}.items():
                values.setdefault(key, []).append(value)
        values |= {key: [value] for key, value in _many_visitors(browser, setting).items()}

    def row(key: str, name: str, unit: str, target: float | None = None) -> Measurement:
        return Measurement(SUBJECT, key, name, unit, tuple(values[key]), target)

    long_clip = f"A clip of {setting.durations_s[-1]:.0f} s"
    return [
        row("first_paint", "From `streamlit run` to the first page painted", "s", 2.0),
        row("first_paint_empty", "the same for an app of two elements", "s"),
        row("listening", "of the app's: until the server answers", "s"),
        row("first_answer", "A cold server: from the click to the first emotion", "s", 1.5),
        row("memory_started", "Memory of the server, first page painted", "MB"),
        row("memory_one", "Memory after one prediction", "MB", 450.0),
        *(row(f"paint_{key}", f"A click on {name}: page painted", "s", 1.0) for key, (name, _) in _PAGES.items()),
        *(row(f"chart_{key}", f"{name}: until its first chart is drawn", "s") for key, (name, _) in _PAGES.items()),
        row("frame_wait", f"See the sound plays a clip of {_PLAYED_S:.0f} s: from frame to frame", "ms", 50.0),
        row("memory_pages", "Memory after these pages too", "MB"),
        row("memory_crowd", f"Memory after {setting.visitors} visitors who each analysed a clip", "MB", 650.0),
        row("long_answer", f"{long_clip}: uploaded and answered", "s"),
        row("memory_long", f"{long_clip}: peak extra memory of the server", "MB"),
    ]


def _empty_app(browser: Browser) -> dict[str, float]:
    """Return the times of an app of two elements: the part of Streamlit and of the browser."""
    visitor = page_timing.new_visitor(browser)
    visitor.goto("about:blank")
    with page_timing.running_empty_app() as server:
        page_timing.open_first_page(visitor, server)
        painted_s = time.perf_counter() - server.started_s
    visitor.context.close()
    return {"first_paint_empty": painted_s}


def _first_visitors(browser: Browser, setting: Setting) -> dict[str, float]:
    """Return the times of the first visitor of a cold server, and of the second visitor of the warm server."""
    values = {}
    # The browser is started before the server, because a visitor's browser is already open.
    visitor = page_timing.new_visitor(browser)
    visitor.goto("about:blank")
    with running_app() as server:
        values["listening"] = time.perf_counter() - server.started_s
        page_timing.open_first_page(visitor, server)
        values["first_paint"] = time.perf_counter() - server.started_s
        values["memory_started"] = memory_mb(server.pid)
        choose_upload(visitor)
        values["first_answer"] = page_timing.upload_time_s(visitor, wav_of(setting.voice, _CLIP_S))
        page_timing.chart_time_s(visitor, 4)
        values["memory_one"] = memory_mb(server.pid)
        for name, text in _PAGES.values():
            # Not measured: the server is warm when each page was shown once.
            page_timing.page_change_time_s(visitor, name, text)
            page_timing.chart_time_s(visitor)
        visitor.context.close()
        second = page_timing.new_visitor(browser)
        page_timing.open_first_page(second, server)
        for key, (name, text) in _PAGES.items():
            values[f"paint_{key}"] = page_timing.page_change_time_s(second, name, text)
            values[f"chart_{key}"] = values[f"paint_{key}"] + page_timing.chart_time_s(second)
        values["memory_pages"] = memory_mb(server.pid)
        values["frame_wait"] = _frame_wait_ms(second, wav_of(setting.voice, _PLAYED_S))
        second.context.close()
    return values


def _frame_wait_ms(visitor: Page, wav: bytes) -> float:
    """Return the median time from one position of the cursor of "See the sound" to the next, while it plays a clip."""
    page_timing.page_change_time_s(visitor, "See the sound", "No clip yet")
    choose_upload(visitor)
    page_timing.upload_time_s(visitor, wav, "See the sound")
    visitor.locator(".sp-plot .main-svg").first.wait_for()
    visitor.wait_for_function("document.querySelector('.synced-player audio').readyState >= 3")
    return float(np.median(visitor.evaluate(_FRAME_TIMES_MS)))


def _many_visitors(browser: Browser, setting: Setting) -> dict[str, float]:
    """Return the memory of a server with many connected visitors, and the extra memory for a long clip."""
    values = {}
    with running_app() as server:
        visitor = page_timing.new_visitor(browser)
        for number in range(setting.visitors):
            # Each tab is another visitor for the server, and costs the browser less than a browser each.
            visitor = visitor.context.new_page()
            page_timing.open_first_page(visitor, server)
            choose_upload(visitor)
            page_timing.upload_time_s(visitor, wav_of(setting.voice, _CLIP_S - number * _STEP_S))
            page_timing.chart_time_s(visitor, 4)
        values["memory_crowd"] = memory_mb(server.pid)
        reset_peak(server.pid)
        # A heading that only a long clip has. The emotion of the clip before is already on the page.
        long_clip = wav_of(setting.voice, setting.durations_s[-1])
        values["long_answer"] = page_timing.upload_time_s(visitor, long_clip, "How it changes through the clip")
        page_timing.chart_time_s(visitor, 5)
        values["memory_long"] = memory_mb(server.pid, peak=True) - values["memory_crowd"]
        visitor.context.close()
    return values
