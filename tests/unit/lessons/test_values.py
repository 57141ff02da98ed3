"""Measured values in the text of lessons."""

from __future__ import annotations

import json

import pytest

from ser_core.errors import LessonError
from ser_core.features.cue_percentiles import Reference
from ser_core.lessons.values import Values
from ser_core.network_figures import ORIGINAL_CLAIM
from tests.harness.paths import ROOT

FIGURES = json.loads((ROOT / "models" / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def values() -> Values:
    return Values(FIGURES, Reference())


def test_every_form_gives_a_value(values: Values) -> None:
    for example in values.examples:
        filled = values.fill(f"It is {{{{{example}}}}}.", "1-a.md")
        assert "{{" not in filled
        assert "unknown" not in filled
        assert any(character.isdigit() for character in filled), filled


def test_values_are_those_of_the_sounds_and_the_committed_figures(values: Values) -> None:
    text = "{{pitch_hz of tone/220}} {{change of pitch_hz from tone/220 to tone/440}} {{number of samples of tone/220}}"
    assert values.fill(text, "1-a.md") == "220 Hz 220 Hz higher 16,000"
    corpora = FIGURES["seed_cnn"]["random_split"]["corpora"]
    assert values.fill("{{random split score of seed_cnn on TESS}}", "1-a.md") == f"{corpora['TESS']['uar']:.0%}"
    assert values.fill("{{ original claim }}", "1-a.md") == f"{ORIGINAL_CLAIM:.0%}"
    assert values.fill("{{guessing on TESS}}", "1-a.md") == "14%"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("colour of tone/220", "is not known"),
        ("pitch_hz of tune/220", "cannot be had"),
        ("random split score of nobody on TESS", "cannot be had"),
        ("median pitch_hz of bored in RAVDESS", "cannot be had"),
        ("MFCC 99 of tone/220", "cannot be had"),
        ("guessing on Mars", "cannot be had"),
        ("number of clips of Mars", "cannot be had"),
    ],
)
def test_an_unknown_value_is_named_with_its_line(values: Values, name: str, says: str) -> None:
    with pytest.raises(LessonError, match=f'1-a.md, line 2: the value "{name}" {says}'):
        values.fill(f"Text\n{{{{{name}}}}}", "1-a.md")
