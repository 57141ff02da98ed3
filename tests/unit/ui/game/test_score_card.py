"""The result of a game as a picture."""

from __future__ import annotations

import io
from itertools import groupby

import pytest
from PIL import Image, ImageColor

from ser_core.game.score import Score
from ui.common import tokens
from ui.common.card_canvas import SIZE_PX
from ui.game.score_card import draw_score_card

SCORES = {"I": Score(7, 10), "An average listener": Score(6.3, 8), "The network": Score(0, 10)}
IS_RIGHT = [True] * 7 + [False] * 3


def drawn(scores: dict[str, Score], is_right: list[bool]) -> Image.Image:
    return Image.open(io.BytesIO(draw_score_card(scores, is_right))).convert("RGB")


def widths(card: Image.Image, y: int, colour: str) -> list[int]:
    """Return the lengths of the stretches of a colour in a row of pixels."""
    row = [card.getpixel((x, y)) == ImageColor.getrgb(colour) for x in range(card.width)]
    return [len(list(group)) for is_colour, group in groupby(row) if is_colour]


def test_each_bar_is_as_long_as_its_score() -> None:
    card = drawn(SCORES, IS_RIGHT)
    assert card.size == SIZE_PX
    # The rows through the middles of the bars.
    rows = (368, 430, 492)
    full_px = sum(widths(card, rows[2], tokens.LIGHT.line))
    lengths = [sum(widths(card, y, tokens.ACCENT)) / full_px for y in rows]
    assert lengths == pytest.approx([7 / 10, 6.3 / 8, 0.0], abs=0.01)


def test_a_field_for_each_round_is_filled_where_the_guess_was_right() -> None:
    # A row near the top of the fields, above ticks and crosses.
    filled = [width for width in widths(drawn(SCORES, IS_RIGHT), 236, tokens.GOOD) if width > 30]
    assert len(filled) == 7
    assert not [width for width in widths(drawn(SCORES, [False] * 10), 236, tokens.GOOD) if width > 30]


def test_the_picture_holds_nothing_but_what_it_shows() -> None:
    content = draw_score_card(SCORES, IS_RIGHT)
    assert content == draw_score_card(SCORES, IS_RIGHT)
    assert Image.open(io.BytesIO(content)).info == {}
    # The compressed pixels are all: no sound would fit into it.
    assert len(content) < 60_000
