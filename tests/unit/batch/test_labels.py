"""Emotion and speaker of a recording, from its names or from a table."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ser_core.batch.labels import FOLDER, NAMES, START, LabelRow, Labels, check_rule, emotion_in_names, read_table
from ser_core.errors import LabelError


@pytest.mark.parametrize(
    ("path", "emotion"),
    [
        ("01_angry.wav", "angry"),
        ("female_angry.wav", "angry"),
        ("scared/1.wav", "fear"),
        ("x/fearful-2.wav", "fear"),
        ("anger 3.wav", "angry"),
        ("suprise.wav", "surprise"),
        ("OAF_ps.wav", "surprise"),
        ("pleasant surprise/1.wav", "surprise"),
        ("femaleHappy01.wav", "happy"),
        ("Wut/1.wav", "angry"),
        ("Überraschung.wav", "surprise"),
        ("miedo_01.wav", "fear"),
        ("colère/a.wav", "angry"),
        ("tristezza.wav", "sad"),
        ("złość_3.wav", "angry"),
        ("sad/unhappy_1.wav", "sad"),
        ("angry/happy_1.wav", None),
        ("boredom/1.wav", None),
        ("saddle.wav", None),
    ],
)
def test_words_in_a_name_tell_the_emotion(path: str, emotion: str | None) -> None:
    assert emotion_in_names(PurePosixPath(path)) == emotion


def test_a_corpus_name_counts_before_words() -> None:
    row = Labels(NAMES).of(PurePosixPath("happy/03-01-05-01-01-01-07.wav"))
    assert row == LabelRow("angry", "RAVDESS-07")


@pytest.mark.parametrize(
    ("rule", "path", "speaker"),
    [
        ("nobody", "03-01-05-01-01-01-07.wav", None),
        (NAMES, "anna/1.wav", None),
        (FOLDER, "anna/angry/1.wav", "anna"),
        (FOLDER, "1.wav", None),
        (START, "x/anna_01_angry.wav", "anna"),
        (START, "anna.wav", None),
        (r"spk(\d+)", "x/spk12_a.wav", "12"),
        (r"(?P<speaker>[a-z]+)-\d", "x/bo-1.wav", "bo"),
        (r"bo|anna", "x/anna1.wav", "anna"),
        (r"spk(\d+)", "1.wav", None),
    ],
)
def test_a_rule_tells_the_speaker(rule: str, path: str, speaker: str | None) -> None:
    check_rule(rule)
    assert Labels(rule).of(PurePosixPath(path)).speaker == speaker


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(LabelError, match="not a regular expression"):
        check_rule("(")


@pytest.mark.parametrize(
    "content",
    [
        b"path,emotion,speaker\na/1.wav,Joy,anna\n2.wav,,bo\n",
        b"\xef\xbb\xbfFile;Label;Actor\r\na\\1;joy;anna\r\n2;?;bo\r\n",
        b"speaker\tname\tclass\nanna\t1.wav\thappy\nbo\t2.wav\n",
    ],
    ids=["commas", "a spreadsheet's", "tabs"],
)
def test_a_table_tells_both(content: bytes) -> None:
    labels = Labels(NAMES, read_table(content))
    assert labels.of(PurePosixPath("set/a/1.wav")) == LabelRow("happy", "anna")
    assert labels.of(PurePosixPath("set/2.wav")) == LabelRow(None, "bo")
    for unnamed in ("set/3.wav", ".", "/", ".."):
        assert labels.of(PurePosixPath(unnamed)) == LabelRow(None, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"path,words\n1,2\n",
        b"path,verdict,emotion\n1,sure,sad\n",
        b"\x00" * 50,
        b'path,emotion\n"' + b"x" * 200_000,
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(LabelError):
        read_table(content)
