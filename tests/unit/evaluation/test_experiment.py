"""The experiment and the final training, on a miniature of the Kaggle folder, up to the figures."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.corpora import KAGGLE_CORPORA, scan
from ser_core.dataset import tables
from ser_core.emotions import LABELS
from ser_core.errors import CorpusError, TrainingError
from ser_core.evaluation import experiment_plan
from ser_core.evaluation.experiment import run_experiment
from ser_core.evaluation.figures import make_figures
from ser_core.evaluation.final_training import train_final
from ser_core.inference.recognizer import Recognizer
from ser_core.training.profile_scoring import PROFILES
from ser_core.training.settings import DEFAULT_SETTINGS
from tests.harness.analysis_here import analysis_here  # noqa: F401 -- a fixture that is used by its name
from tests.harness.eager_training import NO_WARNING, eager_training  # noqa: F401 -- a fixture that is used by its name
from tests.unit.training.test_pretrained import published_arrays
from tests.unit.training.whisper_checkpoint import write_whisper_weights

# Ten small trainings run before the first test.
pytestmark = [pytest.mark.tensorflow, NO_WARNING, pytest.mark.timeout(900)]

SETTINGS = {
    name: replace(DEFAULT_SETTINGS[name], epochs=1, clips_per_epoch=16, batch_size=16, n_augmented_copies=1)
    for name in ("ser_cnn", "ser_whisper", "seed_cnn")
}
EMODB = "EmoDB/wav/03a01Fa.wav"


def kaggle_tree() -> list[str]:
    """Return clips of every corpus, in the folders of Kaggle's set, with speakers of several folds each."""
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
    write_whisper_weights(folder)
    return folder


@pytest.fixture(scope="module")
def models_dir(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the commands ``experiment`` and ``train``."""
    models_dir, work_dir = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("runs")
    (models_dir / "data").mkdir()
    for file in tables.TABLES_DIR.iterdir():
        (models_dir / "data" / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            experiment_plan, "TRAINING_ABLATIONS", {"ser_cnn": {"as shipped": {}, "no mixup": {"mixup_alpha": 0.0}}}
        )
        patch.setattr(experiment_plan, "ABLATION_EPOCHS", 1)
        patch.setattr(experiment_plan, "CORPUS_GROUPS", (("RAVDESS", "RAVDESS song"),))
        run_experiment(data_dir, SETTINGS["ser_cnn"], work_dir, models_dir / "experiments", data_dir / "weights.npz")
        run_experiment(
            data_dir, SETTINGS["ser_whisper"], work_dir, models_dir / "experiments", data_dir / "whisper.npz"
        )
        run_experiment(data_dir, SETTINGS["seed_cnn"], work_dir, models_dir / "experiments")
    for network, weights in (("ser_cnn", "weights.npz"), ("ser_whisper", "whisper.npz")):
        train_final(
            data_dir,
            SETTINGS[network],
            work_dir,
            models_dir / network,
            models_dir / "experiments",
            data_dir / weights,
        )
    return models_dir


def predictions_of(models_dir: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(models_dir / "experiments" / f"{name}.csv")


def test_the_miniature_is_the_kaggle_tree(data_dir: Path) -> None:
    table = scan(data_dir).table
    assert set(table["corpus"]) == {*KAGGLE_CORPORA, "EmoDB"}
    assert len(table) == len(kaggle_tree()) + 1


@pytest.mark.parametrize("network", ["ser_cnn", "ser_whisper", "seed_cnn"])
def test_every_clip_has_one_prediction_by_a_network_not_trained_on_its_speaker(models_dir: Path, network: str) -> None:
    predictions = predictions_of(models_dir, f"{network}_out_of_fold")
    assert len(predictions) == len(kaggle_tree())
    assert predictions["clip"].is_unique
    assert (predictions.groupby("speaker")["fold"].nunique() == 1).all()
    np.testing.assert_allclose(predictions[list(LABELS)].sum(axis=1), 1.0, atol=1e-3)
    assert predictions["unsure"].dtype == bool
    assert predictions[["corpus", "speaker", "sex", "emotion", "sentence"]].notna().all().all()


@pytest.mark.parametrize("network", ["ser_cnn", "ser_whisper", "seed_cnn"])
def test_a_corpus_left_out_has_predictions_by_a_network_not_trained_on_it(models_dir: Path, network: str) -> None:
    predictions = predictions_of(models_dir, f"{network}_without_corpus")
    assert set(predictions["corpus"]) == {"RAVDESS"}
    assert len(predictions) == 16


def test_a_corpus_left_out_is_also_compared_with_profiles_of_its_voices(models_dir: Path) -> None:
    predictions = predictions_of(models_dir, "ser_whisper_voice_profile")
    assert predictions.groupby("profile")["clip"].nunique().to_dict() == dict.fromkeys(PROFILES, 16)
    without = predictions_of(models_dir, "ser_whisper_without_corpus").set_index("clip")
    ten = predictions[predictions["profile"] == "10 clips"].set_index("clip").loc[without.index]
    assert np.abs(ten[list(LABELS)] - without[list(LABELS)]).to_numpy().max() > 1e-3


@pytest.mark.parametrize("network", ["ser_cnn", "ser_whisper"])
def test_ravdess_has_predictions_under_every_corruption(models_dir: Path, network: str) -> None:
    predictions = predictions_of(models_dir, f"{network}_corrupted")
    assert set(predictions["corpus"]) == {"RAVDESS"}
    assert predictions.groupby("corruption")["clip"].nunique().eq(16).all()
    plain = predictions[predictions["corruption"] == "none"].set_index("clip")
    quiet = predictions[predictions["corruption"] == "20 dB quieter"].set_index("clip")
    np.testing.assert_allclose(plain[list(LABELS)], quiet[list(LABELS)], atol=2e-3)


def test_the_finished_network_has_predictions_for_the_unseen_corpus(models_dir: Path, data_dir: Path) -> None:
    predictions = predictions_of(models_dir, "ser_cnn_unseen_corpus")
    assert predictions["clip"].tolist() == ["03a01Fa"]
    assert predictions["listeners_right"].tolist() == [0.9]
    prediction = Recognizer(models_dir / "ser_cnn").predict(load_audio(data_dir / EMODB))
    np.testing.assert_allclose(predictions[list(LABELS)].iloc[0], prediction.shares, atol=1e-3)


def test_the_finished_network_is_calibrated_out_of_fold(models_dir: Path) -> None:
    described = json.loads((models_dir / "experiments" / "ser_cnn.json").read_text())
    config = Recognizer(models_dir / "ser_cnn").config
    assert asdict(config.calibration) == described["calibration"]
    assert config.training["settings"] == described["settings"]
    assert config.training["settings"]["pretrained_sha256"]
    assert config.training["clips_by_corpus"] == {"CREMA-D": 6, "RAVDESS": 16, "SAVEE": 6, "TESS": 6}


def test_a_profile_is_used_on_the_unseen_corpus_where_a_voice_has_other_clips(models_dir: Path) -> None:
    predictions = predictions_of(models_dir, "ser_whisper_unseen_corpus_profile")
    # The miniature has a single clip, so there is nothing to compare it with.
    assert predictions["profile"].tolist() == list(PROFILES)
    without = predictions_of(models_dir, "ser_whisper_unseen_corpus")
    np.testing.assert_array_equal(predictions[list(LABELS)], without[list(LABELS)].iloc[[0, 0, 0]])


@pytest.mark.parametrize("network", ["ser_cnn", "ser_whisper"])
def test_the_whole_network_predicts_the_same_as_its_head_on_embedded_clips(models_dir: Path, network: str) -> None:
    """The uncorrupted clips go through the whole network, the out-of-fold clips through the cached trunk output."""
    whole = predictions_of(models_dir, f"{network}_corrupted").query("corruption == 'none'").set_index("clip")
    parts = predictions_of(models_dir, f"{network}_out_of_fold").set_index("clip").loc[whole.index]
    by_whole, by_parts = (np.log(np.maximum(table[list(LABELS)], 1e-4)) for table in (whole, parts))
    # The temperatures differ (one for all folds, one per fold), so only the likeliest label must agree.
    np.testing.assert_array_equal(by_whole.to_numpy().argmax(axis=1), by_parts.to_numpy().argmax(axis=1))


def test_another_training_is_not_calibrated_with_this_experiment(
    models_dir: Path, data_dir: Path, tmp_path: Path
) -> None:
    other_settings = replace(SETTINGS["ser_cnn"], seed=5)
    with pytest.raises(TrainingError, match="out-of-fold"):
        train_final(
            data_dir, other_settings, tmp_path, tmp_path / "out", models_dir / "experiments", data_dir / "weights.npz"
        )


def test_the_figures_use_every_table(models_dir: Path) -> None:
    figures = make_figures(models_dir)
    assert set(figures) == {"ser_cnn", "ser_whisper", "seed_cnn"}
    ours = figures["ser_cnn"]
    assert {"unseen_corpus", "without_corpus", "corrupted", "ablations"} <= set(ours)
    assert [line["ablation"] for line in ours["ablations"]] == ["as shipped", "no mixup"]
    assert set(ours["speaker_independent"]["corpora"]) == set(KAGGLE_CORPORA)
    assert next(line["feature"] for line in figures["seed_cnn"]["features"]) == "all"


def test_a_damaged_table_of_listeners_is_an_error(tmp_path: Path) -> None:
    from ser_core.corpora.emodb import listener_rates

    (tmp_path / "erkennung.txt").write_text("Nr.\tSatz\n1\t03a01Fa.wav\n", encoding="latin-1")
    for file in (tmp_path / "erkennung.txt", tmp_path / "missing.txt"):
        with pytest.raises(CorpusError, match="listeners"):
            listener_rates(file)
