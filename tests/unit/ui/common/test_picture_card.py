"""An answer as a picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.thresholds import Calibration
from ser_core.inference.verdict import Verdict
from ui.common import tokens
from ui.common.card_canvas import SIZE_PX
from ui.common.picture_card import draw_card


@pytest.fixture(scope="module")
def samples() -> np.ndarray:
    return np.sin(np.arange(32_000) / 50).astype(np.float32)


def prediction(strongest: str) -> Prediction:
    shares = np.array([0.65 if label == strongest else 0.05 for label in LABELS])
    return Prediction.from_logits(np.log(shares), Calibration(1.0, 0.0, set_threshold=0.1))


def drawn(samples: np.ndarray, verdict: Verdict, strongest: str = "sad") -> Image.Image:
    content = draw_card(samples, prediction(strongest), verdict, speaker="Your recording")
    assert content.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("label", LABELS)
def test_the_card_has_the_size_of_a_links_preview_and_the_colour_of_the_emotion(
    samples: np.ndarray, label: str
) -> None:
    card = drawn(samples, Verdict("sure", (label,)), label)
    assert card.size == SIZE_PX == (1200, 630)
    assert "#{:02x}{:02x}{:02x}".format(*card.getpixel((600, 4))) == tokens.EMOTION_COLOURS[label]


def test_a_card_that_names_no_emotion_is_grey(samples: np.ndarray) -> None:
    card = drawn(samples, Verdict("open", LABELS, least_like="happy"))
    assert "#{:02x}{:02x}{:02x}".format(*card.getpixel((600, 4))) == tokens.GREY


@pytest.mark.parametrize("verdict", [Verdict("leaning", ("disgust", "surprise", "fear")), Verdict("open", LABELS)])
def test_the_headline_ends_before_the_bars(samples: np.ndarray, verdict: Verdict) -> None:
    card = drawn(samples, verdict).convert("L")
    # The column between the headline and the bars, above the waveform.
    assert set(card.crop((690, 80, 718, 360)).tobytes()) == {255}


def test_the_same_answer_gives_the_same_picture_without_anything_about_the_file(samples: np.ndarray) -> None:
    first, second = (drawn(samples, Verdict("sure", ("sad",))) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first.info == {}


def test_a_very_short_clip_has_a_card() -> None:
    assert drawn(np.ones(3, np.float32), Verdict("sure", ("sad",))).size == SIZE_PX
