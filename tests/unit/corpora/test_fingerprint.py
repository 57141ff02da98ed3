"""The fingerprint of a data set changes with its recordings and labels only."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ser_core.corpora import scan
from ser_core.corpora.fingerprint import fingerprint
from ser_core.errors import CorpusError
from tests.unit.corpora.examples import Plant

FILES = ("Crema/1001_DFA_ANG_XX.wav", "Tess/OAF_back_angry.wav", "happy/1.wav")


def test_the_fingerprint_of_a_known_folder(plant: Plant) -> None:
    for number, path in enumerate(FILES):
        root = plant(path, text=f"1234{number}")
    # sha256 over corpus, stem, emotion and size of each row in turn, every field closed by a zero byte.
    assert fingerprint(scan(root).table, root) == "761d367640d774fef481a52c5d438365c376fc2cd0c1a3051874aad8265418d4"


def test_place_nesting_and_order_do_not_change_it(plant: Plant, tmp_path: Path) -> None:
    root = plant(*FILES)
    table = scan(root).table
    expected = fingerprint(table, root)
    assert fingerprint(table.iloc[::-1], str(root)) == expected
    moved = root.rename(tmp_path / "moved")
    (moved / "Crema").rename(moved / "CREMA-D")
    assert fingerprint(scan(moved).table, moved) == expected


def test_size_emotion_name_and_number_of_clips_change_it(plant: Plant) -> None:
    root = plant(*FILES)
    table = scan(root).table
    relabelled = table.assign(emotion=table["emotion"].replace("happy", "sad"))
    fingerprints = {fingerprint(table, root), fingerprint(table.iloc[1:], root), fingerprint(relabelled, root)}
    (root / "happy" / "1.wav").write_text("longer")
    fingerprints.add(fingerprint(table, root))
    (root / "happy" / "1.wav").rename(root / "happy" / "2.wav")
    fingerprints.add(fingerprint(scan(root).table, root))
    assert len(fingerprints) == 5


def test_a_missing_recording_is_an_error(plant: Plant) -> None:
    root = plant(*FILES)
    table = scan(root).table
    (root / FILES[0]).unlink()
    with pytest.raises(CorpusError, match="cannot be found"):
        fingerprint(table, root)


def test_a_table_without_rows_has_a_fingerprint(tmp_path: Path) -> None:
    empty = pd.DataFrame({"corpus": [], "path": [], "emotion": []})
    assert len(fingerprint(empty, tmp_path)) == 64
