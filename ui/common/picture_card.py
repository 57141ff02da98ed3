"""An answer as a picture to save: the emotion, its probabilities and the waveform. The picture holds no sound.

It is drawn on the server, without a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageDraw

from ser_core.emotions import BY_LABEL
from ser_core.inference.verdict import Verdict
from ui.common import tokens
from ui.common.card_canvas import BOLD, MARGIN_PX, REGULAR, SIZE_PX, blank_card, font, paste_face, png_of
from ui.common.waveform_bars import bar_heights
from ui.common.words import percent

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ser_core.inference.recognizer import Prediction

_FACE_PX = 200
_TEXT_LEFT = MARGIN_PX + _FACE_PX + 48
_BAR_LEFT, _BAR_RIGHT = 720, SIZE_PX[0] - MARGIN_PX - 100
_WAVE_TOP, _WAVE_BOTTOM = 380, 530
_HEADLINE_PX = 84
_N_SHOWN = 3


def draw_card(samples: npt.NDArray[np.float32], prediction: Prediction, verdict: Verdict, *, speaker: str) -> bytes:
    """Draw the card of an answer.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        The clip, of which the waveform is drawn.
    prediction : Prediction
        The network's prediction for the clip.
    verdict : Verdict
        What may be said about the clip; not ``"not_judged"``.
    speaker : str
        Who speaks, in a few words: ``"A recording of an actor"``. Never the name of a visitor's file.

    Returns
    -------
    bytes
        A PNG file of 1200 by 630 pixels.
    """
    theme = tokens.LIGHT
    strongest = max(prediction.probabilities, key=prediction.probabilities.__getitem__)
    is_open = verdict.kind == "open"
    colour = tokens.GREY if is_open else tokens.EMOTION_COLOURS[strongest]
    image, draw = blank_card(colour)
    paste_face(image, "open" if is_open else strongest, _FACE_PX, (MARGIN_PX, 96))
    _draw_headline(draw, verdict, theme)
    _draw_bars(draw, prediction, theme)
    _draw_wave(draw, samples, colour)
    draw.text((MARGIN_PX, 560), speaker, font=font(26, REGULAR), fill=theme.text)
    note = f"{tokens.NAME} A network's guess, not a feeling."
    draw.text((SIZE_PX[0] - MARGIN_PX, 560), note, font=font(26, REGULAR), fill=theme.quiet, anchor="ra")
    return png_of(image)


def _draw_headline(draw: ImageDraw.ImageDraw, verdict: Verdict, theme: tokens.Theme) -> None:
    lead, lines = _headline(verdict)
    draw.text((_TEXT_LEFT, 92), lead, font=font(34, REGULAR), fill=theme.quiet)
    widest_px = max(font(_HEADLINE_PX, BOLD).getlength(line) for line in lines)
    # Beside the bars, and above the waveform.
    room_px = _BAR_LEFT - _TEXT_LEFT - 32
    size_px = round(min(_HEADLINE_PX if len(lines) == 1 else 56, _HEADLINE_PX * room_px / widest_px))
    for number, line in enumerate(lines):
        draw.text((_TEXT_LEFT, 140 + number * size_px * 1.05), line, font=font(size_px, BOLD), fill=theme.text)


def _headline(verdict: Verdict) -> tuple[str, list[str]]:
    adjectives = [BY_LABEL[label].adjective for label in verdict.emotions]
    if verdict.kind == "sure":
        return "This voice sounds", adjectives[:1]
    if verdict.kind == "leaning":
        return "This voice sounds like", [*(f"{adjective} or" for adjective in adjectives[:-1]), adjectives[-1]]
    return "This voice is", ["hard to tell"]


def _draw_bars(draw: ImageDraw.ImageDraw, prediction: Prediction, theme: tokens.Theme) -> None:
    ranked = sorted(prediction.probabilities, key=prediction.probabilities.__getitem__, reverse=True)
    for number, label in enumerate(ranked[:_N_SHOWN]):
        share = prediction.probabilities[label]
        top = 100 + number * 74
        draw.text((_BAR_LEFT, top), label, font=font(28, REGULAR), fill=theme.text)
        track = (_BAR_LEFT, top + 38, _BAR_RIGHT, top + 56)
        draw.rounded_rectangle(track, radius=9, fill=theme.line)
        right = _BAR_LEFT + max(18, round(share * (_BAR_RIGHT - _BAR_LEFT)))
        draw.rounded_rectangle((*track[:2], right, track[3]), radius=9, fill=tokens.EMOTION_COLOURS[label])
        place = (SIZE_PX[0] - MARGIN_PX, top + 47)
        draw.text(place, percent(share), font=font(30, BOLD), fill=theme.text, anchor="rm")


def _draw_wave(draw: ImageDraw.ImageDraw, samples: npt.NDArray[np.float32], colour: str) -> None:
    heights = bar_heights(samples)
    step = (SIZE_PX[0] - 2 * MARGIN_PX) / len(heights)
    middle = (_WAVE_TOP + _WAVE_BOTTOM) / 2
    for number, height in enumerate(heights):
        half = max(2.0, height * (_WAVE_BOTTOM - _WAVE_TOP) / 2)
        left = round(MARGIN_PX + number * step)
        draw.rounded_rectangle((left, middle - half, left + 4, middle + half), radius=2, fill=colour)
