"""The form of the project's error messages."""

from __future__ import annotations

import ast
from collections.abc import Callable

import numpy as np
import pytest

from ser_core import Recognizer, extract_features, find_defects, from_samples
from ser_core.errors import AudioTypeError, SerError
from tests.harness.paths import ROOT

SOURCES = [file for folder in ("ser_core", "ui", "pages") for file in sorted((ROOT / folder).rglob("*.py"))]
# Names that keep their capital letter.
NAMES = ("CREMA-D", "README", "Whisper")


def parts_of_errors(name: str) -> list[str]:
    """Return every text that the code passes to a ``SerError`` under this keyword, with its computed parts empty."""
    texts = []
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            for keyword in node.keywords:
                if keyword.arg == name and isinstance(keyword.value, ast.Constant | ast.JoinedStr):
                    values = keyword.value.values if isinstance(keyword.value, ast.JoinedStr) else [keyword.value]
                    texts.append("".join(str(value.value) for value in values if isinstance(value, ast.Constant)))
    return texts


def test_a_message_has_three_parts() -> None:
    error = SerError("The file is empty", expected="a recording as WAV", advice="Record it again")
    assert str(error) == "The file is empty. Expected: a recording as WAV. Record it again."


def test_what_is_expected_is_a_noun_phrase_everywhere() -> None:
    texts = parts_of_errors("expected")
    assert len(texts) > 40
    assert [text for text in texts if text[:1].isupper() and not text.startswith(NAMES)] == []
    assert [text for text in texts if text.endswith(".") or " is expected" in text or " are expected" in text] == []


def test_advice_is_a_sentence_without_its_full_stop() -> None:
    texts = parts_of_errors("advice")
    assert len(texts) > 40
    assert [text for text in texts if not text[:1].isupper() or text.endswith(".")] == []


@pytest.mark.parametrize(
    "call",
    [
        lambda: Recognizer().predict(np.zeros(16_000)),
        lambda: extract_features(np.zeros(16_000)),
        lambda: find_defects(np.zeros(16_000), Recognizer().predict(from_samples(np.zeros(16_000), 16_000))),
        lambda: Recognizer().predict("clip.wav"),
    ],
    ids=["predict", "extract_features", "find_defects", "predict a path"],
)
def test_a_clip_that_is_not_an_audio_is_refused_with_advice(call: Callable[[], object]) -> None:
    with pytest.raises(AudioTypeError, match=r"load_audio\(path\).*from_samples") as caught:
        call()
    assert isinstance(caught.value, SerError)
    assert isinstance(caught.value, TypeError)
