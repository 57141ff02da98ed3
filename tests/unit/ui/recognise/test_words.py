"""The words of the answer card."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.thresholds import Calibration
from ser_core.inference.verdict import Verdict
from ui.recognise.words import card_words, vote_words


def predict(**shares: float) -> Prediction:
    values = np.array([shares.get(label, 0.0) for label in LABELS])
    prediction = Prediction.from_logits(np.log(values + 1e-9), Calibration(1.0, 0.0, set_threshold=0.1))
    return replace(prediction, shares=values)


def text(verdict: Verdict, prediction: Prediction) -> str:
    return "".join(part for part, _ in card_words(verdict, prediction).headline)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict("sure", ("fear",)), "This voice sounds afraid"),
        (Verdict("leaning", ("fear", "angry")), "This voice sounds afraid or angry"),
        (Verdict("leaning", ("fear", "angry", "sad")), "This voice sounds afraid, angry or sad"),
        (Verdict("open", ("fear", "angry", "sad", "happy"), least_like="calm"), "Hard to tell"),
        (Verdict("not_judged", reason="silent"), "Not judged: the recording is silent"),
    ],
)
def test_the_headline_of_each_kind_of_verdict(verdict: Verdict, expected: str) -> None:
    assert text(verdict, predict(fear=0.5, angry=0.3, sad=0.2)) == expected


def test_the_named_emotions_are_marked_in_the_headline_and_in_the_bar() -> None:
    words = card_words(Verdict("leaning", ("fear", "angry")), predict(fear=0.5, angry=0.3, sad=0.2))
    assert [label for _, label in words.headline if label] == ["fear", "angry"]
    assert words.shares == (("fear", 0.5), ("angry", 0.3))
    assert words.sureness == "Not sure: 50% and 30%"


def test_an_open_verdict_says_what_the_voice_sounds_least_like() -> None:
    words = card_words(Verdict("open", ("fear", "angry", "sad", "happy"), least_like="calm"), predict(fear=0.5))
    assert words.named == ()
    assert words.sureness == "4 emotions are possible; it sounds least calm"


@pytest.mark.parametrize(("share", "expected"), [(0.95, "Very sure: 95%"), (0.62, "Quite sure: 62%")])
def test_sureness_in_words(share: float, expected: str) -> None:
    assert card_words(Verdict("sure", ("sad",)), predict(sad=share)).sureness == expected


def test_a_guess_about_a_bad_recording_is_not_called_sure() -> None:
    assert card_words(Verdict("sure", ("sad",)), predict(sad=0.95), is_guess=True).sureness == "Only a guess: 95%"


def test_a_recording_that_is_not_judged_names_no_emotion() -> None:
    words = card_words(Verdict("not_judged", reason="not_speech"), predict(sad=0.9))
    assert (words.named, words.shares, words.sureness) == ((), (), "")


@pytest.mark.parametrize(
    ("votes", "expected"),
    [({"angry": 2, "sad": 8}, "8 said sad and 2 angry"), ({"angry": 10, "sad": 0}, "10 said angry")],
)
def test_votes_in_words(votes: dict[str, int], expected: str) -> None:
    assert vote_words(votes) == expected
