"""The notebooks of examples/ run from their first cell to their last one."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests.harness.paths import ROOT

NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))

# What makes a notebook slow -> what is enough for a test.
SHORTER = {"N_CLIPS, N_EPOCHS = 1_200, 20": "N_CLIPS, N_EPOCHS = 200, 1"}


@pytest.fixture(autouse=True)
def no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))


def cells(notebook: Path, kind: str) -> list[str]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == kind]


@pytest.mark.tensorflow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_all_cells_run(notebook: Path) -> None:
    namespace: dict[str, object] = {}
    for source in cells(notebook, "code"):
        for long, short in SHORTER.items():
            source = source.replace(long, short)
        exec(compile(source, notebook.name, "exec"), namespace)
    if "results" in namespace:
        results = namespace["results"]
        assert isinstance(results, dict)
        assert all(0.0 <= uar <= 1.0 for _, uar in results.values())
    else:
        cues = namespace["cues"]
        assert isinstance(cues, dict)
        assert np.isfinite(cues["angry"].pitch_hz)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_results(notebook: Path) -> None:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in content["cells"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shortens_nothing_that_it_does_not_have(notebook: Path) -> None:
    code = "\n".join(cells(notebook, "code"))
    assert ("N_EPOCHS" in code) == any(long in code for long in SHORTER)
