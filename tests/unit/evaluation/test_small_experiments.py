"""Experiments on data folders that allow only some parts of the protocol."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, to_wav_bytes
from ser_core.cli import main
from ser_core.errors import StorageError
from ser_core.evaluation import experiment, experiment_plan
from ser_core.evaluation.experiment import run_experiment
from ser_core.evaluation.figures import make_figures
from ser_core.evaluation.model_card import model_card
from ser_core.paths import MODELS_DIR
from ser_core.training.settings import DEFAULT_SETTINGS
from tests.harness.analysis_here import analysis_here  # noqa: F401 -- a fixture that is used by its name
from tests.harness.eager_training import NO_WARNING, eager_training  # noqa: F401 -- a fixture that is used by its name
from tests.unit.training.test_pretrained import published_arrays

pytestmark = [pytest.mark.tensorflow, NO_WARNING, pytest.mark.timeout(600)]

SEED_CNN = replace(DEFAULT_SETTINGS["seed_cnn"], epochs=1, clips_per_epoch=16, batch_size=16)
SER_CNN = replace(DEFAULT_SETTINGS["ser_cnn"], epochs=1, clips_per_epoch=16, batch_size=16, n_augmented_copies=1)


def crema_d(*actors: int) -> list[str]:
    return [f"{actor}_IEO_{emotion}_HI.wav" for actor in actors for emotion in ("ANG", "NEU", "SAD")]


def ravdess(*actors: int) -> list[str]:
    return [f"03-01-{emotion:02d}-01-01-01-{actor:02d}.wav" for actor in actors for emotion in (3, 4, 5)]


def write_clips(folder: Path, names: Iterable[str]) -> Path:
    rng = np.random.default_rng(0)
    for name in names:
        time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
        samples = 0.3 * np.sin(2 * np.pi * rng.uniform(120, 400) * time_s) + rng.normal(0.0, 0.01, len(time_s))
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(to_wav_bytes(samples))
    return folder


def card_of(experiments_dir: Path) -> str:
    """Return the model card of an experiment's results."""
    models_dir = experiments_dir.parent
    shutil.copytree(MODELS_DIR / "data", models_dir / "data")
    return model_card(make_figures(models_dir))


def test_the_original_network_is_measured_on_three_ravdess_actors(tmp_path: Path) -> None:
    data_dir = write_clips(tmp_path / "corpora", ravdess(1, 5, 9))
    run_experiment(data_dir, SEED_CNN, tmp_path / "runs", tmp_path / "experiments")
    assert len(pd.read_csv(tmp_path / "experiments" / "seed_cnn_out_of_fold.csv")) == 9


def test_our_network_is_measured_on_crema_d_with_one_ravdess_actor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiment_plan, "TRAINING_ABLATIONS", {})
    data_dir = write_clips(tmp_path / "corpora", [*crema_d(1001), *ravdess(1)])
    np.savez(tmp_path / "weights.npz", **published_arrays())
    run_experiment(data_dir, SER_CNN, tmp_path / "runs", tmp_path / "experiments", tmp_path / "weights.npz")
    experiments_dir = tmp_path / "experiments"
    assert set(pd.read_csv(experiments_dir / "ser_cnn_corrupted.csv")["speaker"]) == {"RAVDESS-01"}
    assert set(pd.read_csv(experiments_dir / "ser_cnn_without_corpus.csv")["corpus"]) == {"CREMA-D", "RAVDESS"}
    assert "| CREMA-D | 3 | 1 |" in card_of(experiments_dir)


def test_our_network_is_measured_on_crema_d_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        experiment_plan,
        "TRAINING_ABLATIONS",
        {"ser_cnn": {"no reconstructed CREMA-D": {"left_out_corpora": ("CREMA-D",)}}},
    )
    data_dir = write_clips(tmp_path / "corpora", crema_d(1001, 1002))
    np.savez(tmp_path / "weights.npz", **published_arrays())
    experiments_dir = tmp_path / "experiments"
    experiments_dir.mkdir()
    # Left by an experiment with RAVDESS.
    (experiments_dir / "ser_cnn_corrupted.csv").write_text("an older table\n")
    run_experiment(data_dir, SER_CNN, tmp_path / "runs", experiments_dir, tmp_path / "weights.npz")
    tables = {path.name for path in experiments_dir.iterdir()}
    assert tables == {"ser_cnn.json", "ser_cnn_log.csv", "ser_cnn_out_of_fold.csv", "ser_cnn_random_split.csv"}
    assert "Not measured yet." in card_of(experiments_dir)


@pytest.mark.parametrize(
    ("names", "network", "message"),
    [
        (["sad/a.wav", "happy/b.wav"], "seed_cnn", "no recordings that seed_cnn is trained on"),
        (["sad/a.wav", "happy/b.wav"], "ser_cnn", "speaker is unknown"),
        ([name for name in crema_d(1001, 1002, 1003) if "SAD" in name], "seed_cnn", "same label, sad"),
        (ravdess(1, 2, 3), "ser_cnn", "3 speakers"),
    ],
    ids=["emotion folders, seed_cnn", "emotion folders, ser_cnn", "one emotion", "one fold"],
)
def test_the_command_refuses_recordings_that_allow_no_experiment(
    names: list[str], network: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir = write_clips(tmp_path / "corpora", names)
    options = ["--work", str(tmp_path / "runs"), "--experiments", str(tmp_path / "experiments")]
    assert main(["experiment", "--data", str(data_dir), "--network", network, *options]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("only_plan", [True, False], ids=["--plan", "the experiment"])
def test_the_command_prints_its_plan_first(
    only_plan: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = write_clips(tmp_path / "corpora", [*crema_d(1001, 1002), "notes.txt"])
    printed_before: list[str] = []
    monkeypatch.setattr(experiment, "run_experiment", lambda *_: printed_before.append(capsys.readouterr().out))
    assert main(["experiment", "--data", str(data_dir), "--network", "ser_cnn", *["--plan"] * only_plan]) == 0
    (plan,) = [capsys.readouterr().out] if only_plan else printed_before
    for words in ("CREMA-D: 6 clips, 2 speakers", "Trainings:", "Skipped:", "Files left out:\n  1 x ", "on two cores"):
        assert words in plan


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that makes the disk full for one file: only a part of it is written."""
    original = Path.write_text

    def fill(name: str) -> None:
        def write_a_part(path: Path, text: str, **options: str) -> int:
            if name not in path.name:
                return original(path, text, **options)
            original(path, text[: len(text) // 2], **options)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_text", write_a_part)

    return fill


def test_an_experiment_continues_after_a_full_disk_and_a_truncated_table(
    tmp_path: Path, full_disk: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = write_clips(tmp_path / "corpora", crema_d(1001, 1002))
    results = tmp_path / "experiments" / "seed_cnn_out_of_fold.csv"
    full_disk("predictions")
    with pytest.raises(StorageError, match="No space left on device"):
        run_experiment(data_dir, SEED_CNN, tmp_path / "runs", tmp_path / "experiments")
    monkeypatch.undo()
    run_experiment(data_dir, SEED_CNN, tmp_path / "runs", tmp_path / "experiments")
    complete = results.read_text()
    assert len(complete.splitlines()) == 1 + 6
    table = tmp_path / "runs" / "seed_cnn-fold-1" / "predictions.csv"
    table.write_text("".join(table.read_text().splitlines(keepends=True)[:-1]))
    run_experiment(data_dir, SEED_CNN, tmp_path / "runs", tmp_path / "experiments")
    assert results.read_text() == complete
