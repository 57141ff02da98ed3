"""A data folder for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.corpora.examples import Plant


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make empty files (or files of the given text) under a fresh folder, which is returned."""

    def make(*paths: str, text: str = "") -> Path:
        for path in paths:
            file = tmp_path / "data" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tmp_path / "data"

    return make
