"""The look of the components: each is drawn from fixed data and compared with a committed picture.

After an intended change of the look: ``python -m tools.take_component_pictures``, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.harness.app_server import AppServer, running_app
from tests.harness.component_pictures import (
    COMPONENTS,
    GALLERY,
    VIEWS,
    View,
    differing_share,
    opened_component,
    reference_path,
    show_view,
    take_picture,
)
from tests.harness.paths import ROOT
from ui.common.tokens import EMOTION_COLOURS

pytestmark = pytest.mark.browser

# Pictures that differ more than this have a text, a colour or a place that is not as before.
MOST_DIFFERING = 0.01
REDRAWN_MS = 3_000
LIVE_TEXT_PX = 12


@pytest.fixture(scope="module")
def gallery() -> Iterator[AppServer]:
    with running_app(script=GALLERY) as server:
        yield server


def compared(page: Page, component: str, reference: Image.Image) -> tuple[Image.Image, float]:
    """Return a picture, and the share of it that differs. A page that is still being drawn is looked at again."""
    waited_ms = 0
    while True:
        picture = take_picture(page, component)
        share = differing_share(picture, reference)
        if share <= MOST_DIFFERING or waited_ms >= REDRAWN_MS:
            return picture, share
        page.wait_for_timeout(100)
        waited_ms += 100


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_looks_as_before(chromium: Browser, gallery: AppServer, component: str) -> None:
    different = {}
    with opened_component(chromium, gallery.url, component) as page:
        for view in VIEWS:
            reference = reference_path(component, view)
            show_view(page, view)
            picture, share = compared(page, component, Image.open(reference))
            if share > MOST_DIFFERING:
                # Beside the pictures of whole pages, which git ignores.
                shown_at = ROOT / "pictures" / reference.name
                shown_at.parent.mkdir(exist_ok=True)
                picture.save(shown_at)
                different[shown_at.as_posix()] = f"{share:.1%} of the pixels"
    assert different == {}


# By name: a style that changes the look of the answer's card.
CHANGES = {
    "another colour": f".bar i {{ background: {EMOTION_COLOURS['happy']} !important; }}",
    "another height": ".bar { height: 1.7rem !important; }",
    "another order": "header { flex-direction: row-reverse; }",
    "smaller type": "h2 { font-size: 2rem !important; }",
}


def test_a_changed_look_is_noticed(chromium: Browser, gallery: AppServer) -> None:
    view = View("light", 900)
    reference = Image.open(reference_path("card-sure", view))
    shares = {}
    with opened_component(chromium, gallery.url, "card-sure") as page:
        show_view(page, view)
        _, at_first = compared(page, "card-sure", reference)
        page.locator(".answer-card").evaluate("card => card.append(document.createElement('style'))")
        style = page.locator(".answer-card > style").last
        for name, css in CHANGES.items():
            style.evaluate("(style, css) => { style.textContent = css; }", css)
            shares[name] = differing_share(take_picture(page, "card-sure"), reference)
    assert min(shares.values()) > MOST_DIFFERING > at_first, shares


# Both lines end at about the same place. The distances of the names from the top are kept.
LINES_THAT_MEET = """() => {
    window.names_px = {};
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        window.names_px[text] = y;
        write.call(this, text, x, y);
    };
    const answers = liveData.answers.map(([time_s]) => [time_s, [0, 0, 0, 0, 0, 0.41, 0.4, 0]]);
    liveData = { ...liveData, stream_id: "lines that meet", answers };
    dispatchEvent(new Event("live-data"));
}"""


def test_the_names_of_two_live_lines_that_meet_can_both_be_read(chromium: Browser, gallery: AppServer) -> None:
    with opened_component(chromium, gallery.url, "live-charts") as page:
        page.evaluate(LINES_THAT_MEET)
        names_px = page.wait_for_function("'sad' in names_px && 'neutral' in names_px && names_px").json_value()
    assert names_px["sad"] - names_px["neutral"] >= LIVE_TEXT_PX


def test_the_pictures_are_small() -> None:
    pictures = sorted(reference_path("", VIEWS[0]).parent.glob("*.png"))
    assert pictures == sorted(reference_path(component, view) for component in COMPONENTS for view in VIEWS)
    assert sum(picture.stat().st_size for picture in pictures) < 150_000
