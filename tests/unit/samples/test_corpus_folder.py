"""Recordings of the data folder are samples too: balanced, and before all others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ser_core.emotions import LABELS
from ser_core.errors import SampleError
from ser_core.samples import SampleSettings
from tests.unit.samples.generated_clips import CLIP_NAMES, FIRST_CONTENT
from tests.unit.samples.libraries import open_with
from tests.unit.samples.local_server import Server


@pytest.fixture
def ravdess_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "Ravdess"
    folder.mkdir(parents=True)
    for actor in range(1, 25):
        for emotion in range(1, 9):
            for statement in (1, 2):
                name = f"03-01-{emotion:02}-01-{statement:02}-01-{actor:02}.wav"
                (folder / name).write_bytes(name.encode())
    (folder / "03-02-02-01-01-01-01.wav").write_bytes(b"a song")
    return folder


def test_the_data_folder_comes_first(settings: SampleSettings, ravdess_dir: Path, server: Server) -> None:
    library = open_with(settings, data_dir=ravdess_dir.parent)
    people = [sample for sample in library.samples if sample.origin == "corpus"]
    assert {sample.origin for sample in library.samples} == {"corpus", "computer"}
    assert "RAVDESS" in library.summary
    assert "data folder" in library.summary
    by_kind = Counter((sample.emotion, sample.sex) for sample in people)
    assert by_kind == {(label, sex): 4 for label in LABELS for sex in ("female", "male")}
    # The same speakers have the same sentence in every emotion.
    assert len({sample.speaker for sample in people}) == 8
    assert {sample.sentence for sample in people} == {"01"}
    assert people[0].title == "Woman, RAVDESS-02 - angry"
    assert people[0].credit.startswith("RAVDESS")
    assert library.load(people[0]) == b"03-01-05-01-01-01-02.wav"
    assert open_with(settings, data_dir=ravdess_dir.parent).samples == library.samples
    assert server.requests == 0


def test_crema_d_originals_in_the_data_folder_have_the_manifests_notes(
    settings: SampleSettings, ravdess_dir: Path
) -> None:
    folder = ravdess_dir.parent / "AudioWAV"
    folder.mkdir()
    (folder / f"{CLIP_NAMES[0]}.wav").write_bytes(FIRST_CONTENT)
    (folder / "1091_DFA_ANG_XX.wav").write_bytes(b"another recording")
    library = open_with(settings, data_dir=ravdess_dir.parent)
    samples = {Path(sample.sample_id).stem: sample for sample in library.samples}
    listed, unlisted = samples[CLIP_NAMES[0]], samples["1091_DFA_ANG_XX"]
    assert listed.note == "7 of 10 listeners who only heard it chose angry"
    assert listed.title == "Woman, 21 - angry"
    assert listed.age_years == 21
    assert unlisted.note == "The speaker was asked to sound angry"
    assert unlisted.age_years is None


def test_other_corpora_and_own_folders_complete_the_selection(settings: SampleSettings, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    for name in ("OAF_back_angry.wav", "03-01-05-02-01-01-02.wav", "Sad/mine.wav"):
        (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / name).write_bytes(name.encode())
    library = open_with(settings, data_dir=data_dir)
    angry, other_angry, sad = library.samples[:3]
    assert angry.note == "The speaker was asked to sound angry, strongly"
    assert other_angry.speaker == "TESS-OAF"
    assert (sad.title, sad.speaker, sad.sentence) == ("Speaker - sad", None, None)
    assert "data folder" in sad.note


@pytest.mark.parametrize("names", [[], ["1004_DFA_ANG_XX.opus"], ["03-02-02-01-01-01-01.wav"]])
def test_a_data_folder_without_playable_recordings_is_ignored(
    settings: SampleSettings, tmp_path: Path, names: list[str]
) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for name in names:
        (data_dir / name).write_bytes(b"reconstructed or sung")
    library = open_with(settings, data_dir=data_dir)
    assert {sample.origin for sample in library.samples} == {"crema-d", "computer"}
    assert open_with(settings, data_dir=tmp_path / "nowhere").samples == library.samples


def test_a_recording_that_was_removed_is_an_error(settings: SampleSettings, ravdess_dir: Path) -> None:
    library = open_with(settings, data_dir=ravdess_dir)
    (ravdess_dir / "03-01-05-01-01-01-02.wav").unlink()
    with pytest.raises(SampleError, match="cannot be read"):
        library.load(library.samples[0])
    assert library.load(library.samples[1])
