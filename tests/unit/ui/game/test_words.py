"""The sentences of the game about a clip's cues."""

from __future__ import annotations

import re

import pytest

from ser_core.emotions import LABELS
from ser_core.game.hints import Hint
from ser_core.lessons.lesson import without_marks
from ui.game.figures import choose_panels, marked_cues
from ui.game.words import describe_hints

DULL = Hint("brightness_hz", 349.0, (432.0, 773.0), 5.0, is_typical=False)
NARROW = Hint("pitch_range_st", 0.7, (2.4, 6.3), 5.0, is_typical=True)


@pytest.mark.parametrize("emotion", LABELS)
@pytest.mark.parametrize("hints", [(), (DULL,), (DULL, NARROW)])
def test_after_a_full_stop_a_sentence_begins_with_a_capital(emotion: str, hints: tuple[Hint, ...]) -> None:
    text = without_marks(describe_hints(hints, emotion, "male"))
    assert not re.search(r"[.] +[a-z]", text)


def test_the_note_names_only_the_cues_that_are_drawn() -> None:
    assert marked_cues(choose_panels((DULL,))) == ["brightness", "pitch"]
    assert marked_cues(["mel", "rms"]) == ["brightness"]
