"""The page "See the sound" in a browser: the cursor, the sound, clicks, zoom and keys."""

from __future__ import annotations

import re
import struct

import numpy as np
import pytest
import soundfile
from playwright.sync_api import FloatRect, Page, Response, WebSocket, expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, bounding_box, pick_sample, upload
from tests.harness.paths import SAD_VOICE
from tests.harness.recordings import encode
from ui.common.panels import PANELS

pytestmark = pytest.mark.browser

SAMPLE_RATE_HZ = 16_000
BURST_STARTS_S = np.arange(0.5, 4.6, 0.5)
# As long as the silence between the bursts, so that a busy machine draws a frame in each burst and each silence.
BURST_S = 0.25
MAX_DRIFT_S = 0.050

# The position of the cursor on the screen, converted from pixels to seconds of the time axis. It is not read from the
# player, because the player is under test.
CURSOR_S = """() => {
    const plot = document.querySelector('.sp-plot');
    const { xaxis } = plot._fullLayout;
    const cursor = document.querySelector('.sp-cursor').getBoundingClientRect();
    const x = cursor.left + cursor.width / 2 - plot.getBoundingClientRect().left - xaxis._offset;
    return xaxis.range[0] + x / xaxis._length * (xaxis.range[1] - xaxis.range[0]);
}"""

# Plays the clip, measures its loudness, and returns the position of the cursor at the start of each burst.
CURSOR_AT_BURSTS = f"""async () => {{
    const cursorAt = {CURSOR_S};
    const audio = document.querySelector('.synced-player audio');
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, {{ fftSize: 256, smoothingTimeConstant: 0 }});
    context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
    const samples = new Float32Array(analyser.fftSize);
    const positions = [];
    let wasLoud = false;
    document.querySelector('.sp-play').click();
    return await new Promise((resolve) => {{
        const look = () => {{
            analyser.getFloatTimeDomainData(samples);
            const isLoud = Math.max(...samples.map(Math.abs)) > 0.05;
            if (isLoud && !wasLoud) positions.push(cursorAt());
            wasLoud = isLoud;
            if (audio.ended) resolve(positions); else requestAnimationFrame(look);
        }};
        audio.onended = () => resolve(positions);
        look();
    }});
}}"""


def bursts() -> bytes:
    """Return five seconds of silence with loud bursts."""
    samples = np.zeros(5 * SAMPLE_RATE_HZ)
    burst = 0.5 * np.sin(np.arange(int(BURST_S * SAMPLE_RATE_HZ)) * 0.3)
    for start_s in BURST_STARTS_S:
        start = int(start_s * SAMPLE_RATE_HZ)
        samples[start : start + len(burst)] = burst
    return encode(samples, SAMPLE_RATE_HZ)


def expect_drawn(page: Page) -> None:
    expect(page.locator(".sp-plot .main-svg").first).to_be_visible(timeout=2 * LONG_MS)
    page.wait_for_function("document.querySelector('.synced-player audio').readyState >= 3", timeout=LONG_MS)
    expect(page.locator("[data-testid=stException], .sp-trouble:visible")).to_have_count(0)


def cursor_s(page: Page) -> float:
    """Return the position of the cursor on the screen."""
    return float(page.evaluate(CURSOR_S))


def sound_s(page: Page) -> float:
    """Return the position of the sound."""
    return float(page.evaluate("document.querySelector('.synced-player audio').currentTime"))


def time_range(page: Page) -> list[float]:
    edges_s = page.evaluate("document.querySelector('.sp-plot')._fullLayout.xaxis.range")
    return [float(edge_s) for edge_s in edges_s]


def panel_boxes(page: Page) -> list[FloatRect]:
    """Return the drawn area of each panel on the screen, from top to bottom."""
    areas = page.locator(".sp-plot .nsewdrag")
    boxes = [bounding_box(areas.nth(number)) for number in range(areas.count())]
    return sorted(boxes, key=lambda box: box["y"])


@pytest.fixture(scope="module")
def burst_page(shared_visit: Visit) -> Page:
    """Return the page with the clip of bursts."""
    page = shared_visit(page="explore")
    upload(page, bursts())
    expect_drawn(page)
    return page


@pytest.fixture(scope="module")
def voice_page(shared_visit: Visit) -> Page:
    """Return the page with a computer voice."""
    page = shared_visit(page="explore")
    pick_sample(page, "angry")
    expect_drawn(page)
    return page


def test_the_cursor_is_in_step_with_the_sound(burst_page: Page) -> None:
    page = burst_page
    positions_s = page.evaluate(CURSOR_AT_BURSTS)
    assert len(positions_s) == len(BURST_STARTS_S)
    drift_s = np.array(positions_s) - BURST_STARTS_S
    print(f"drift: median {1000 * np.median(drift_s):.0f} ms, largest {1000 * np.abs(drift_s).max():.0f} ms")
    # A burst is noticed at the next drawn frame, which is late on a busy machine: hence the median.
    assert abs(float(np.median(drift_s))) < MAX_DRIFT_S
    # The drift does not grow from the first bursts to the last.
    assert abs(float(np.median(drift_s[-3:]) - np.median(drift_s[:3]))) < MAX_DRIFT_S


def test_the_cursor_crosses_all_panels(voice_page: Page) -> None:
    page = voice_page
    boxes = panel_boxes(page)
    assert len(boxes) == len(PANELS)
    cursor = bounding_box(page.locator(".sp-cursor"))
    assert cursor["y"] <= boxes[0]["y"]
    assert cursor["y"] + cursor["height"] >= boxes[-1]["y"] + boxes[-1]["height"] - 2
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('.synced-player audio').currentTime > 0.4", timeout=LONG_MS)
    page.get_by_role("button", name="Pause").click()
    # The sound stops a few milliseconds after the click, and the event that follows moves the cursor.
    page.wait_for_function("document.querySelector('.synced-player audio').paused", timeout=LONG_MS)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert 0.3 < cursor_s(page) == pytest.approx(sound_s(page), abs=0.01)


def test_a_click_on_any_panel_seeks(voice_page: Page) -> None:
    page = voice_page
    _, end_s = time_range(page)
    for number, share in ((0, 0.25), (1, 0.6), (len(PANELS) - 1, 0.4)):
        page.locator(".sp-plot .nsewdrag").nth(number).scroll_into_view_if_needed()
        box = panel_boxes(page)[number]
        page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_function(
            f"Math.abs(document.querySelector('.synced-player audio').currentTime - {share * end_s}) < 0.02"
        )
        assert cursor_s(page) == pytest.approx(share * end_s, abs=0.02)


def test_zooming_into_one_panel_zooms_into_all_and_lasts(voice_page: Page) -> None:
    page = voice_page
    start_s, end_s = time_range(page)
    page.locator(".sp-plot .nsewdrag").nth(1).scroll_into_view_if_needed()
    box = panel_boxes(page)[1]
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_function("document.querySelector('.sp-plot')._fullLayout.xaxis.range[0] > 0.1")
    zoomed_s = time_range(page)
    assert zoomed_s == pytest.approx([0.3 * end_s, 0.6 * end_s], abs=0.03)
    # All panels share one time axis.
    assert page.evaluate(
        "Object.keys(document.querySelector('.sp-plot')._fullLayout).filter(k => /^xaxis/.test(k))"
    ) == ["xaxis"]
    # The figure is drawn again without a panel, and keeps its time range.
    page.get_by_role("button", name="MFCC").click()
    expect(page.locator(".sp-plot .nsewdrag")).to_have_count(len(PANELS) - 1, timeout=LONG_MS)
    assert time_range(page) == pytest.approx(zoomed_s)
    page.get_by_role("button", name="MFCC").click()
    expect(page.locator(".sp-plot .nsewdrag")).to_have_count(len(PANELS), timeout=LONG_MS)
    page.get_by_role("button", name="Whole clip").click()
    page.wait_for_function("document.querySelector('.sp-plot')._fullLayout.xaxis.range[0] < 0.01")
    assert time_range(page) == pytest.approx([start_s, end_s])


def test_the_keys_play_and_move(burst_page: Page) -> None:
    page = burst_page
    page.get_by_role("slider", name="Place in the clip").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert sound_s(page) == pytest.approx(0.5)
    assert cursor_s(page) == pytest.approx(0.5, abs=0.01)
    page.keyboard.press("ArrowLeft")
    assert sound_s(page) == pytest.approx(0.25)
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.synced-player audio').currentTime > 0.4", timeout=LONG_MS)
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('.synced-player audio').paused")
    page.keyboard.press("Home")
    assert sound_s(page) == 0.0


def test_the_choice_of_panels_is_in_the_address_and_survives(visit: Visit) -> None:
    page = visit(page="explore?panels=mel,pitch")
    pick_sample(page, "happy")
    expect_drawn(page)
    expect(page.locator(".sp-plot .nsewdrag")).to_have_count(2)
    assert "panels=mel%2Cpitch" in page.url or "panels=mel,pitch" in page.url
    page.locator("[data-testid=stSidebarNavLink]", has_text="Recognise").click()
    expect(page.get_by_role("heading", name="How does it sound?")).to_be_visible(timeout=LONG_MS)
    page.locator("[data-testid=stSidebarNavLink]", has_text="See the sound").click()
    expect_drawn(page)
    expect(page.locator(".sp-plot .nsewdrag")).to_have_count(2)
    page.wait_for_function("location.search.includes('mel')")


def image_size_px(content: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG or SVG file."""
    if content.startswith(b"\x89PNG"):
        # The header of the first chunk, IHDR, ends at byte 16.
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    match = re.match(rb'<svg[^>]* width="(\d+)" height="(\d+)"', content)
    assert match
    return int(match[1]), int(match[2])


@pytest.mark.parametrize("is_resized", [False, True])
@pytest.mark.parametrize(("format_name", "scale"), [("PNG", 2), ("SVG", 1)])
def test_the_saved_figure_is_as_large_as_the_shown_one(
    voice_page: Page, format_name: str, scale: int, is_resized: bool
) -> None:
    page = voice_page
    page.set_viewport_size({"width": 1100 if is_resized else 1280, "height": 900})
    page.wait_for_function(
        "document.querySelector('.sp-plot .main-svg').clientWidth === document.querySelector('.sp-stage').clientWidth"
    )
    plot_box = bounding_box(page.locator(".sp-plot .main-svg").first)
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save figure as {format_name}").click()
    name = rf"figure_Computer-voice-woman-angry_\d{{4}}-\d\d-\d\d_\d\d-\d\d\.{format_name.lower()}"
    assert re.fullmatch(name, download.value.suggested_filename)
    width_px, height_px = image_size_px(download.value.path().read_bytes())
    assert height_px > 1000 * scale
    assert (width_px, height_px) == pytest.approx((scale * plot_box["width"], scale * plot_box["height"]), abs=scale)


def test_the_features_can_be_saved(voice_page: Page) -> None:
    page = voice_page
    for kind, beginning in (("CSV", b"time_s,zero_crossing_rate,"), ("NPZ", b"PK")):
        with page.expect_download(timeout=LONG_MS) as download:
            page.get_by_role("button", name=f"Features as {kind}").click()
        name = rf"features_Computer-voice-woman-angry_\d{{4}}-\d\d-\d\d_\d\d-\d\d\.{kind.lower()}"
        assert re.fullmatch(name, download.value.suggested_filename)
        assert download.value.path().read_bytes().startswith(beginning)


def test_a_zoomed_time_range_moves_on_with_the_sound(burst_page: Page) -> None:
    page = burst_page
    page.get_by_role("slider", name="Place in the clip").focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_function("document.querySelector('.sp-plot')._fullLayout.xaxis.range[1] < 0.7")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.sp-plot')._fullLayout.xaxis.range[0] > 0.6", timeout=LONG_MS)
    page.keyboard.press("Space")
    expect(page.locator(".sp-cursor")).to_be_visible()
    start_s, end_s = time_range(page)
    assert start_s <= sound_s(page) <= end_s + 0.1
    assert end_s - start_s == pytest.approx(5.0 / 8.0, abs=0.01)
    page.get_by_role("button", name="Whole clip").click()


def spoken(duration_s: float) -> bytes:
    """Return a computer voice that repeats its sentence."""
    samples, rate_hz = soundfile.read(SAD_VOICE, dtype="int16")
    return encode(np.resize(samples, int(duration_s * rate_hz)), rate_hz, "FLAC")


def test_a_minute_of_sound_needs_less_than_3_mb(visit: Visit) -> None:
    page = visit(page="explore")
    n_bytes = {"app": 0, "sound": 0}

    def on_socket(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: n_bytes.update(app=n_bytes["app"] + len(frame)))

    def on_response(response: Response) -> None:
        if response.headers.get("content-type", "").startswith("audio/"):
            n_bytes["sound"] += int(response.headers["content-length"])

    page.on("websocket", on_socket)
    page.on("response", on_response)
    page.reload()
    page.get_by_text("No clip yet").wait_for(timeout=LONG_MS)
    upload(page, spoken(60.0))
    expect_drawn(page)
    print(f"payload: app {n_bytes['app']:,} bytes, sound {n_bytes['sound']:,} bytes")
    assert n_bytes["app"] > 100_000
    assert n_bytes["sound"] > 1_000_000
    assert sum(n_bytes.values()) < 3_000_000


@pytest.mark.parametrize("duration_s", [0.6, 600.0])
def test_the_shortest_and_the_longest_clip_are_drawn(visit: Visit, duration_s: float) -> None:
    page = visit(page="explore")
    upload(page, spoken(duration_s))
    page.locator(".sp-plot .main-svg").first.wait_for(timeout=6 * LONG_MS)
    expect_drawn(page)
    assert time_range(page) == pytest.approx([0.0, duration_s])
    page.get_by_role("slider", name="Place in the clip").focus()
    page.keyboard.press("End")
    assert cursor_s(page) == pytest.approx(duration_s, abs=duration_s / 400)


def test_silence_is_drawn_and_named(visit: Visit) -> None:
    page = visit(page="explore")
    upload(page, encode(np.zeros(2 * SAMPLE_RATE_HZ), SAMPLE_RATE_HZ))
    expect_drawn(page)
    expect(page.locator(".sp-plot").get_by_text("no pitched sound found")).to_be_visible()
    expect(page.locator(".sp-plot .nsewdrag")).to_have_count(len(PANELS))
