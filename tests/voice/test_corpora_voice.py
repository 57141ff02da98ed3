"""The scan of the real corpora agrees with their own tables and known defects."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora import LABELS_OF, Inventory, Skipped, scan

pytestmark = pytest.mark.voice

KNOWN_WRONG = re.compile(
    r"1006_TIE_(HAP|NEU)_XX|1013_WSI_(DIS|SAD)_XX|1017_IWW_(ANG|FEA)_XX|1064_IEO_DIS_MD|1076_MTI_SAD_XX"
    r"|03-01-03-01-02-02-07|\d\d[ab]\d\dL[a-z]?"
)


@pytest.fixture(scope="module")
def inventory(corpora_dir: Path) -> Inventory:
    return scan(corpora_dir)


def or_skip(path: Path) -> Path:
    if not path.is_file():
        pytest.skip(f"no {path.name} here")
    return path


def sound_files(folder: Path) -> set[str]:
    recordings = (path for path in folder.rglob("*") if path.suffix in {".wav", ".flac", ".opus"})
    return {path.relative_to(folder).as_posix() for path in recordings}


def skipped_recordings(inventory: Inventory) -> list[Skipped]:
    return [skip for skip in inventory.skipped if "the ending of the file name" not in skip.reason]


def test_every_recording_is_in_the_table_or_reported(inventory: Inventory, corpora_dir: Path) -> None:
    table = inventory.table["path"].tolist()
    reported = [skip.path for skip in skipped_recordings(inventory)]
    assert len(table) + len(reported) == len(set(table + reported))
    assert set(table + reported) == sound_files(corpora_dir)


def test_every_recording_of_the_corpora_follows_a_rule(inventory: Inventory) -> None:
    assert "folder" not in set(inventory.table["corpus"])
    assert not [skip for skip in inventory.skipped if "not one of a known corpus" in skip.reason]


def test_labels_and_sexes_are_those_of_the_corpora(inventory: Inventory) -> None:
    table = inventory.table
    for corpus, rows in table.groupby("corpus"):
        assert set(rows["emotion"]) == set(LABELS_OF[corpus])
    assert (table.groupby("speaker")["sex"].nunique() == 1).all()
    assert not table.isna().any().any()


def test_only_recordings_with_known_defects_are_left_out(inventory: Inventory, corpora_dir: Path) -> None:
    copies = {skip.path for skip in inventory.skipped if "copy" in skip.reason}
    others = {skip.path for skip in skipped_recordings(inventory)} - copies
    assert others == {path for path in sound_files(corpora_dir) if KNOWN_WRONG.fullmatch(Path(path).stem)}
    assert {Path(path).stem for path in copies} <= {Path(path).stem for path in inventory.table["path"]}


def test_where_an_original_and_a_reconstructed_clip_exist_the_original_is_used(
    inventory: Inventory, corpora_dir: Path
) -> None:
    originals = sound_files(corpora_dir / "CREMA-D" / "AudioWAV")
    if not originals:
        pytest.skip("no original recordings of CREMA-D here")
    crema_d = inventory.table[inventory.table["corpus"] == "CREMA-D"]
    assert {Path(path).name for path in crema_d.loc[~crema_d["reconstructed"], "path"]} == originals
    assert not crema_d["path"].map(lambda path: Path(path).stem).duplicated().any()


def test_sexes_of_crema_d_agree_with_the_corpus_own_table(inventory: Inventory, corpora_dir: Path) -> None:
    with or_skip(corpora_dir / "CREMA-D" / "VideoDemographics.csv").open(encoding="utf-8") as file:
        official = {f"CREMA-D-{row['ActorID']}": row["Sex"].lower() for row in csv.DictReader(file)}
    sexes = inventory.table[inventory.table["corpus"] == "CREMA-D"].drop_duplicates("speaker")
    assert all(official[speaker] == sex for speaker, sex in zip(sexes["speaker"], sexes["sex"], strict=True))


def test_clips_under_two_labels_are_those_with_equal_hashes(inventory: Inventory, corpora_dir: Path) -> None:
    with or_skip(corpora_dir / "CREMA-D" / "audio_wav_sha256.tsv").open(encoding="utf-8") as file:
        stems = [(Path(row["path"]).stem, row["sha256"]) for row in csv.DictReader(file, delimiter="\t")]
    times = Counter(digest for _, digest in stems)
    twice = {stem for stem, digest in stems if times[digest] > 1}
    reported = {Path(skip.path).stem for skip in inventory.skipped if "two labels" in skip.reason}
    assert reported <= twice
    assert not twice & {Path(path).stem for path in inventory.table["path"]}


def test_speakers_of_nemo_agree_with_the_corpus_own_table(inventory: Inventory, corpora_dir: Path) -> None:
    with or_skip(corpora_dir / "nEMO" / "data.tsv").open(encoding="utf-8") as file:
        official = {
            Path(row["file_id"]).stem: (f"nEMO-{row['speaker_id'].strip()}", row["gender"])
            for row in csv.DictReader(file, delimiter="\t")
        }
    nemo = inventory.table[inventory.table["corpus"] == "nEMO"]
    assert len(nemo) == len(official)
    for path, speaker, sex in zip(nemo["path"], nemo["speaker"], nemo["sex"], strict=True):
        assert official[Path(path).stem] == (speaker, sex)


@pytest.mark.parametrize(
    ("folder", "corpus"),
    [
        ("Crema", "CREMA-D"),
        ("Ravdess/audio_speech_actors_01-24", "RAVDESS"),
        ("Ravdess/audio_song_actors_01-24", "RAVDESS song"),
        ("Savee", "SAVEE"),
        ("Tess", "TESS"),
        ("nEMO", "nEMO"),
        ("EMOVO", "EMOVO"),
        ("EmoDB", "EmoDB"),
    ],
)
def test_a_corpus_own_folder_can_be_the_data_folder(folder: str, corpus: str, corpora_dir: Path) -> None:
    if not (corpora_dir / folder).is_dir():
        pytest.skip(f"no {folder} here")
    inventory = scan(corpora_dir / folder)
    assert set(inventory.table["corpus"]) == {corpus}
    assert len(inventory.table) + len(skipped_recordings(inventory)) == len(sound_files(corpora_dir / folder))
