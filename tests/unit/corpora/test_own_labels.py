"""Emotion and speaker of a recording, from its names or from a table."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ser_core.corpora.label_map import read_label_map
from ser_core.corpora.label_table import read_table
from ser_core.corpora.own_labels import FOLDER, FOLDERS, NAMES, START, LabelRow, Labels, check_rule
from ser_core.corpora.utterance import ParsedName, Skipped
from ser_core.emotions import LABELS, NEGATIONS, WITHOUT_COUNTERPART, WORDS, word_key
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
        ("Zorn/1.wav", "angry"),
        ("zdziwiona_2.wav", "surprise"),
        ("joyeuse/a.wav", "happy"),
        ("verängstigt.wav", "fear"),
        ("langweilig/1.wav", None),
        ("not_angry/1.wav", None),
        ("nicht wütend.wav", None),
        ("Bose/1.wav", None),
        ("content/1.wav", None),
    ],
)
def test_words_in_a_name_tell_the_emotion(path: str, emotion: str | None) -> None:
    assert Labels().of(PurePosixPath(path)).emotion == emotion


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("angry/joy_1.wav", "'angry' and 'joy', in its path or in the table, are for different emotions"),
        ("boredom/1.wav", "'boredom' is none of the eight emotions"),
        ("langweilig/1.wav", "'langweilig' is none of the eight emotions"),
        ("aburrida_1.wav", "'aburrida' is none of the eight emotions"),
        ("mépris/1.wav", "'mépris' is none of the eight emotions"),
        ("not_angry/1.wav", "'not angry' is none of the eight emotions"),
        ("angry/wut_1.wav", None),
        ("1.wav", None),
        ("angry/03-01-05-01-01-01-07.wav", None),
    ],
)
def test_words_that_tell_no_emotion_are_explained(path: str, words: str | None) -> None:
    note = Labels().of(PurePosixPath(path)).note
    assert (words in note) if words and note else words is note is None


def test_an_explanation_has_no_control_characters_of_a_table() -> None:
    table = read_table(b"path,emotion\n1.wav,\x1b[31mboredom\x1b[0m" + b"x" * 200)
    note = Labels(table=table).of(PurePosixPath("1.wav")).note
    assert note is not None
    assert note.isprintable()
    assert len(note) < 120


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
        (START, "angry_anna.wav", None),
        (START, "=anna.wav", None),
        ("(x?)", "anna.wav", None),
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


def emotion_of(labels: Labels, path: str) -> str | None:
    reading = labels.reading(PurePosixPath(path))
    return reading.utterance.emotion if isinstance(reading, ParsedName) else None


def test_the_table_of_audformat_has_its_labels() -> None:
    labels = Labels(NAMES, read_table(b"file,speaker,emotion\nwav/a.wav,1,anger\nwav/b.wav,2,boredom\nwav/a.wav,1,\n"))
    first = labels.reading(PurePosixPath("wav/a.wav"))
    assert isinstance(first, ParsedName)
    assert (first.utterance.emotion, first.utterance.speaker, first.utterance.corpus) == ("angry", "folder-1", "folder")
    second = labels.reading(PurePosixPath("wav/b.wav"))
    assert isinstance(second, Skipped)
    assert '"boredom"' in second.reason


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (Labels(label_map={"joy": None}), 'the label map leaves out its label "joy"'),
        (Labels(emotion_from=FOLDERS), "words in file names count with --emotion-from names"),
    ],
    ids=["label map", "folders"],
)
def test_a_reason_names_the_option_that_leaves_a_file_out(labels: Labels, reason: str) -> None:
    reading = labels.reading(PurePosixPath("joy_1.wav"))
    assert isinstance(reading, Skipped)
    assert reason in reading.reason


def test_rows_that_contradict_each_other_leave_a_file_out() -> None:
    labels = Labels(NAMES, read_table(b"file,emotion\na.wav,sad\na.wav,happy\n"))
    reading = labels.reading(PurePosixPath("a.wav"))
    assert isinstance(reading, Skipped)
    assert "different emotions" in reading.reason


def test_a_table_of_levels_is_refused() -> None:
    with pytest.raises(LabelError, match=r"levels .* Add a column emotion"):
        read_table(b"file,speaker,arousal\n1.wav,anna,0.4\n")


def test_a_label_map_comes_before_the_usual_words() -> None:
    label_map = read_label_map("# codes\nboredom=calm, Very Angry = angry\ncalm=-")
    labels = Labels(label_map=label_map)
    assert emotion_of(labels, "boredom/1.wav") == "calm"
    assert emotion_of(labels, "very angry/1.wav") == "angry"
    assert emotion_of(labels, "calm/1.wav") is None


@pytest.mark.parametrize("text", ["angry", "=angry", "A=furchtbar", "A="])
def test_a_label_map_without_an_emotion_is_refused(text: str) -> None:
    with pytest.raises(LabelError, match="label map"):
        read_label_map(text)


def test_a_pattern_gives_the_emotion_and_the_label_map_its_meaning() -> None:
    labels = Labels(emotion_from=r"_(?P<emotion>[A-Z])\.", label_map=read_label_map("A=angry,W=happy"))
    assert emotion_of(labels, "x/03a01Wa_A.wav") == "angry"
    assert emotion_of(labels, "x/2_W.wav") == "happy"
    assert emotion_of(labels, "happy/3.wav") is None


def test_the_folder_alone_gives_the_emotion() -> None:
    labels = Labels(emotion_from=FOLDER)
    assert emotion_of(labels, "set/anger/sad day.wav") == "angry"
    reading = labels.reading(PurePosixPath("set/aroused/1.wav"))
    assert isinstance(reading, Skipped)
    assert '"aroused"' in reading.reason


def test_each_word_has_one_meaning() -> None:
    words = [word for synonyms in WORDS.values() for word in synonyms.split()]
    words += [*LABELS, *WITHOUT_COUNTERPART, *NEGATIONS]
    assert len(words) == len(set(words))
    assert all(word == word_key(word) for word in words)


def test_negated_word_can_be_mapped() -> None:
    labels = Labels(NAMES, label_map=read_label_map("not angry=neutral"))
    assert labels.of(PurePosixPath("not_angry/1.wav")).emotion == "neutral"
    assert labels.of(PurePosixPath("clip_not_angry_1.wav")).emotion == "neutral"
