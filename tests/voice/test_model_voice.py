"""The committed networks on real recordings, compared with the committed files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import load_audio
from ser_core.corpora import scan
from ser_core.emotions import LABELS
from ser_core.inference.calibration import probabilities
from ser_core.inference.front_end import from_config
from ser_core.inference.recognizer import Recognizer
from ser_core.metrics import recognition
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR

pytestmark = pytest.mark.voice


@pytest.fixture(scope="module")
def table(corpora_dir: Path) -> pd.DataFrame:
    return scan(corpora_dir).table


@pytest.mark.tensorflow
# The weights have half precision, those of ser_whisper eight bits.
@pytest.mark.parametrize(("name", "tolerance"), [("seed_cnn", 5e-3), ("ser_cnn", 5e-3), ("ser_whisper", 0.1)])
def test_the_committed_litert_network_gives_the_probabilities_of_the_committed_keras_network(
    name: str, tolerance: float, table: pd.DataFrame, corpora_dir: Path
) -> None:
    import keras

    from ser_core.training import whisper_network  # noqa: F401 -- Keras needs its layer to load the network
    from ser_core.training.export import KERAS_NAME

    recognizer = Recognizer(MODELS_DIR / name)
    network = keras.saving.load_model(MODELS_DIR / name / KERAS_NAME, compile=False)
    front_end = from_config(recognizer.config.front_end)
    clips = table.groupby("corpus").sample(3, random_state=0)
    assert len(clips) >= 12
    inputs = np.concatenate([front_end.windows(load_audio(corpora_dir / path)).inputs for path in clips["path"]])
    references = [np.zeros((len(inputs), *tensor.shape[1:]), np.float32) for tensor in network.inputs[1:]]
    keras_logits = network.predict([inputs, *references] if references else inputs, verbose=0)
    keras_probabilities = probabilities(keras_logits, recognizer.config.calibration.temperature)
    litert_probabilities = probabilities(recognizer.logits(inputs), recognizer.config.calibration.temperature)
    np.testing.assert_allclose(litert_probabilities, keras_probabilities, atol=tolerance)


def test_the_predictions_for_the_unseen_corpus_are_those_in_the_committed_table(
    table: pd.DataFrame, corpora_dir: Path
) -> None:
    committed = pd.read_csv(MODELS_DIR / "experiments" / f"{DEFAULT_NETWORK}_unseen_corpus.csv").set_index("clip")
    clips = table[table["corpus"] == "EmoDB"].groupby("emotion").sample(6, random_state=0)
    assert clips["emotion"].nunique() == 6
    recognizer = Recognizer()
    for path in clips["path"]:
        prediction = recognizer.predict(load_audio(corpora_dir / path))
        expected = committed.loc[Path(path).stem, list(LABELS)].to_numpy(dtype=float)
        np.testing.assert_allclose(prediction.shares, expected, atol=0.01)


def test_new_voices_are_recognised_far_better_than_by_chance() -> None:
    committed = pd.read_csv(MODELS_DIR / "experiments" / f"{DEFAULT_NETWORK}_unseen_corpus.csv")
    assert recognition(committed)["uar"] > 0.5
