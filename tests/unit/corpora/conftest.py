"""A data folder for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.corpora.examples import Plant


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make files under a fresh folder, which is returned. Each file has its own content, unless it is given."""

    def make(*paths: str, text: str | None = None) -> Path:
        for path in paths:
            file = tmp_path / "data" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path if text is None else text)
        return tmp_path / "data"

    return make
