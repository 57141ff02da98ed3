"""What all pictures to save or share have in common: size, typeface, faces, the band at the top, and the file."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ui.common import tokens

# The size of the pictures that messengers show for a link.
SIZE_PX = (1200, 630)
MARGIN_PX = 64
BOLD, REGULAR = 800, 400

_BAND_PX = 16
_STATIC = Path(__file__).parents[2] / "static"
_FONT = _STATIC / "fonts" / "bricolage-grotesque.woff2"
# Written from the drawings of ``ui.common.faces`` by ``tools/draw_face_pictures.py``.
_FACES = _STATIC / "faces"


def blank_card(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return an empty card in the light theme with a band of a colour at its top, and what draws on it."""
    image = Image.new("RGB", SIZE_PX, tokens.LIGHT.background)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE_PX[0], _BAND_PX), fill=colour)
    return image, draw


def paste_face(image: Image.Image, name: str, size_px: int, place: tuple[int, int]) -> None:
    """Put a face on a picture; the name is an emotion or ``"open"``."""
    face = Image.open(_FACES / f"{name}.png").resize((size_px, size_px))
    image.paste(face, place, face)


def png_of(image: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@cache
def font(size_px: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the app's typeface; the weight is 200 to 800."""
    font = ImageFont.truetype(_FONT, size_px)
    # The optical size, in points, and the weight.
    font.set_variation_by_axes([min(size_px, 96), weight])
    return font
