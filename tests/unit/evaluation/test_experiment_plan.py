"""Which trainings an experiment plans for the recordings of a folder."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import to_wav_bytes
from ser_core.errors import TrainingError
from ser_core.evaluation.experiment_plan import make_plan, plan_experiment
from ser_core.evaluation.training_ablations import TRAINING_ABLATIONS
from ser_core.training.settings import DEFAULT_SETTINGS, TrainingSettings
from tests.harness.paths import ROOT

SER_CNN, SEED_CNN = DEFAULT_SETTINGS["ser_cnn"], DEFAULT_SETTINGS["seed_cnn"]
EMOTIONS = ("angry", "happy", "sad")


def table_of(corpus: str, speakers: list[str], emotions: tuple[str, ...] = EMOTIONS, n_each: int = 2) -> pd.DataFrame:
    """Return a corpus table with some clips per speaker and emotion."""
    rows = [
        (f"{corpus}/{speaker} {emotion} {number}.wav", corpus, f"{corpus}-{speaker}", emotion)
        for speaker in speakers
        for emotion in emotions
        for number in range(n_each)
    ]
    return pd.DataFrame(rows, columns=["path", "corpus", "speaker", "emotion"])


CREMA_D = table_of("CREMA-D", ["1001", "1002", "1003", "1005"])


def test_crema_d_alone_is_tested_by_speaker_and_not_left_out() -> None:
    plan = make_plan(CREMA_D, SER_CNN)
    assert list(plan.folds) == ["fold-0", "fold-1", "fold-2", "fold-3"]
    assert plan.without_corpus == {}
    assert plan.corrupted_folds == ()
    assert "no reconstructed CREMA-D" not in plan.ablations
    skipped = "\n".join(plan.skipped)
    assert "without CREMA-D: no clips are left to train on" in skipped
    assert "corruptions: no test clips of RAVDESS" in skipped
    assert "fold-4: no clips to test on" in skipped


def test_only_folds_with_ravdess_clips_are_corrupted() -> None:
    plan = make_plan(pd.concat([CREMA_D, table_of("RAVDESS", ["01"])], ignore_index=True), SER_CNN)
    assert plan.corrupted_folds == ("fold-0",)
    assert set(plan.without_corpus) == {"CREMA-D", "RAVDESS"}


def test_three_actors_of_one_corpus_have_no_training_without_that_corpus() -> None:
    plan = make_plan(table_of("RAVDESS", ["01", "05", "09"]), SER_CNN)
    assert list(plan.folds) == ["fold-0", "fold-1", "fold-2"]
    assert plan.without_corpus == {}


def test_an_ablation_that_leaves_out_absent_corpora_is_skipped() -> None:
    plan = make_plan(table_of("RAVDESS", ["01", "05", "09"]), SER_CNN)
    expected = set(TRAINING_ABLATIONS["ser_cnn"]) - {
        "no RAVDESS songs",
        "no other languages",
        "no reconstructed CREMA-D",
    }
    assert set(plan.ablations) == expected


def test_the_plan_of_the_original_network_has_no_corruptions_and_ablations() -> None:
    plan = make_plan(CREMA_D, SEED_CNN)
    assert (plan.without_corpus, plan.corrupted_folds, plan.ablations) == ({}, (), {})


def test_a_fold_whose_training_part_has_one_emotion_is_skipped() -> None:
    table = pd.concat(
        [table_of("RAVDESS", ["01"]), table_of("RAVDESS", ["05", "09"], emotions=("sad",))], ignore_index=True
    )
    plan = make_plan(table, SEED_CNN)
    assert "fold-0" not in plan.folds
    assert any("labelled sad" in reason for reason in plan.skipped)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (CREMA_D.assign(emotion="sad"), "All 24 clips have the same label, sad"),
        (table_of("RAVDESS", ["01", "02"]), "12 clips are of 2 speakers"),
        (table_of("folder", ["a"]).assign(speaker=None), "speaker is unknown for all 6 clips"),
    ],
    ids=["one emotion", "one fold", "no speakers"],
)
@pytest.mark.parametrize("settings", [SER_CNN, SEED_CNN], ids=["ser_cnn", "seed_cnn"])
def test_recordings_that_allow_no_experiment_are_refused(
    table: pd.DataFrame, message: str, settings: TrainingSettings
) -> None:
    with pytest.raises(TrainingError, match=message) as caught:
        make_plan(table, settings)
    assert caught.value.expected
    assert caught.value.advice


def test_folders_by_emotion_are_refused_for_the_original_network(tmp_path: Path) -> None:
    for n_samples, emotion in ((8000, "sad"), (9000, "happy")):
        (tmp_path / emotion).mkdir()
        (tmp_path / emotion / "mine.wav").write_bytes(to_wav_bytes(np.zeros(n_samples)))
    with pytest.raises(TrainingError, match="no recordings that seed_cnn is trained on, only: folder"):
        plan_experiment(tmp_path, SEED_CNN)
    with pytest.raises(TrainingError, match="speaker is unknown"):
        plan_experiment(tmp_path, SER_CNN)


def test_files_that_are_left_out_are_counted_with_their_reason(tmp_path: Path) -> None:
    for number, folder in enumerate(("sad", "angry/joy", "sad/disgust")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "mine.wav").write_bytes(to_wav_bytes(np.zeros(8000 + number)))
    with pytest.raises(TrainingError, match="same label, sad") as caught:
        plan_experiment(tmp_path, SER_CNN)
    assert "2 x the words in its folders, its name or the table are for different emotions" in caught.value.problem
    plan = make_plan(CREMA_D, SER_CNN, {"it is broken": 3})
    assert "  3 x it is broken" in plan.as_text(has_pretrained_trunk=True)


def test_the_plan_lists_the_corpora_the_trainings_and_the_duration() -> None:
    table = pd.concat([CREMA_D, table_of("TESS", ["OAF", "YAF"])], ignore_index=True)
    text = make_plan(table, replace(SER_CNN, epochs=2)).as_text(has_pretrained_trunk=False)
    assert "CREMA-D: 24 clips, 4 speakers (angry 8, happy 8, sad 8)" in text
    assert "TESS: 12 clips, 2 speakers (angry 4, happy 4, sad 4)" in text
    assert "without TESS: 24 clips; 12 tested" in text
    assert "Skipped:" in text
    assert "minute" in text


def test_an_experiment_from_scratch_takes_longer() -> None:
    speakers = [f"{number}" for number in range(1001, 1092)]
    plan = make_plan(table_of("CREMA-D", speakers, n_each=20), SER_CNN)
    from_scratch_s = plan.duration_s(has_pretrained_trunk=False)
    assert from_scratch_s > 3.0 * plan.duration_s(has_pretrained_trunk=True) > 0.0


def test_a_plan_is_made_without_keras_and_scipy() -> None:
    script = (
        "import sys; import ser_core.evaluation.experiment_plan; "
        "print(*{'keras', 'tensorflow', 'sklearn', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
