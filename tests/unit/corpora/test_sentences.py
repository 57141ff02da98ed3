"""The sentences behind the codes of the corpora."""

from __future__ import annotations

import pytest

from ser_core.corpora.sentences import sentence_text


@pytest.mark.parametrize(
    ("corpus", "code", "text"),
    [
        ("CREMA-D", "IEO", "It's eleven o'clock"),
        ("RAVDESS", "02", "Dogs are sitting by the door"),
        ("RAVDESS song", "01", "Kids are talking by the door"),
        ("TESS", "back", "Say the word back"),
        ("SAVEE", "a01", "sentence a01"),
    ],
)
def test_a_code_is_replaced_by_its_sentence_if_that_is_known(corpus: str, code: str, text: str) -> None:
    assert sentence_text(corpus, code) == text
