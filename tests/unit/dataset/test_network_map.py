"""The network's embedding of a clip, and the map that is fitted to embeddings."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import Audio, from_samples, load_audio
from ser_core.dataset.build_network_map import build_network_map
from ser_core.dataset.tables import NETWORK_MAP, read_clips, read_network_map
from ser_core.errors import CorpusError, ModelError
from ser_core.inference.calibration import probabilities
from ser_core.inference.embedder import Embedder
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.paths import MODELS_DIR
from tests.harness.paths import COMPUTER_VOICES


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def voice() -> Audio:
    return load_audio(COMPUTER_VOICES / "angry_female.wav")


def shipped_sha256() -> str:
    return json.loads((DEFAULT_MODEL_DIR / "config.json").read_text(encoding="utf-8"))["network_sha256"]


def test_the_embedders_logits_are_the_recognisers(embedder: Embedder, voice: Audio) -> None:
    _, logits = embedder.describe(voice)
    recognizer = Recognizer()
    expected = list(recognizer.predict(voice).probabilities.values())
    assert probabilities(logits, recognizer.config.temperature) == pytest.approx(expected, abs=1e-3)


def test_the_embedding_is_the_input_of_the_last_layer(embedder: Embedder) -> None:
    embedded = [embedder.describe(load_audio(path)) for path in sorted(COMPUTER_VOICES.glob("*.wav"))]
    embeddings, logits = map(np.stack, zip(*embedded, strict=True))
    assert embeddings.shape[1] > 1_000
    weights = next(
        embedder._interpreter.get_tensor(tensor["index"])
        for tensor in embedder._interpreter.get_tensor_details()
        if tuple(tensor["shape"]) == (logits.shape[1], embeddings.shape[1])
    )
    # The difference to the first clip cancels the bias.
    assert np.allclose((embeddings - embeddings[0]) @ weights.T, logits - logits[0], atol=1e-3)


def test_loudness_does_not_change_the_embedding(embedder: Embedder, voice: Audio) -> None:
    softer = from_samples(0.25 * voice.samples, 16_000)
    assert embedder.embed(softer) == pytest.approx(embedder.embed(voice), abs=1e-2)


def test_a_folder_without_a_network_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Embedder(tmp_path)


def test_a_map_is_built_from_the_readable_recordings_and_read_again(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for number, emotion in enumerate(("angry", "sad", "happy"), start=1):
        content = (COMPUTER_VOICES / f"{emotion}_male.wav").read_bytes()
        (data_dir / f"03-01-0{number + 2}-01-01-01-01.wav").write_bytes(content)
    (data_dir / "03-01-07-01-01-01-01.wav").write_bytes(b"no sound")
    built = build_network_map(data_dir, DEFAULT_MODEL_DIR, tmp_path / NETWORK_MAP)
    read = read_network_map(shipped_sha256(), tmp_path)
    assert list(read.places.index) == ["03-01-03-01-01-01-01", "03-01-04-01-01-01-01", "03-01-05-01-01-01-01"]
    assert np.allclose(read.places, built.places, atol=1e-2)
    place = read.axes.place(Embedder().embed(load_audio(COMPUTER_VOICES / "sad_male.wav"))[None])[0]
    assert place == pytest.approx(read.places.loc["03-01-04-01-01-01-01"].to_numpy(), abs=0.05)


def test_the_map_of_another_network_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="another network"):
        read_network_map("0" * 64)
    with pytest.raises(CorpusError, match="network-map"):
        read_network_map("0" * 64, tmp_path)


def test_the_committed_map_belongs_to_the_shipped_network_and_holds_every_measured_clip() -> None:
    network_map = read_network_map(shipped_sha256(), MODELS_DIR / "data")
    clips = read_clips()
    assert set(network_map.places.index) == set(clips.loc[clips["map_x"].notna(), "clip"])
    assert np.isfinite(network_map.places.to_numpy()).all()
