"""The list of the Kaggle set: its 12,162 clips by their official names, whether or not the recordings are available.

CREMA-D's clips come from its own tables. RAVDESS and SAVEE number their files by rule. TESS has every word in every
emotion: its words are read from the names of the available files, and the rest follows by rule.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA, crema_d, ravdess, savee, scan, tess
from ser_core.corpora.utterance import ParsedName, Reading, Skipped
from ser_core.errors import CorpusError

N_CLIPS = 12_162

CREMA_D_TABLES = ("audio_wav_sha256.tsv", "VideoDemographics.csv", "tabulatedVotes.csv")

_N_TESS_WORDS = 200
_TESS_AGE_YEARS = {"TESS-OAF": 64, "TESS-YAF": 26}

# CREMA-D's WAV files are 16 kHz, 16 bit, mono, with a header of 44 bytes: the file size gives the duration.
_WAV_HEADER_BYTES, _WAV_BYTES_PER_S = 44, 32_000

# These parse the name of an unusable recording too.
_PARSE_NAME: dict[str, Callable[[PurePosixPath], Reading]] = {
    crema_d.CORPUS: crema_d.parse_name,
    ravdess.SPEECH: ravdess.parse_name,
    savee.CORPUS: savee.read_name,
    tess.CORPUS: tess.read_name,
}
# These return why a recording is unusable.
_READ_NAME: dict[str, Callable[[PurePosixPath], Reading]] = {
    **_PARSE_NAME,
    crema_d.CORPUS: crema_d.read_name,
    ravdess.SPEECH: ravdess.read_name,
}


def official_name(corpus: str, path: str) -> str | None:
    """Return the corpus' own name of a recording. It does not depend on the file's folder, format or misspelling.

    Parameters
    ----------
    corpus : str
        One of ``KAGGLE_CORPORA``.
    path : str
        The file's name, with or without its folders and extension.

    Returns
    -------
    str or None
        None where the name does not follow the corpus' rules.
    """
    parsed = _PARSE_NAME[corpus](PurePosixPath(path))
    return parsed.recording if isinstance(parsed, ParsedName) else None


def available_recordings(data_dir: Path) -> pd.DataFrame:
    """Find the recordings of the Kaggle set in a data folder.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.

    Returns
    -------
    pandas.DataFrame
        The rows of ``Inventory.table`` that belong to the Kaggle set, with their official names in ``clip``.

    Raises
    ------
    CorpusError
        If the folder holds no recordings that can be used.
    """
    table = scan(data_dir, compare_sound=False).table
    table = table[table["corpus"].isin(KAGGLE_CORPORA)].reset_index(drop=True)
    table["clip"] = [official_name(corpus, path) for corpus, path in zip(table["corpus"], table["path"], strict=True)]
    return table


def list_clips(crema_d_dir: Path, tess_words: Iterable[str]) -> pd.DataFrame:
    """List the Kaggle set from the corpora's metadata. No recording is read.

    Parameters
    ----------
    crema_d_dir : Path
        Folder with CREMA-D's official tables, ``CREMA_D_TABLES``.
    tess_words : iterable of str
        The 200 words of TESS.

    Returns
    -------
    pandas.DataFrame
        ``N_CLIPS`` rows, sorted by corpus and clip, with the columns ``clip`` (the official name), ``corpus``,
        ``emotion``, ``sex``, ``speaker``, ``age_years`` (NaN where the corpus does not publish it), ``sentence``,
        ``intensity``, ``duration_s`` (NaN except for CREMA-D) and ``defect`` (why a recording cannot be used; empty
        for nearly all).

    Raises
    ------
    CorpusError
        If CREMA-D's tables are missing, or ``tess_words`` are not the 200 words of TESS.
    """
    try:
        age_years = {**_crema_d_ages(crema_d_dir), **_TESS_AGE_YEARS}
        size_bytes = _crema_d_sizes(crema_d_dir)
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(
            "CREMA-D's official tables are missing or damaged",
            expected=f"a folder CREMA-D with {', '.join(CREMA_D_TABLES)} in the data folder",
            advice="Take the tables from CREMA-D's public repository",
        ) from error
    words = sorted(set(tess_words))
    if len(words) != _N_TESS_WORDS:
        raise CorpusError(
            f"The data folder has {len(words)} of TESS's words",
            expected=f"at least one file for each of the {_N_TESS_WORDS} words of TESS in the data folder",
            advice="Add the missing files of TESS to the data folder",
        )
    names_of_corpus: dict[str, Iterable[str]] = {
        crema_d.CORPUS: size_bytes,
        ravdess.SPEECH: _ravdess_names(),
        savee.CORPUS: _savee_names(),
        tess.CORPUS: _tess_names(words),
    }
    rows = [
        {
            "clip": parsed.recording,
            "corpus": corpus,
            "emotion": parsed.utterance.emotion,
            "sex": parsed.utterance.sex,
            "speaker": parsed.utterance.speaker,
            "age_years": age_years.get(parsed.utterance.speaker or ""),
            "sentence": parsed.utterance.sentence,
            "intensity": parsed.utterance.intensity,
            "duration_s": _wav_duration_s(size_bytes.get(name)),
            "defect": _defect(_READ_NAME[corpus](PurePosixPath(name))),
        }
        for corpus, names in names_of_corpus.items()
        for name in names
        if isinstance(parsed := _PARSE_NAME[corpus](PurePosixPath(name)), ParsedName)
    ]
    table = pd.DataFrame(rows).astype({"age_years": "float64", "duration_s": "float64"})
    return table.sort_values(["corpus", "clip"], ignore_index=True)


def _ravdess_names() -> Iterator[str]:
    emotions = [f"{number:02d}" for number in range(1, 9)]
    for actor, emotion, intensity, statement, repetition in product(range(1, 25), emotions, (1, 2), (1, 2), (1, 2)):
        # There is no strong neutral.
        if not (emotion == "01" and intensity == 2):
            yield f"03-01-{emotion}-{intensity:02d}-{statement:02d}-{repetition:02d}-{actor:02d}"


def _savee_names() -> Iterator[str]:
    n_sentences_of_emotion = {"a": 15, "d": 15, "f": 15, "h": 15, "n": 30, "sa": 15, "su": 15}
    for speaker, (emotion, n_sentences) in product(("DC", "JE", "JK", "KL"), n_sentences_of_emotion.items()):
        yield from (f"{speaker}_{emotion}{number:02d}" for number in range(1, n_sentences + 1))


def _tess_names(words: Iterable[str]) -> Iterator[str]:
    emotions = ("angry", "disgust", "fear", "happy", "neutral", "ps", "sad")
    yield from ("_".join(parts) for parts in product(("OAF", "YAF"), words, emotions))


def _crema_d_sizes(folder: Path) -> dict[str, int]:
    with (folder / "audio_wav_sha256.tsv").open(newline="", encoding="utf-8") as file:
        return {PurePosixPath(row["path"]).stem: int(row["bytes"]) for row in csv.DictReader(file, delimiter="\t")}


def _crema_d_ages(folder: Path) -> dict[str, int]:
    with (folder / "VideoDemographics.csv").open(newline="", encoding="utf-8") as file:
        return {f"{crema_d.CORPUS}-{row['ActorID']}": int(row["Age"]) for row in csv.DictReader(file)}


def _wav_duration_s(size_bytes: int | None) -> float | None:
    return None if size_bytes is None else (size_bytes - _WAV_HEADER_BYTES) / _WAV_BYTES_PER_S


def _defect(reading: Reading) -> str:
    return reading.reason if isinstance(reading, Skipped) else ""
