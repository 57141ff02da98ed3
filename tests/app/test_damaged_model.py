"""A model's files that are missing, cut off or changed: each page that asks the network says so, and how to mend it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, sha256_of
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from tests.app.visiting import OpenApp, go, upload
from ui.common.intake import UPLOAD

PAGES = ("pages/why.py", "pages/compare.py", "pages/voice_lab.py")


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def changed(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def cut_off_and_signed(file: Path) -> None:
    cut_off(file)
    config = file.parent / CONFIG_NAME
    config.write_text(json.dumps({**json.loads(config.read_text()), "network_sha256": sha256_of(file)}))


HARM = {
    "network missing": (LITERT_NAME, Path.unlink, "missing or unreadable"),
    "config missing": (CONFIG_NAME, Path.unlink, "missing or unreadable"),
    "network cut off": (LITERT_NAME, cut_off, "not the one that its config was written for"),
    "config cut off": (CONFIG_NAME, cut_off, "missing or unreadable"),
    "network changed": (LITERT_NAME, changed, "not the one that its config was written for"),
    "network cut off, its hash mended": (LITERT_NAME, cut_off_and_signed, "cannot be loaded"),
}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped model, which the app is given instead."""
    folder = shutil.copytree(DEFAULT_MODEL_DIR, tmp_path / "model")
    monkeypatch.setattr("ser_core.inference.recognizer.Recognizer", lambda: Recognizer(folder))
    return folder


def expect_kind_words(app: AppTest, said: str, folder: Path) -> None:
    assert not app.exception
    assert said in app.error[0].value
    assert "Restore the model folder" in app.error[0].value
    assert str(folder) not in app.error[0].value


@pytest.mark.parametrize("harm", HARM)
def test_whatever_is_wrong_is_said(open_app: OpenApp, computer_voice: bytes, model: Path, harm: str) -> None:
    name, do_harm, said = HARM[harm]
    do_harm(model / name)
    expect_kind_words(upload(go(open_app(), UPLOAD), "voice.wav", computer_voice), said, model)


def test_every_page_that_asks_the_network_says_so(open_app: OpenApp, computer_voice: bytes, model: Path) -> None:
    changed(model / LITERT_NAME)
    app = upload(go(open_app(), UPLOAD), "voice.wav", computer_voice)
    for page in PAGES:
        expect_kind_words(app.switch_page(page).run(), "not the one that its config was written for", model)
