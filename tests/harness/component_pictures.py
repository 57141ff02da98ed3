"""Small pictures of the app's components, and how much two of them differ.

The pictures are a fraction of the size on the screen, so that fonts that are drawn a little differently on another
machine give almost the same pixels. A wrong colour or a shifted element still changes many of them.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, Route

from ser_core.live.frames import LIVE_MELS
from ser_core.live.picture import COLUMN_S
from tests.harness.browsing import LONG_MS, expect_script_finished
from tests.harness.paths import ROOT

FOLDER = ROOT / "tests" / "browser" / "component_pictures"
GALLERY = "tests/harness/gallery.py"

# By name: the selector of what is compared. The gallery shows the component of this name.
COMPONENTS = {
    "card-sure": ".answer-card",
    "card-leaning": ".answer-card",
    "card-open": ".answer-card",
    "card-story": ".answer-card",
    "voices": ".voices",
    "voices-compact": ".voices",
    "ab-player": ".ab-player",
    "explore-player": ".synced-player",
    "live-charts": ".live-charts",
    "live-charts-classroom": ".live-charts",
    "faces": ".face-row",
}

# The pictures have a quarter of the size on the screen, and few colours, so that the files are small.
_SHRINKING = 4
_N_COLOURS = 255
# Of the differences of a pixel's colour channels, 0 to 255: smaller ones come from fonts and from the few colours.
_MIN_DIFFERENCE = 24
_LIVE_S = 20.0

_IS_DRAWN = """async () => {
    if (document.querySelector("[data-testid=stSkeleton]")) return false;
    await document.fonts.ready;
    return [...document.fonts].some((font) => font.status === "loaded");
}"""


class View(NamedTuple):
    """A theme and a width of the screen in pixels."""

    theme: Literal["light", "dark"]
    width_px: int


VIEWS = (View("light", 900), View("dark", 900), View("light", 390))


def reference_path(component: str, view: View) -> Path:
    """Return the path of a committed picture."""
    return FOLDER / f"{component}-{view.theme}-{view.width_px}.png"


@contextmanager
def opened_component(browser: Browser, url: str, component: str) -> Iterator[Page]:
    """Open the gallery with one component, without animations.

    Parameters
    ----------
    browser : Browser
        A browser with a microphone.
    url : str
        The address of the gallery.
    component : str
        One of ``COMPONENTS``.
    """
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 900, "height": 1200})
    page = context.new_page()
    # Streamlit serves the files beside the script that it runs. The typeface is beside app.py.
    page.route("**/app/static/**", _answer_with_own_file)
    page.goto(f"{url}/?component={component}", timeout=LONG_MS)
    page.locator(COMPONENTS[component]).wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    page.wait_for_function(_IS_DRAWN, timeout=LONG_MS)
    if component == "explore-player":
        page.locator(".main-svg").first.wait_for(timeout=LONG_MS)
    if component.startswith("live"):
        _send_live_data(page)
    yield page
    context.close()


def show_view(page: Page, view: View) -> None:
    """Show an opened component in a theme and a width. Its charts are drawn again a moment later."""
    page.emulate_media(color_scheme=view.theme, reduced_motion="reduce")
    page.set_viewport_size({"width": view.width_px, "height": 1200})


def take_picture(page: Page, component: str) -> Image.Image:
    """Return a small picture of an opened component, with few colours."""
    shot = page.locator(COMPONENTS[component]).screenshot(animations="disabled", caret="hide")
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    size = math.ceil(picture.width / _SHRINKING), math.ceil(picture.height / _SHRINKING)
    return picture.resize(size, Image.Resampling.BOX).quantize(_N_COLOURS, kmeans=4, dither=Image.Dither.NONE)


def differing_share(first: Image.Image, second: Image.Image) -> float:
    """Return the share of the pixels in which two pictures differ clearly; 1.0 if their sizes differ.

    Parameters
    ----------
    first, second : Image
        Small pictures, as ``take_picture`` returns them. A difference of one pixel in size is allowed.
    """
    if max(abs(first.width - second.width), abs(first.height - second.height)) > 1:
        return 1.0
    size = min(first.width, second.width), min(first.height, second.height)
    blurred = [
        np.asarray(
            picture.convert("RGB").crop((0, 0, *size)).filter(ImageFilter.BoxBlur(1)),
            dtype=np.int16,
        )
        for picture in (first, second)
    ]
    return float((np.abs(blurred[0] - blurred[1]).max(axis=2) > _MIN_DIFFERENCE).mean())


def _answer_with_own_file(route: Route) -> None:
    route.fulfill(path=ROOT / route.request.url.partition("/app/")[2])


def _send_live_data(page: Page) -> None:
    """Send the live charts a voice that becomes louder and higher, as the app's server would."""
    n_columns = round(_LIVE_S / COLUMN_S)
    rise = np.linspace(0.0, 1.0, n_columns)
    bands = np.linspace(1.0, 0.0, LIVE_MELS)
    mel = (255 * rise[:, np.newaxis] * bands).astype(np.uint8)
    times_s = np.arange(2.0, _LIVE_S, 0.25)
    sad = np.linspace(0.7, 0.1, len(times_s))
    answers = [
        [float(time_s), [round(float(0.8 - share), 3), 0.02, 0.02, 0.03, 0.03, 0.1, round(float(share), 3), 0.0]]
        for time_s, share in zip(times_s, sad, strict=True)
    ]
    data = {
        "stream_id": "gallery",
        "now_s": _LIVE_S,
        "level_db": -20.0,
        "is_current": True,
        "first_column": 0,
        "mel": base64.b64encode(mel.tobytes()).decode(),
        "levels": [round(float(level), 1) for level in -50 + 40 * rise],
        "pitches": [round(float(pitch)) for pitch in 100 + 200 * rise],
        "answers": answers,
    }
    page.evaluate("data => { globalThis.liveData = data; dispatchEvent(new Event('live-data')); }", data)
