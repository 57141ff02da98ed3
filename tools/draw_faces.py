"""Write the drawn faces and the app's mark into ``static/faces``: ``python -m tools.draw_faces``."""

from __future__ import annotations

from pathlib import Path

from ser_core.emotions import LABELS
from ui.common.faces import MARK, drawing

FOLDER = Path(__file__).parents[1] / "static" / "faces"


def main() -> None:
    """Write one SVG file per emotion, and one for the mark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in (*LABELS, MARK):
        (FOLDER / f"{name}.svg").write_text(drawing(name) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
