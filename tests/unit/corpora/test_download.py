from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from ser_core.__main__ import main
from ser_core.corpora.download import KAGGLE_SET


def test_the_folder_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = []
    fetch = SimpleNamespace(dataset_download=lambda name: asked.append(name) or "somewhere/versions/1")
    monkeypatch.setitem(sys.modules, "kagglehub", fetch)
    assert main(["download"]) == 0
    assert asked == [KAGGLE_SET]
    assert capsys.readouterr().out == "somewhere/versions/1\n"


def test_without_kaggles_package_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    assert main(["download"]) == 2
    assert "pip install -r requirements-download.txt" in capsys.readouterr().err


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: str) -> str:
        raise ConnectionError("no route")

    monkeypatch.setitem(sys.modules, "kagglehub", SimpleNamespace(dataset_download=fail))
    assert main(["download"]) == 2
    assert "kaggle.com" in capsys.readouterr().err
