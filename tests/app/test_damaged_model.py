"""Missing, truncated or changed model files: each page that uses the network shows an error with advice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, sha256_of
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from tests.app.visiting import OpenApp, choose_way_in, upload
from ui.common.intake import UPLOAD

PAGES = ("pages/why.py", "pages/compare.py", "pages/voice_lab.py")


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def change(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def truncate_and_update_hash(file: Path) -> None:
    truncate(file)
    config = file.parent / CONFIG_NAME
    config.write_text(json.dumps({**json.loads(config.read_text()), "network_sha256": sha256_of(file)}))


# File, function that damages it, and the error message.
DAMAGE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "network missing": (LITERT_NAME, Path.unlink, "missing or unreadable"),
    "config missing": (CONFIG_NAME, Path.unlink, "missing or unreadable"),
    "network truncated": (LITERT_NAME, truncate, "not the one that its config was written for"),
    "config truncated": (CONFIG_NAME, truncate, "missing or unreadable"),
    "network changed": (LITERT_NAME, change, "not the one that its config was written for"),
    "network truncated, hash updated": (LITERT_NAME, truncate_and_update_hash, "cannot be loaded"),
}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the committed model, which the app uses in this test."""
    folder = shutil.copytree(DEFAULT_MODEL_DIR, tmp_path / "model")
    monkeypatch.setattr("ser_core.inference.opening.Recognizer", lambda *_: Recognizer(folder))
    return folder


def expect_error(app: AppTest, message: str, folder: Path) -> None:
    assert not app.exception
    assert message in app.error[0].value
    assert "Restore the model folder" in app.error[0].value
    assert str(folder) not in app.error[0].value


@pytest.mark.parametrize("damage", DAMAGE)
def test_any_damage_is_shown_as_an_error(open_app: OpenApp, computer_voice: bytes, model: Path, damage: str) -> None:
    name, apply_damage, message = DAMAGE[damage]
    apply_damage(model / name)
    expect_error(upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice), message, model)


def test_every_page_that_uses_the_network_shows_the_error(
    open_app: OpenApp, computer_voice: bytes, model: Path
) -> None:
    change(model / LITERT_NAME)
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    for page in PAGES:
        expect_error(app.switch_page(page).run(), "not the one that its config was written for", model)
