"""The result of a game as a picture to share: the scores, and which rounds were right. No clip and no emotion is in it.

So a classmate who plays the same clips later learns nothing from it. It is drawn on the server, without a browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import ImageDraw

from ser_core.game.score import Score
from ui.common import tokens
from ui.common.card_canvas import BOLD, MARGIN_PX, REGULAR, SIZE_PX, blank_card, font, paste_face, png_of
from ui.game import words

_MARK_PX, _MARK_GAP_PX, _MARKS_TOP = 62, 16, 226
_BARS_TOP, _BAR_STEP, _BAR_LEFT = 346, 62, 430
_BAR_RIGHT = SIZE_PX[0] - MARGIN_PX - 190
_FACE_PX = 120


def draw_score_card(scores: Mapping[str, Score], is_right: Sequence[bool]) -> bytes:
    """Draw the card of a game.

    Parameters
    ----------
    scores : mapping of str to Score
        Who scored how much, the player first; at most three.
    is_right : sequence of bool
        Whether the player's guess was right, for each round.

    Returns
    -------
    bytes
        A PNG file of 1200 by 630 pixels.
    """
    theme = tokens.LIGHT
    image, draw = blank_card(tokens.ACCENT)
    paste_face(image, "open", _FACE_PX, (SIZE_PX[0] - MARGIN_PX - _FACE_PX, 64))
    draw.text((MARGIN_PX, 60), "Can you hear it?", font=font(34, REGULAR), fill=theme.quiet)
    headline = f"I heard {words.out_of(next(iter(scores.values())))} as intended"
    draw.text((MARGIN_PX, 104), headline, font=font(58, BOLD), fill=theme.text)
    for number, right in enumerate(is_right):
        _draw_mark(draw, MARGIN_PX + number * (_MARK_PX + _MARK_GAP_PX), is_right=right)
    for number, (name, score) in enumerate(scores.items()):
        _draw_bar(draw, _BARS_TOP + number * _BAR_STEP, name, score)
    note = f"{tokens.NAME} Each speaker was asked to sound like one emotion."
    draw.text((MARGIN_PX, 562), note, font=font(26, REGULAR), fill=theme.quiet)
    return png_of(image)


def _draw_mark(draw: ImageDraw.ImageDraw, left: int, *, is_right: bool) -> None:
    """Draw a tick on a filled field, or a cross on an empty one: the difference is not only in the colour."""
    box = (left, _MARKS_TOP, left + _MARK_PX, _MARKS_TOP + _MARK_PX)
    colour = tokens.GOOD if is_right else tokens.BAD
    draw.rounded_rectangle(box, radius=14, fill=tokens.GOOD if is_right else None, outline=colour, width=4)
    corner = (left + 17, _MARKS_TOP + 17)
    if is_right:
        strokes = [(0, 15), (10, 26), (28, 2)]
        draw.line([(corner[0] + x, corner[1] + y) for x, y in strokes], fill=tokens.WHITE, width=7, joint="curve")
    else:
        for ends in (((0, 0), (28, 28)), ((28, 0), (0, 28))):
            draw.line([(corner[0] + x, corner[1] + y) for x, y in ends], fill=tokens.BAD, width=6)


def _draw_bar(draw: ImageDraw.ImageDraw, top: int, name: str, score: Score) -> None:
    theme = tokens.LIGHT
    middle = top + 22
    draw.text((MARGIN_PX, middle), name, font=font(32, REGULAR), fill=theme.text, anchor="lm")
    track = (_BAR_LEFT, middle - 12, _BAR_RIGHT, middle + 12)
    draw.rounded_rectangle(track, radius=12, fill=theme.line)
    width_px = round(score.points / score.n_clips * (_BAR_RIGHT - _BAR_LEFT))
    if width_px:
        draw.rounded_rectangle((*track[:2], _BAR_LEFT + max(24, width_px), track[3]), radius=12, fill=tokens.ACCENT)
    place = (SIZE_PX[0] - MARGIN_PX, middle)
    draw.text(place, words.out_of(score), font=font(32, BOLD), fill=theme.text, anchor="rm")
