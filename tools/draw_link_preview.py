"""Draw the picture that messengers show for a link to the app: the name and the eight faces.

``python -m tools.draw_link_preview``: run it when a face or the name changes.
"""

from __future__ import annotations

from pathlib import Path

from ser_core.emotions import LABELS
from ui.common import tokens
from ui.common.card_canvas import BOLD, REGULAR, SIZE_PX, blank_card, font, paste_face, png_of
from ui.common.tokens import NAME

PICTURE = Path(__file__).parents[1] / "static" / "link_preview.png"

_MARGIN_PX = 72
_FACE_PX = 150
_FACES_TOP_PX = 260


def main() -> None:
    """Write the picture."""
    theme = tokens.LIGHT
    image, draw = blank_card(theme.primary)
    draw.text((_MARGIN_PX, 56), NAME, font=font(92, BOLD), fill=theme.text)
    sentence = "Tap a voice, or use your own: which emotion does it sound like, and why?"
    draw.text((_MARGIN_PX, 180), sentence, font=font(30, REGULAR), fill=theme.quiet)
    column_px = (SIZE_PX[0] - 2 * _MARGIN_PX) / 4
    for number, label in enumerate(LABELS):
        left = round(_MARGIN_PX + (number % 4 + 0.5) * column_px - _FACE_PX / 2)
        top = _FACES_TOP_PX + number // 4 * (_FACE_PX + 20)
        paste_face(image, label, _FACE_PX, (left, top))
    PICTURE.write_bytes(png_of(image))


if __name__ == "__main__":
    main()
