"""The network's embedding of a clip."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio
from ser_core.errors import ModelError
from ser_core.inference.calibration import probabilities
from ser_core.inference.embedder import Embedder
from ser_core.inference.recognizer import Recognizer
from ser_core.paths import MODELS_DIR
from tests.harness.paths import COMPUTER_VOICES


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def voice() -> Audio:
    return load_audio(COMPUTER_VOICES / "angry_female.wav")


def test_its_logits_are_the_recognizers(embedder: Embedder, voice: Audio) -> None:
    _, logits = embedder.describe(voice)
    recognizer = Recognizer()
    expected = recognizer.predict(voice).shares
    assert probabilities(logits, recognizer.config.calibration.temperature) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("network", "size"), [("ser_cnn", 2_304), ("seed_cnn", 32)])
def test_the_embedding_has_the_size_of_the_last_hidden_layer(network: str, size: int, voice: Audio) -> None:
    assert Embedder(MODELS_DIR / network).embed(voice).shape == (size,)


def test_the_loudness_of_a_recording_does_not_change_its_embedding(embedder: Embedder, voice: Audio) -> None:
    softer = from_samples(0.25 * voice.samples, SAMPLE_RATE_HZ)
    assert embedder.embed(softer) == pytest.approx(embedder.embed(voice), abs=1e-2)


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing or unreadable"):
        Embedder(tmp_path)
