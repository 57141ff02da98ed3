"""The words of the glossary on the pages: links, and their meanings on the same page."""

from __future__ import annotations

import json
import re

import pytest

from tests.app.visiting import OpenApp, set_widget, visible_text
from ui.common import lesson_store

SAMPLE = {"sample": "computer/sad_male"}


@pytest.mark.parametrize(
    ("page", "terms"),
    [
        ("pages/recognise.py", ["waveform", "mel-spectrogram", "mfcc", "network"]),
        ("pages/explore.py", ["wave", "pitch", "harmonic", "mfcc", "decibel"]),
        ("pages/why.py", ["network", "mel-spectrogram", "pitch", "intonation", "brightness"]),
        ("pages/model.py", ["uar", "training", "corpus", "random-split", "leakage"]),
        ("pages/train.py", ["average", "network", "score"]),
        ("pages/dataset.py", ["corpus", "mel-spectrogram", "brightness", "mfcc", "pitch"]),
        ("pages/compare.py", ["corpus", "pitch", "intonation", "speech-rate", "voiced-share"]),
        ("pages/voice_lab.py", ["pitch", "intonation", "brightness", "network", "cue"]),
        ("pages/live.py", ["frequency", "network"]),
        ("pages/about.py", ["pitch", "network"]),
    ],
)
def test_a_page_explains_its_words(open_app: OpenApp, page: str, terms: list[str]) -> None:
    app = open_app(page, SAMPLE)
    assert not app.exception
    text = "\n".join(
        [visible_text(app), *(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())]
    )
    linked = set(re.findall(r"\]\((#word-[^)]*)\)", text))
    assert {f"#word-{term}" for term in terms} <= linked
    assert "[[" not in text
    (tips,) = [component for component in app.get("bidi_component") if component.key == "term_tips"]
    meanings = json.loads(tips.proto.mixed.json or tips.proto.json)["meanings"]
    assert linked <= set(meanings)
    assert meanings["#word-pitch"] == lesson_store.glossary()["pitch"]


def test_the_sections_of_the_model_page_explain_their_words(open_app: OpenApp) -> None:
    app = open_app("pages/model.py")
    terms = {
        "Mix-ups": ["confusion-matrix"],
        "How sure": ["corpus", "training", "voice-profile", "uar", "probability", "calibration-error", "roc-curve"],
        "For whom": ["uar", "network", "corpus", "training"],
        "Learning": [],
        "Inside": [],
    }
    for section, linked in terms.items():
        set_widget(app, "model_section", section)
        assert not app.exception
        text = visible_text(app)
        assert [term for term in linked if f"](#word-{term})" not in text] == [], section
        assert "[[" not in text
