"""The true emotion and the speaker of any recordings, from their names or from a table.

The order: the rows of a table; the rules of a known corpus; the words of ``ser_core.emotions.WORDS`` in the folders and
in the file's name. Words for two emotions say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath

from ser_core.corpora import on_request
from ser_core.corpora.label_table import TableRow, row_of
from ser_core.corpora.registry import read_corpus_name
from ser_core.corpora.utterance import LabelledName, NameReader, ParsedName, Skipped, Utterance
from ser_core.emotions import LABELS, NEGATIONS, WITHOUT_COUNTERPART, to_label, word_key
from ser_core.errors import LabelError

# The name of a user's own recordings in tables of corpora. They can hold any of the eight emotions.
CORPUS = "folder"
LABELS_OF = {CORPUS: LABELS}

# Where speaker or emotion are read from. Everything else that a rule may be is a regular expression.
NOBODY, NAMES, FOLDERS, FOLDER, START = "nobody", "names", "folders", "folder", "start"

_NO_WORD = "its name is not one of a known corpus, and no folder, name or table has a word for its emotion"
_NO_WORD_IN_FOLDERS = (
    "its name is not one of a known corpus, and no folder or table has a word for its emotion; words in file names "
    "count with --emotion-from names"
)
_NO_MATCH = "the pattern for the emotion finds nothing in its path"
_CONTRADICTION = "the words in its folders, its name or the table are for different emotions"
_ON_REQUEST = "a recording of {corpus}, which is trained on only on request (--corpus {corpus})"
_LEFT_OUT = 'the label map leaves out its label "{word}"'
_FOREIGN_LABEL = "the label map gives it the emotion {emotion}, which is none of the emotions of {corpus}"
_NO_COUNTERPART = 'its label "{word}" is none of the eight emotions (a label map can change that)'
_CONTRADICTION_NOTE = "No true emotion is used: {words}, in its path or in the table, are for different emotions."
_NO_COUNTERPART_NOTE = "No true emotion is used: {words} is none of the eight emotions."
# A cell of a table may hold a whole text.
_MAX_WORD = 40

# Words in a name: "female_angry", "01-angry", "OAF angry2", "femaleAngry".
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class LabelRow:
    """What is said about one file.

    Parameters
    ----------
    emotion : str or None
        One of ``LABELS``; None where unknown.
    speaker : str or None
        The speaker; None where unknown.
    words : tuple of str
        The words that the emotion was read from; empty where the rules of a corpus give one of ``LABELS`` at once.
    note : str or None
        Why the emotion is unknown although there are words for one, in one sentence.
    """

    emotion: str | None
    speaker: str | None
    words: tuple[str, ...] = field(default=(), compare=False)
    note: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Labels:
    """How labels are read.

    Parameters
    ----------
    speaker_from : str
        ``"nobody"``: no speaker. ``"names"``: from a table, or from the names of known corpora. ``"folder"``: the
        folder around the file, but not one that names an emotion. ``"start"``: the file's name up to the first ``_``,
        ``-``, point or space, but not a word for an emotion. Anything else is a regular expression that is searched in
        the path: its group ``speaker``, its first group, or the whole match.
    table : mapping of str to TableRow
        Rows by path, as ``read_table`` returns them.
    emotion_from : str
        ``"names"``: from the names of known corpora, or from words in the folders and in the file's name.
        ``"folders"``: the same without the words in the file's name. ``"folder"``: the folder around the file, with
        any name. Anything else is a regular expression, with the group ``emotion``.
    label_map : mapping of str to str or None
        As ``read_label_map`` returns it. It comes before the usual words.
    corpora : tuple of str
        Which of ``on_request.CORPORA`` may be rows of the joint table.
    name_readers : tuple of callable
        Readers of these corpora.
    """

    speaker_from: str = NOBODY
    table: Mapping[str, TableRow] = field(default_factory=dict)
    emotion_from: str = NAMES
    label_map: Mapping[str, str | None] = field(default_factory=dict)
    corpora: tuple[str, ...] = ()
    name_readers: tuple[NameReader, ...] = on_request.NAME_READERS

    def of(self, path: PurePosixPath) -> LabelRow:
        """Return the true emotion and the speaker of a file.

        Parameters
        ----------
        path : PurePosixPath
            Its path relative to the folder or the archive that was chosen.
        """
        if not path.name:
            # "." and "/" are no names of files.
            return LabelRow(None, None)
        official = self._official(path)
        utterance = official.utterance if isinstance(official, ParsedName) else None
        named = None if utterance else self._named(path)
        words = () if utterance else (named.word,) if named else self._words(path)
        emotions = {self._emotion(word) for word in words}
        emotion = utterance.emotion if utterance else next(iter(emotions)) if len(emotions) == 1 else None
        note = _note(words, emotions) if words and emotion is None else None
        return LabelRow(emotion, self._speaker(path, utterance or named), words, note)

    def reading(self, path: PurePosixPath) -> ParsedName | Skipped:
        """Return a file as a row of the joint table, or the reason why it is left out.

        Parameters
        ----------
        path : PurePosixPath
            Its path relative to the data folder.
        """
        official = self._official(path)
        if official is not None:
            return official
        named, row = self._named(path), self.of(path)
        if named and named.corpus not in self.corpora:
            return Skipped(str(path), _ON_REQUEST.format(corpus=named.corpus))
        if row.emotion is None:
            if not row.words:
                no_words = {NAMES: _NO_WORD, FOLDERS: _NO_WORD_IN_FOLDERS, FOLDER: _NO_WORD}
                return Skipped(str(path), no_words.get(self.emotion_from, _NO_MATCH))
            return Skipped(str(path), self._why_none(row.words))
        if named and row.emotion not in on_request.LABELS_OF[named.corpus]:
            return Skipped(str(path), _FOREIGN_LABEL.format(corpus=named.corpus, emotion=row.emotion))
        if named:
            utterance = Utterance(str(path), named.corpus, named.speaker, named.sex, row.emotion, named.sentence)
            return ParsedName(utterance, named.recording)
        speaker = f"{CORPUS}-{row.speaker}" if row.speaker else None
        utterance = Utterance(str(path), CORPUS, speaker, sex="unknown", emotion=row.emotion, sentence=None)
        # The file name alone does not identify the recording: folders can hold files with equal names, such as 1.wav.
        return ParsedName(utterance, str(path))

    def _official(self, path: PurePosixPath) -> ParsedName | Skipped | None:
        """Return what the name says by the rules of a known corpus, unless the user gives the emotion otherwise."""
        return None if self._is_given(path) else read_corpus_name(path)

    def _named(self, path: PurePosixPath) -> LabelledName | None:
        """Return the same for the corpora that are read on request."""
        if self._is_given(path):
            return None
        return next((named for read_name in self.name_readers if (named := read_name(path)) is not None), None)

    def _is_given(self, path: PurePosixPath) -> bool:
        return self.emotion_from not in (NAMES, FOLDERS) or bool(row_of(self.table, path).words)

    def _words(self, path: PurePosixPath) -> tuple[str, ...]:
        """Return the words that may name the emotion."""
        if words := row_of(self.table, path).words:
            return words
        if self.emotion_from in (NAMES, FOLDERS):
            parts = (*path.parts[:-1], path.stem) if self.emotion_from == NAMES else path.parts[:-1]
            return tuple(word for part in parts for word in self._words_in(part))
        if self.emotion_from == FOLDER:
            folder = path.parent.name
            return self._words_in(folder) or ((folder,) if folder else ())
        word = _matched(self.emotion_from, "emotion", path)
        return (word,) if word else ()

    def _words_in(self, text: str) -> tuple[str, ...]:
        if self._is_word(text):
            return (text,)
        words = _WORD.findall(_CAMEL.sub(" ", text))
        return tuple(
            f"{before} {word}" if word_key(before) in NEGATIONS else word
            for before, word in pairwise(("", *words))
            if self._is_word(word)
        )

    def _is_word(self, text: str) -> bool:
        key = word_key(text)
        return key in self.label_map or key in WITHOUT_COUNTERPART or to_label(text) is not None

    def _emotion(self, word: str) -> str | None:
        key = word_key(word)
        return self.label_map[key] if key in self.label_map else to_label(word)

    def _why_none(self, words: tuple[str, ...]) -> str:
        if len({self._emotion(word) for word in words}) > 1:
            return _CONTRADICTION
        reason = _LEFT_OUT if word_key(words[0]) in self.label_map else _NO_COUNTERPART
        return reason.format(word=words[0])

    def _speaker(self, path: PurePosixPath, official: Utterance | LabelledName | None) -> str | None:
        if self.speaker_from == NOBODY:
            return None
        if speaker := row_of(self.table, path).speaker:
            return speaker
        if self.speaker_from == NAMES:
            return official.speaker if official else None
        if self.speaker_from == FOLDER:
            folders = [part for part in path.parts[:-1] if part not in ("/", ".", "..") and not self._words_in(part)]
            return folders[-1] if folders else None
        if self.speaker_from == START:
            start = re.split(r"[\W_]", path.stem, maxsplit=1)[0]
            return start if start not in ("", path.stem) and not self._words_in(start) else None
        return _matched(self.speaker_from, "speaker", path) or None


def check_rule(rule: str) -> None:
    """Refuse a pattern that is not a regular expression.

    Raises
    ------
    LabelError
        Its message names the place of the fault.
    """
    try:
        re.compile(rule)
    except re.error as error:
        raise LabelError(
            f"The pattern for speaker or emotion is not a regular expression: {error}",
            expected="one of the words in the command's --help, a CSV file for the speaker, or a regular expression",
            advice=r"Try for example the pattern ^([^_]+)_, which takes what is before the first _",
        ) from None


def _matched(pattern: str, group: str, path: PurePosixPath) -> str | None:
    match = re.search(pattern, str(path))
    if match is None:
        return None
    groups = match.groupdict()
    return groups[group] if group in groups else match.group(1 if match.re.groups else 0)


def _note(words: tuple[str, ...], emotions: set[str | None]) -> str:
    # ``repr`` writes quotation marks, and control characters in a form that can be printed.
    shown = list(dict.fromkeys(repr(word[:_MAX_WORD]) for word in words))
    if len(emotions) > 1:
        return _CONTRADICTION_NOTE.format(words=" and ".join(shown))
    return _NO_COUNTERPART_NOTE.format(words=" or ".join(shown))
