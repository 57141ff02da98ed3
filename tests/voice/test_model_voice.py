from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio import load_audio
from ser_core.calibration import probabilities
from ser_core.corpora import scan
from ser_core.front_end import from_config
from ser_core.model_files import MODELS_DIR
from ser_core.recognizer import DEFAULT_MODEL_DIR, Recognizer

pytestmark = pytest.mark.voice


@pytest.fixture(scope="module")
def table(corpora_dir: Path) -> pd.DataFrame:
    return scan(corpora_dir).table


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", ["seed_cnn", "ser_cnn"])
def test_the_shipped_litert_network_answers_as_the_shipped_keras_one(
    name: str, table: pd.DataFrame, corpora_dir: Path
) -> None:
    import keras

    from ser_core.export import KERAS_NAME

    recognizer = Recognizer(MODELS_DIR / name)
    network = keras.saving.load_model(MODELS_DIR / name / KERAS_NAME, compile=False)
    front_end = from_config(recognizer.config.front_end)
    chosen = table.groupby("corpus").sample(3, random_state=0)
    assert len(chosen) >= 12
    inputs = np.concatenate([front_end.windows(load_audio(corpora_dir / path)).inputs for path in chosen["path"]])
    expected = probabilities(network.predict(inputs, verbose=0), recognizer.config.temperature)
    found = probabilities(recognizer.logits(inputs), recognizer.config.temperature)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_the_shipped_network_recognises_actors_it_never_learnt_from(table: pd.DataFrame, corpora_dir: Path) -> None:
    metrics = json.loads((DEFAULT_MODEL_DIR / "metrics.json").read_text(encoding="utf-8"))
    clips = table[(table["corpus"] == "RAVDESS") & table["speaker"].isin(metrics["validation_speakers"])]
    assert clips["speaker"].nunique() >= 2
    assert clips["emotion"].nunique() == 8
    recognizer = Recognizer()
    answers = [recognizer.predict(load_audio(corpora_dir / path)).emotion for path in clips["path"]]
    assert np.mean(clips["emotion"].to_numpy() == answers) > 0.5
