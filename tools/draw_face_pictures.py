"""Write the drawn faces as PNG files, for pictures that are made without a browser.

``python -m tools.draw_face_pictures``: run it when a face looks different. It needs Chromium.
"""

from __future__ import annotations

from pathlib import Path

from ser_core.emotions import LABELS
from tests.harness.chromium import running_chromium
from ui.common.faces import OPEN, drawing

FOLDER = Path(__file__).parents[1] / "static" / "faces"
# Twice the size on a card, so that scaling it down smooths the edges.
SIDE_PX = 400


def main() -> None:
    """Write one file per emotion, and one for an answer that names none."""
    with running_chromium() as browser:
        page = browser.new_page(viewport={"width": SIDE_PX, "height": SIDE_PX})
        for name in (*LABELS, OPEN):
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing(name)}")
            page.screenshot(path=FOLDER / f"{name}.png", omit_background=True)


if __name__ == "__main__":
    main()
