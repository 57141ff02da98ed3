"""The network's own description of a clip, and the map made of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import Audio, from_samples, load_audio
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.placing import build
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


def test_its_answer_is_the_recognisers(embedder: Embedder, voice: Audio) -> None:
    _, logits = embedder.describe(voice)
    recognizer = Recognizer()
    expected = list(recognizer.predict(voice).probabilities.values())
    assert probabilities(logits, recognizer.config.temperature) == pytest.approx(expected, abs=1e-3)


def test_the_description_is_what_the_last_layer_reads(embedder: Embedder) -> None:
    found = [embedder.describe(load_audio(path)) for path in sorted(COMPUTER_VOICES.glob("*.wav"))]
    described, logits = map(np.stack, zip(*found, strict=True))
    assert described.shape[1] > 1_000
    weights = next(
        embedder._interpreter.get_tensor(each["index"])
        for each in embedder._interpreter.get_tensor_details()
        if tuple(each["shape"]) == (logits.shape[1], described.shape[1])
    )
    # Without the bias, which is alike for all clips.
    assert np.allclose((described - described[0]) @ weights.T, logits - logits[0], atol=1e-3)


def test_how_loud_a_clip_is_does_not_move_it(embedder: Embedder, voice: Audio) -> None:
    softer = from_samples(0.25 * voice.samples, 16_000)
    assert embedder.embed(softer) == pytest.approx(embedder.embed(voice), abs=1e-2)


def test_a_network_without_such_a_layer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Embedder(tmp_path)


def test_a_map_is_made_of_the_recordings_at_hand_and_read_again(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for number, emotion in enumerate(("angry", "sad", "happy"), start=1):
        content = (COMPUTER_VOICES / f"{emotion}_male.wav").read_bytes()
        (data_dir / f"03-01-0{number + 2}-01-01-01-01.wav").write_bytes(content)
    (data_dir / "03-01-07-01-01-01-01.wav").write_bytes(b"no sound")
    built = build(data_dir, DEFAULT_MODEL_DIR, tmp_path / NETWORK_MAP)
    read = read_network_map(shipped_sha256(), tmp_path)
    assert list(read.places.index) == ["03-01-03-01-01-01-01", "03-01-04-01-01-01-01", "03-01-05-01-01-01-01"]
    assert np.allclose(read.places, built.places, atol=1e-2)
    own = read.axes.place(Embedder().embed(load_audio(COMPUTER_VOICES / "sad_male.wav"))[None])[0]
    assert own == pytest.approx(read.places.loc["03-01-04-01-01-01-01"].to_numpy(), abs=0.05)


def test_another_networks_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="another network"):
        read_network_map("0" * 64)
    with pytest.raises(CorpusError, match="network-map"):
        read_network_map("0" * 64, tmp_path)


def test_the_committed_map_is_the_shipped_networks_and_holds_every_measured_clip() -> None:
    found: NetworkMap = read_network_map(shipped_sha256(), MODELS_DIR / "data")
    clips = read_clips()
    assert set(found.places.index) == set(clips.loc[clips["map_x"].notna(), "clip"])
    assert np.isfinite(found.places.to_numpy()).all()
