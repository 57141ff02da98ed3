"""The drawn faces of the eight emotions, and the app's mark, as SVG.

Each emotion has its own outline, colour and features, so that it can be recognised without colour. The labels of
buttons can show a picture only by its address, so ``tools/draw_faces.py`` writes the drawings to ``static/faces``.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable

from ui.common.tokens import ACCENT, EMOTION_COLOURS, GREY, WHITE

# Names of drawings besides the labels.
MARK, OPEN = "mark", "open"
_N_POINTS = 120
_SIDE = 100


def face_svg(label: str) -> str:
    """Return the face of an emotion as an SVG document of 100 by 100 units.

    Parameters
    ----------
    label : str
        One of ``ser_core.emotions.LABELS``.
    """
    return _document(_outline(label, EMOTION_COLOURS[label]) + _FEATURES[label])


def mark_svg(colour: str = ACCENT) -> str:
    """Return the app's mark: a face whose mouth is a sound wave."""
    bars = [(26, 5), (36, 10), (46, 16), (56, 14), (66, 9), (76, 5)]
    mouth = "".join(_line(x - 1, 66 - half, x - 1, 66 + half, 6) for x, half in bars)
    body = f'<rect x="4" y="4" width="92" height="92" rx="30" fill="{colour}"/>'
    return _document(body + _dot(35, 36, 6.5) + _dot(65, 36, 6.5) + mouth)


def open_face_svg() -> str:
    """Return the grey face of an answer that names no emotion."""
    body = f'<rect x="6" y="6" width="88" height="88" rx="44" fill="{GREY}"/>'
    question = _path("M38 40 a12 12 0 1 1 17 11 q-5 3 -5 9", 7) + _dot(50, 74, 4.5)
    return _document(body + question)


def drawing(name: str) -> str:
    """Return a drawing by its name: a label, ``"mark"`` or ``"open"``."""
    if name == MARK:
        return mark_svg()
    return open_face_svg() if name == OPEN else face_svg(name)


def address(name: str) -> str:
    """Return the address of a drawing for an ``img`` in HTML, without a request: the drawing itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawing(name).encode()).decode("ascii")


def face(label: str) -> str:
    """Return an emotion's face as Markdown, for the label of a button or of an option."""
    return f"![](app/static/faces/{label}.svg)"


def _document(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">{content}</svg>'


def _outline(label: str, colour: str) -> str:
    # A stroke of the same colour rounds the corners.
    style = f'fill="{colour}" stroke="{colour}" stroke-width="5" stroke-linejoin="round"'
    if label == "neutral":
        return f'<rect x="9" y="9" width="82" height="82" rx="18" {style}/>'
    if label == "sad":
        return f'<path d="M50 5 C56 22 88 40 88 62 A38 34 0 0 1 12 62 C12 40 44 22 50 5 Z" {style}/>'
    if label == "fear":
        lower = "L88 90 " + "".join("q-6.3 -15 -12.7 0 " if n % 2 == 0 else "q-6.3 8 -12.7 0 " for n in range(6))
        return f'<path d="M12 90 L12 44 A38 38 0 0 1 88 44 {lower}Z" {style}/>'
    return f'<path d="{_OUTLINES[label]}" {style}/>'


def _star(n: int, inner: float, outer: float) -> str:
    """Return the outline of a star with ``n`` points, the first of which is at the top."""
    radii = [outer if number % 2 == 0 else inner for number in range(2 * n)]
    return _closed([_point(r, math.pi * number / n - math.pi / 2) for number, r in enumerate(radii)])


def _round(radius: Callable[[float], float]) -> str:
    """Return an outline by its distance from the middle at each angle."""
    angles = [2 * math.pi * number / _N_POINTS for number in range(_N_POINTS)]
    return _closed([_point(radius(angle), angle) for angle in angles])


def _point(radius: float, angle: float) -> tuple[float, float]:
    return _SIDE / 2 + radius * math.cos(angle), _SIDE / 2 + radius * math.sin(angle)


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + " Z"


_OUTLINES = {
    "angry": _star(9, 35.0, 46.5),
    "calm": _round(lambda angle: 43.0 - 4.0 * abs(math.sin(angle))),
    "disgust": _round(lambda angle: 39.0 + 4.5 * math.sin(3 * angle + 0.6) + 2.0 * math.sin(5 * angle)),
    "happy": _round(lambda angle: 38.0 + 6.5 * abs(math.sin(5 * angle))),
    "surprise": _star(18, 39.0, 46.5),
}


def _path(d: str, width: float = 5.0) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{WHITE}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, width: float) -> str:
    return _path(f"M{x1} {y1} L{x2} {y2}", width)


def _dot(x: float, y: float, r: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{WHITE}"/>'


def _filled(d: str) -> str:
    return f'<path d="{d}" fill="{WHITE}"/>'


def _eyes(y: float, r: float = 5.0, apart: float = 15.0) -> str:
    return _dot(50 - apart, y, r) + _dot(50 + apart, y, r)


_FEATURES = {
    "angry": _path("M29 36 L44 43") + _path("M71 36 L56 43") + _eyes(48, 4.5, 13) + _path("M36 67 q14 -12 28 0"),
    "calm": _path("M27 46 q7 7 14 0") + _path("M59 46 q7 7 14 0") + _path("M38 62 q12 8 24 0"),
    "disgust": (
        _path("M29 43 L42 46") + _path("M58 46 L71 43") + _path("M33 64 q6 -8 12 -2 t11 0 t11 -1") + _dot(62, 71, 5)
    ),
    "fear": (
        _eyes(42, 8, 15)
        + _path("M32 68 l6 -6 l6 6 l6 -6 l6 6 l6 -6 l6 6", 4.5)
        + _path("M29 27 l8 -4")
        + _path("M71 27 l-8 -4")
    ),
    "happy": _path("M29 44 q7 -10 14 0") + _path("M57 44 q7 -10 14 0") + _filled("M30 55 h40 a20 19 0 0 1 -40 0 Z"),
    "neutral": _eyes(42, 5.5, 17) + _path("M35 65 H65"),
    "sad": (
        _eyes(52, 4.5, 14)
        + _path("M30 44 l9 -4")
        + _path("M70 44 l-9 -4")
        + _path("M39 76 q11 -11 22 0")
        + _filled("M69 60 q6 8 0 11 q-6 -3 0 -11 Z")
    ),
    "surprise": (
        _eyes(41, 6.5, 14)
        + _filled("M41.5 66 a8.5 10.5 0 0 1 17 0 a8.5 10.5 0 0 1 -17 0 Z")
        + _path("M30 27 q6 -5 11 -2", 4)
        + _path("M70 27 q-6 -5 -11 -2", 4)
    ),
}
