"""Stretches of a timeline, and the sentence about them."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Timeline
from ser_core.inference.story import Stretch, find_stretches, tell_story


def timeline(*emotions: str) -> Timeline:
    """Return a timeline with a window of three seconds each second; "" is unclear, "pause" a pause."""
    shares = np.full((len(emotions), len(LABELS)), 0.5 / (len(LABELS) - 1))
    for row, emotion in zip(shares, emotions, strict=True):
        if emotion == "pause":
            row[:] = np.nan
        elif emotion:
            row[LABELS.index(emotion)] = 0.5
        else:
            row[:] = 1 / len(LABELS)
    start_s = np.arange(len(emotions), dtype=float)
    return Timeline(start_s, start_s + 3.0, shares)


def test_windows_with_the_same_emotion_are_one_stretch() -> None:
    stretches = find_stretches(timeline("sad", "sad", "angry", "sad"), 6.0)
    assert [(stretch.start_s, stretch.end_s, stretch.emotion) for stretch in stretches] == [
        (0.0, 3.0, "sad"),
        (3.0, 4.0, "angry"),
        (4.0, 6.0, "sad"),
    ]
    assert stretches[0].probability == pytest.approx(0.5)


def test_pauses_are_left_out_and_unclear_moments_have_no_emotion() -> None:
    stretches = find_stretches(timeline("sad", "pause", ""), 5.0)
    assert [stretch.emotion for stretch in stretches] == ["sad", None]
    assert stretches[0].end_s < stretches[1].start_s


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], ""),
        ([(0, 9, None)], ""),
        ([(0, 9, "neutral")], "Neutral from start to end"),
        ([(0, 4, "sad"), (4, 5, None), (5, 9, "sad")], "Sad from start to end"),
        (
            [(0, 3, None), (3, 5, "neutral"), (5, 8, None), (8, 11, "neutral")],
            "Neutral at 0:03-0:05, 0:08-0:11; the rest is hard to tell",
        ),
        (
            [(0, 5, "neutral"), (5, 7, "angry"), (7, 10, None)],
            "Mostly neutral; angry at 0:05-0:07; some parts are hard to tell",
        ),
        (
            [(0, 3, "neutral"), (3, 5, "angry"), (5, 12, None)],
            "Neutral, then angry from 0:03; some parts are hard to tell",
        ),
        (
            [(0, 5, "neutral"), (5, 8, "angry"), (8, 61, "neutral"), (61, 65, "fear")],
            "Mostly neutral; angry at 0:05-0:08; afraid at 1:01-1:05",
        ),
        (
            [(0, 4, "sad"), (3.6, 4.4, "calm"), (5, 9, "sad")],
            "Mostly sad; calm at 0:04",
        ),
        ([(0, 3, "happy"), (3, 6, "sad"), (6, 9, "fear")], "Happy, then sad from 0:03, then afraid from 0:06"),
        (
            [(number, number + 1, LABELS[number % len(LABELS)]) for number in range(6)],
            "Angry, then calm from 0:01, then disgusted from 0:02, then afraid from 0:03, and 2 more changes",
        ),
    ],
)
def test_the_story(stretches: list[tuple[float, float, str | None]], expected: str) -> None:
    assert tell_story([Stretch(start_s, end_s, emotion, 0.5) for start_s, end_s, emotion in stretches]) == expected
