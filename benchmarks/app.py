"""The app itself, a real server and Chromium: how soon it is there, how soon it answers, how much memory it holds."""

from __future__ import annotations

import time

from playwright.sync_api import Browser

from benchmarks import visiting
from benchmarks.fresh import memory_mb
from benchmarks.runner import Figure, Setting

SUBJECT = "app"

# The pages that read the largest tables, by their name in the navigation, and words in their bodies.
_PAGES = {"data": ("Data", "By corpus"), "model": ("Model", "By corpus")}


def measure(setting: Setting) -> list[Figure]:
    """Return the app's times and its memory."""
    found: dict[str, list[float]] = {}
    with visiting.chromium() as browser:
        for _ in range(setting.processes):
            for key, value in _one_visitor(browser, setting).items():
                found.setdefault(key, []).append(value)
        crowd_mb = _many_visitors(browser, setting)

    def figure(key: str, name: str, unit: str, target: float | None = None) -> Figure:
        return Figure(SUBJECT, key, name, unit, tuple(found[key]), target)

    crowd = f"{setting.visitors} visitors who each analysed a clip"
    return [
        figure("first_paint", "From `streamlit run` to the first page painted", "s", 2.0),
        figure("listening", "of that: until the server takes connections", "s"),
        figure("first_answer", "A cold server: from the click to the first emotion", "s", 1.5),
        figure("next_answer", "The same server, another clip", "s"),
        figure("memory_started", "Memory of the server, first page painted", "MB"),
        figure("memory_one", "Memory after one prediction", "MB", 450.0),
        *(
            figure(f"paint_{key}", f"A click to the {name} page, painted", "s", 1.0)
            for key, (name, _) in _PAGES.items()
        ),
        figure("memory_pages", "Memory after these pages too", "MB"),
        Figure(SUBJECT, "memory_crowd", f"Memory after {crowd}", "MB", (crowd_mb,), 650.0),
    ]


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
        found["first_answer"] = visiting.upload(visitor, visiting.voice_of(setting.voice, 0))
        visiting.wait_for_charts(visitor, 4)
        found["next_answer"] = visiting.upload(visitor, visiting.voice_of(setting.voice, 1))
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
            visiting.wait_for_charts(second)
        found["memory_pages"] = memory_mb(server.pid)
        second.context.close()
    return found


def _many_visitors(browser: Browser, setting: Setting) -> float:
    """Return the server's memory when all visitors have analysed a clip and are still there."""
    with visiting.running_app() as server:
        visitors = []
        for number in range(setting.visitors):
            visitor = visiting.new_visitor(browser)
            visitors.append(visitor)
            visiting.open_first_page(visitor, server)
            visiting.offer_upload(visitor)
            visiting.upload(visitor, visiting.voice_of(setting.voice, number))
            visiting.wait_for_charts(visitor, 4)
        held_mb = memory_mb(server.pid)
        for visitor in visitors:
            visitor.context.close()
    return held_mb
