"""The glossary's words on the pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from ser_core.features.cues import WORDS
from ser_core.features.unusual import COMPARED_CUES
from ser_core.lessons.lesson import terms_in
from tests.harness.paths import ROOT
from ui.common import lesson_store
from ui.common.panels import PANELS
from ui.common.term_tips import linked_name

# What the glossary need not explain.
PLAIN_NAMES = {"pauses"}


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts in the code of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_each_marked_word_is_in_the_glossary() -> None:
    paths = [path for folder in ("pages", "ui") for path in (ROOT / folder).rglob("*.py")]
    marked = {term for path in paths for text in texts_of(path) for term in terms_in(text)}
    assert len(marked) > 20
    assert marked - set(lesson_store.glossary()) == set()


def test_a_name_leads_to_its_meaning() -> None:
    assert linked_name("pitch") == "[pitch](#word-pitch)"
    assert linked_name("Level (RMS)") == "[Level (RMS)](#word-level)"
    assert linked_name("Mel spectrogram") == "[Mel spectrogram](#word-mel-spectrogram)"
    assert linked_name("something else") == "something else"


def test_every_panel_and_every_compared_cue_is_explained() -> None:
    names = [panel.title for panel in PANELS] + [WORDS[cue].name for cue in COMPARED_CUES]
    assert {name for name in names if linked_name(name) == name} == PLAIN_NAMES
