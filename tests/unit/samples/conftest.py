"""A sample library of generated clips whose official files come from local servers."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ser_core.samples import SampleLibrary, SampleSettings, open_library
from tests.unit.samples.generated_clips import CLIPS, CODES, wav_bytes
from tests.unit.samples.libraries import LONG_S
from tests.unit.samples.local_server import Server, assert_no_transfer_is_running, running_server


@pytest.fixture
def samples_dir(tmp_path: Path) -> Path:
    """Return a folder with a manifest of generated clips and one computer voice."""
    folder = tmp_path / "samples"
    (folder / "computer_voices").mkdir(parents=True)
    columns = ["path", "bytes", "sha256", "emotion", "speaker", "sex", "age_years", "sentence"]
    labels = ["angry", "disgust", "fear", "happy", "neutral", "sad"]
    with (folder / "crema_d_manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *(f"votes_{label}" for label in labels)])
        for path, content in CLIPS.items():
            speaker, sentence, code, _ = Path(path).stem.split("_")
            emotion = CODES[code]
            votes = [7 if label == emotion else 3 if label == "neutral" else 0 for label in labels]
            digest = hashlib.sha256(content).hexdigest()
            writer.writerow([path, len(content), digest, emotion, speaker, "female", 21, sentence, *votes])
    (folder / "computer_voices" / "happy_male.wav").write_bytes(wav_bytes(120.0))
    clip = {"path": "happy_male.wav", "emotion": "happy", "sex": "male", "voice": "x"}
    table = {"synthesiser": "S 1.0", "licence": "free", "sentence": "CUP", "clips": [clip]}
    (folder / "computer_voices" / "voices.json").write_text(json.dumps(table))
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_server() as server:
        yield server
    assert_no_transfer_is_running()


@pytest.fixture
def mirror(server: Server) -> Iterator[Server]:
    """Start a second server with the same files."""
    with running_server() as mirror:
        yield mirror


@pytest.fixture
def settings(samples_dir: Path, server: Server, tmp_path: Path) -> SampleSettings:
    return SampleSettings(
        base_urls=(server.url,), cache_dir=tmp_path / "cache", timeout_s=LONG_S, samples_dir=samples_dir
    )


@pytest.fixture
def library(settings: SampleSettings) -> SampleLibrary:
    return open_library(settings)
