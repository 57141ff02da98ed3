"""The download of the Kaggle set, without a network."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from ser_core.cli import main
from ser_core.corpora.download import KAGGLE_SET


def test_the_folder_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    requested_sets: list[str] = []
    fetch = SimpleNamespace(dataset_download=lambda name: requested_sets.append(name) or "somewhere/versions/1")
    monkeypatch.setitem(sys.modules, "kagglehub", fetch)
    assert main(["download"]) == 0
    assert requested_sets == [KAGGLE_SET]
    assert capsys.readouterr().out == "somewhere/versions/1\n"


def test_without_kaggles_package_the_error_names_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    assert main(["download"]) == 2
    assert "pip install -r requirements-download.txt" in capsys.readouterr().err


def test_without_a_network_the_error_names_kaggle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str) -> str:
        raise ConnectionError("no route")

    monkeypatch.setitem(sys.modules, "kagglehub", SimpleNamespace(dataset_download=fail))
    assert main(["download"]) == 2
    assert "kaggle.com" in capsys.readouterr().err
