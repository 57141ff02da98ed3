"""What a first page, an answer and a process of a corpus may not import: it would cost time and memory for nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

FIRST_PAGE = ("ui.navigation", "ui.clip", "ui.engine", "ui.intake", "ui.messages", "ui.warming")
ANSWER = ("ser_core.quality", "ui.charts", "ui.downloads", "ui.honesty", "ui.panels", "ui.verdict")
CORPUS = ("ser_core.inventory.measuring", "ser_core.cues")

TRAINING = {"tensorflow", "keras", "librosa", "numba"}


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        (FIRST_PAGE, TRAINING | {"numpy", "scipy", "pandas", "soundfile", "ai_edge_litert"}),
        (ANSWER, TRAINING | {"sklearn", "scipy.signal", "av"}),
        (CORPUS, TRAINING | {"sklearn", "scipy.signal", "plotly", "streamlit"}),
    ],
    ids=["first page", "answer", "corpus"],
)
def test_imports_stay_light(modules: tuple[str, ...], heavy: set[str]) -> None:
    code = f"import sys, {', '.join(modules)}; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_library_is_imported_by_name_as_before() -> None:
    code = "from ser_core import Recognizer, extract_features, load_audio; import ser_core; ser_core.nothing"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "module 'ser_core' has no attribute 'nothing'" in result.stderr
