"""The protocol from a miniature of the exact Kaggle tree to the figures and the model card."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, load_audio, to_wav_bytes
from ser_core.corpora import KAGGLE_CORPORA, scan
from ser_core.dataset import tables
from ser_core.emotions import LABELS
from ser_core.errors import CorpusError, TrainingError
from ser_core.evaluation import experiment
from ser_core.evaluation.experiment import Calibration, as_probabilities, calibrate, run, train_final
from ser_core.evaluation.figures import make_figures
from ser_core.inference.calibration import probabilities
from ser_core.inference.recognizer import Recognizer
from ser_core.training.settings import DEFAULT_SETTINGS
from tests.unit.training.test_pretrained import published_arrays

# Ten small trainings stand before the first test.
pytestmark = [pytest.mark.tensorflow, pytest.mark.timeout(900)]

SETTINGS = {
    name: replace(DEFAULT_SETTINGS[name], epochs=1, clips_per_epoch=32, batch_size=16, n_augmented_copies=1)
    for name in ("ser_cnn", "seed_cnn")
}
EMODB = "EmoDB/wav/03a01Fa.wav"


def kaggle_tree() -> list[str]:
    """Every corpus, in the folders that Kaggle's set has, speakers of several folds each."""
    names = [f"Crema/{actor}_IEO_{emotion}_HI.wav" for actor in (1001, 1005) for emotion in ("ANG", "NEU", "SAD")]
    names += [
        f"Ravdess/audio_speech_actors_01-24/Actor_{actor:02d}/03-01-{emotion:02d}-01-01-01-{actor:02d}.wav"
        for actor in (1, 6)
        for emotion in range(1, 9)
    ]
    names += [f"Savee/{speaker}_{code}.wav" for speaker in ("DC", "JE") for code in ("a01", "su02", "n30")]
    names += [
        f"Tess/{voice}_{emotion}/{voice}_back_{code}.wav"
        for voice in ("OAF", "YAF")
        for emotion, code in (("Fear", "fear"), ("Pleasant_surprise", "ps"), ("Sad", "sad"))
    ]
    return names


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kaggle")
    rng = np.random.default_rng(0)
    for name in [*kaggle_tree(), EMODB]:
        time_s = np.arange(round(rng.uniform(0.8, 1.2) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        samples = 0.3 * np.sin(2 * np.pi * rng.uniform(120, 400) * time_s) + rng.normal(0.0, 0.01, len(time_s))
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(to_wav_bytes(samples))
    (folder / "EmoDB" / "erkennung.txt").write_text(
        "Nr.\tSatz\terkannt\tnatuerlich\n1\t03a01Fa.wav\t90,00\t75,00\n", encoding="latin-1"
    )
    np.savez(folder / "weights.npz", **published_arrays())
    return folder


@pytest.fixture(scope="module")
def models_dir(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``experiment`` and ``train`` leave behind, for both networks."""
    models_dir, work_dir = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("runs")
    (models_dir / "data").mkdir()
    for file in tables.TABLES_DIR.iterdir():
        (models_dir / "data" / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "ABLATIONS", {"as shipped": {}, "no mixup": {"mixup_alpha": 0.0}})
        patch.setattr(experiment, "_ABLATION_EPOCHS", 1)
        patch.setattr(experiment, "_CORPUS_GROUPS", (("RAVDESS", "RAVDESS song"),))
        run(data_dir, SETTINGS["ser_cnn"], work_dir, models_dir / "experiments", data_dir / "weights.npz")
    run(data_dir, SETTINGS["seed_cnn"], work_dir, models_dir / "experiments")
    train_final(
        data_dir,
        SETTINGS["ser_cnn"],
        work_dir,
        models_dir / "ser_cnn",
        models_dir / "experiments",
        data_dir / "weights.npz",
    )
    return models_dir


def answers(models_dir: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(models_dir / "experiments" / f"{name}.csv")


def test_the_miniature_is_the_kaggle_tree(data_dir: Path) -> None:
    table = scan(data_dir).table
    assert set(table["corpus"]) == {*KAGGLE_CORPORA, "EmoDB"}
    assert len(table) == len(kaggle_tree()) + 1


@pytest.mark.parametrize("network", ["ser_cnn", "seed_cnn"])
def test_every_clip_is_answered_once_by_a_network_that_never_heard_its_speaker(models_dir: Path, network: str) -> None:
    found = answers(models_dir, f"{network}_out_of_fold")
    assert len(found) == len(kaggle_tree())
    assert found["clip"].is_unique
    assert (found.groupby("speaker")["fold"].nunique() == 1).all()
    np.testing.assert_allclose(found[list(LABELS)].sum(axis=1), 1.0, atol=1e-3)
    assert found["unsure"].dtype == bool
    assert found[["corpus", "speaker", "sex", "emotion", "sentence"]].notna().all().all()


def test_a_corpus_is_answered_by_a_network_that_never_heard_it(models_dir: Path) -> None:
    found = answers(models_dir, "ser_cnn_without_corpus")
    assert set(found["corpus"]) == {"RAVDESS"}
    assert len(found) == 16


def test_ravdess_is_answered_under_every_disturbance(models_dir: Path) -> None:
    found = answers(models_dir, "ser_cnn_corrupted")
    assert set(found["corpus"]) == {"RAVDESS"}
    assert found.groupby("corruption")["clip"].nunique().eq(16).all()
    plain = found[found["corruption"] == "none"].set_index("clip")
    quiet = found[found["corruption"] == "20 dB quieter"].set_index("clip")
    np.testing.assert_allclose(plain[list(LABELS)], quiet[list(LABELS)], atol=2e-3)


def test_the_finished_network_answers_the_unseen_corpus(models_dir: Path, data_dir: Path) -> None:
    found = answers(models_dir, "ser_cnn_unseen_corpus")
    assert found["clip"].tolist() == ["03a01Fa"]
    assert found["listeners_right"].tolist() == [0.9]
    prediction = Recognizer(models_dir / "ser_cnn").predict(load_audio(data_dir / EMODB))
    np.testing.assert_allclose(found[list(LABELS)].iloc[0], prediction.shares, atol=1e-3)


def test_the_finished_network_is_calibrated_out_of_fold(models_dir: Path) -> None:
    described = json.loads((models_dir / "experiments" / "ser_cnn.json").read_text())
    config = Recognizer(models_dir / "ser_cnn").config
    assert config.temperature == described["calibration"]["temperature"]
    assert config.confidence_threshold == described["calibration"]["confidence_threshold"]
    assert config.training["settings"] == described["settings"]
    assert config.training["settings"]["pretrained_sha256"]
    assert config.training["clips_by_corpus"] == {"CREMA-D": 6, "RAVDESS": 16, "SAVEE": 6, "TESS": 6}


def test_the_whole_network_answers_as_its_two_parts_did(models_dir: Path, data_dir: Path) -> None:
    """The undisturbed answers go through the whole network, the out-of-fold ones through the kept steps."""
    whole = answers(models_dir, "ser_cnn_corrupted").query("corruption == 'none'").set_index("clip")
    parts = answers(models_dir, "ser_cnn_out_of_fold").set_index("clip").loc[whole.index]
    by_whole, by_parts = (np.log(np.maximum(each[list(LABELS)], 1e-4)) for each in (whole, parts))
    # One temperature for all folds here, one a fold there: the order of the labels is what must agree.
    np.testing.assert_array_equal(by_whole.to_numpy().argmax(axis=1), by_parts.to_numpy().argmax(axis=1))


def test_another_training_is_not_calibrated_with_this_experiment(
    models_dir: Path, data_dir: Path, tmp_path: Path
) -> None:
    other = replace(SETTINGS["ser_cnn"], seed=5)
    with pytest.raises(TrainingError, match="out-of-fold"):
        train_final(data_dir, other, tmp_path, tmp_path / "out", models_dir / "experiments", data_dir / "weights.npz")


def test_figures_and_card_are_made_of_all_of_it(models_dir: Path) -> None:
    found = make_figures(models_dir)
    assert set(found) == {"ser_cnn", "seed_cnn"}
    ours = found["ser_cnn"]
    assert {"unseen_corpus", "without_corpus", "corrupted", "ablations"} <= set(ours)
    assert [line["ablation"] for line in ours["ablations"]] == ["as shipped", "no mixup"]
    assert set(ours["speaker_independent"]["corpora"]) == set(KAGGLE_CORPORA)
    assert next(line["feature"] for line in found["seed_cnn"]["features"]) == "all"


def test_speakers_of_one_fold_alone_cannot_be_measured(tmp_path: Path) -> None:
    for number in range(2):
        name = f"03-01-0{number + 3}-01-01-01-01.wav"
        (tmp_path / name).write_bytes(to_wav_bytes(np.sin(np.arange(8000) * (0.1 + 0.05 * number))))
    with pytest.raises(TrainingError, match="different folds"):
        run(tmp_path, SETTINGS["seed_cnn"], tmp_path / "runs", tmp_path / "out")


def test_calibration_finds_what_was_done_to_the_logits() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0.0, 2.0, size=(4000, len(LABELS)))
    truth = [rng.choice(len(LABELS), p=row) for row in probabilities(logits, 1.0)]
    table = pd.DataFrame(3.0 * logits, columns=LABELS)
    table["corpus"], table["emotion"] = "RAVDESS", [LABELS[place] for place in truth]
    found = calibrate(table)
    assert found.temperature == pytest.approx(3.0, rel=0.1)
    answered = as_probabilities(table, found)
    sure = answered[~answered["unsure"]]
    assert np.mean(sure[list(LABELS)].idxmax(axis=1) == sure["emotion"]) == pytest.approx(0.75, abs=0.01)
    assert as_probabilities(table, Calibration(3.0, 2.0))["unsure"].all()


def test_a_damaged_table_of_listeners_is_an_error(tmp_path: Path) -> None:
    from ser_core.corpora.emodb import listener_rates

    (tmp_path / "erkennung.txt").write_text("Nr.\tSatz\n1\t03a01Fa.wav\n", encoding="latin-1")
    for file in (tmp_path / "erkennung.txt", tmp_path / "missing.txt"):
        with pytest.raises(CorpusError, match="listeners"):
            listener_rates(file)


def test_silence_can_be_disturbed() -> None:
    from ser_core.evaluation.corruptions import CORRUPTIONS

    silence = from_samples(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32), SAMPLE_RATE_HZ)
    assert all(np.isfinite(disturb(silence).samples).all() for disturb in CORRUPTIONS.values())
