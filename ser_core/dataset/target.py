"""The target set: 12,162 clips by their official names, whichever of them are at hand.

CREMA-D's come from its own tables. RAVDESS and SAVEE number their files by rule. TESS says every word in every
emotion, so its words, found in the names of the files at hand, give the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA, crema_d, ravdess, savee, scan, tess
from ser_core.corpora.utterance import ParsedName, Reading, Skipped
from ser_core.errors import CorpusError

N_CLIPS = 12_162

CREMA_D_TABLES = ("audio_wav_sha256.tsv", "VideoDemographics.csv", "tabulatedVotes.csv")

_TESS_WORDS = 200
_TESS_AGE_YEARS = {"TESS-OAF": 64, "TESS-YAF": 26}

# CREMA-D's WAVs are 16 kHz, 16 bit, mono behind a header of 44 bytes, so their size tells their duration.
_WAV_HEADER_BYTES, _WAV_BYTES_PER_S = 44, 32_000

_DESCRIBE = {
    crema_d.CORPUS: crema_d.parse_name,
    ravdess.SPEECH: ravdess.parse_name,
    savee.CORPUS: savee.read_name,
    tess.CORPUS: tess.read_name,
}
_READ = {**_DESCRIBE, crema_d.CORPUS: crema_d.read_name, ravdess.SPEECH: ravdess.read_name}


def official_name(corpus: str, path: str) -> str | None:
    """Return what a corpus calls a recording, whatever the file's folder, format or misspelling.

    Parameters
    ----------
    corpus : str
        One of the target set's four.
    path : str
        The file's name, with or without its folders and extension.

    Returns
    -------
    str or None
        None where the name is not one of the corpus's.
    """
    described = _DESCRIBE[corpus](PurePosixPath(path))
    return described.recording if isinstance(described, ParsedName) else None


def at_hand(data_dir: Path) -> pd.DataFrame:
    """Find the recordings of the target set in a data folder.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.

    Returns
    -------
    pandas.DataFrame
        The rows of the corpus table that belong to the target set, and ``clip``, their official names.

    Raises
    ------
    CorpusError
        If the folder holds no recordings that we know.
    """
    table = scan(data_dir).table
    table = table[table["corpus"].isin(KAGGLE_CORPORA)].reset_index(drop=True)
    table["clip"] = [official_name(corpus, path) for corpus, path in zip(table["corpus"], table["path"], strict=True)]
    return table


def target_set(crema_d_dir: Path, tess_words: Iterable[str]) -> pd.DataFrame:
    """List the target set from the corpora's metadata alone.

    Parameters
    ----------
    crema_d_dir : Path
        Holds CREMA-D's official tables, ``CREMA_D_TABLES``.
    tess_words : iterable of str
        The 200 words of TESS.

    Returns
    -------
    pandas.DataFrame
        ``N_CLIPS`` rows by corpus and clip: ``clip`` (the official name), ``corpus``, ``emotion``, ``sex``,
        ``speaker``, ``age_years`` (NaN where the corpus does not publish it), ``sentence``, ``intensity``,
        ``duration_s`` (NaN but for CREMA-D) and ``defect`` (why a recording cannot be used; empty for nearly all).

    Raises
    ------
    CorpusError
        If CREMA-D's tables are missing or the words are not TESS's 200.
    """
    try:
        age_years = {**_crema_d_ages(crema_d_dir), **_TESS_AGE_YEARS}
        size_bytes = _crema_d_sizes(crema_d_dir)
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(
            "CREMA-D's official tables are missing or damaged",
            expected=f"A folder CREMA-D with {', '.join(CREMA_D_TABLES)} is expected in the data folder",
            advice="Take the tables from CREMA-D's public repository",
        ) from error
    words = sorted(set(tess_words))
    if len(words) != _TESS_WORDS:
        raise CorpusError(
            f"The data folder has {len(words)} of TESS's words",
            expected=f"TESS says {_TESS_WORDS} words, each at least once among the files at hand",
            advice="Add the missing files of TESS to the data folder",
        )
    rows = [
        {
            "clip": described.recording,
            "corpus": corpus,
            "emotion": described.utterance.emotion,
            "sex": described.utterance.sex,
            "speaker": described.utterance.speaker,
            "age_years": age_years.get(described.utterance.speaker),
            "sentence": described.utterance.sentence,
            "intensity": described.utterance.intensity,
            "duration_s": _duration_s(size_bytes.get(name)),
            "defect": _defect(_READ[corpus](PurePosixPath(name))),
        }
        for corpus, names in _names(size_bytes, words).items()
        for name in names
        if isinstance(described := _DESCRIBE[corpus](PurePosixPath(name)), ParsedName)
    ]
    table = pd.DataFrame(rows).astype({"age_years": "float64", "duration_s": "float64"})
    return table.sort_values(["corpus", "clip"], ignore_index=True)


def _names(crema_d_names: Iterable[str], tess_words: Iterable[str]) -> dict[str, Iterable[str]]:
    return {
        crema_d.CORPUS: crema_d_names,
        ravdess.SPEECH: _ravdess_names(),
        savee.CORPUS: _savee_names(),
        tess.CORPUS: _tess_names(tess_words),
    }


def _ravdess_names() -> Iterator[str]:
    emotions = [f"{number:02d}" for number in range(1, 9)]
    for actor, emotion, intensity, statement, repetition in product(range(1, 25), emotions, (1, 2), (1, 2), (1, 2)):
        # Neutral is never strong.
        if not (emotion == "01" and intensity == 2):
            yield f"03-01-{emotion}-{intensity:02d}-{statement:02d}-{repetition:02d}-{actor:02d}"


def _savee_names() -> Iterator[str]:
    for speaker, (code, n_sentences) in product(
        ("DC", "JE", "JK", "KL"), {"a": 15, "d": 15, "f": 15, "h": 15, "n": 30, "sa": 15, "su": 15}.items()
    ):
        yield from (f"{speaker}_{code}{number:02d}" for number in range(1, n_sentences + 1))


def _tess_names(words: Iterable[str]) -> Iterator[str]:
    emotions = ("angry", "disgust", "fear", "happy", "neutral", "ps", "sad")
    yield from ("_".join(parts) for parts in product(("OAF", "YAF"), words, emotions))


def _crema_d_sizes(folder: Path) -> dict[str, int]:
    with (folder / "audio_wav_sha256.tsv").open(newline="", encoding="utf-8") as file:
        return {PurePosixPath(row["path"]).stem: int(row["bytes"]) for row in csv.DictReader(file, delimiter="\t")}


def _crema_d_ages(folder: Path) -> dict[str, int]:
    with (folder / "VideoDemographics.csv").open(newline="", encoding="utf-8") as file:
        return {f"{crema_d.CORPUS}-{row['ActorID']}": int(row["Age"]) for row in csv.DictReader(file)}


def _duration_s(size_bytes: int | None) -> float | None:
    return None if size_bytes is None else (size_bytes - _WAV_HEADER_BYTES) / _WAV_BYTES_PER_S


def _defect(reading: Reading) -> str:
    return reading.reason if isinstance(reading, Skipped) else ""
