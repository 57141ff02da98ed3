"""The map that is fitted to the clips' embeddings."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.dataset.build_network_map import build_network_map
from ser_core.dataset.tables import NETWORK_MAP, read_clips, read_network_map
from ser_core.errors import CorpusError, StorageError
from ser_core.inference.embedder import Embedder
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR
from ser_core.paths import MODELS_DIR
from tests.harness.paths import COMPUTER_VOICES


def shipped_sha256() -> str:
    return json.loads((DEFAULT_MODEL_DIR / "config.json").read_text(encoding="utf-8"))["network_sha256"]


def test_a_map_is_built_from_the_readable_recordings_and_read_again(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for number, emotion in enumerate(("angry", "sad", "happy"), start=1):
        content = (COMPUTER_VOICES / f"{emotion}_male.wav").read_bytes()
        (data_dir / f"03-01-0{number + 2}-01-01-01-01.wav").write_bytes(content)
    (data_dir / "03-01-07-01-01-01-01.wav").write_bytes(b"no sound")
    # A folder that cannot be made, because a file has its name.
    with pytest.raises(StorageError, match=r"network_map\.npz"):
        build_network_map(data_dir, DEFAULT_MODEL_DIR, data_dir / "03-01-07-01-01-01-01.wav" / NETWORK_MAP)
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
