"""Packages that the first page, a prediction and a corpus process must not import: they cost time and memory."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.harness.paths import ROOT

APP = ROOT / "app.py"

FIRST_PAGE = (
    "ui.shell.navigation",
    "ui.common.clip",
    "ui.common.engine",
    "ui.common.intake",
    "ui.common.messages",
    "ui.shell.warming",
)
PREDICTION = (
    "ser_core.audio.quality",
    "ui.common.charts",
    "ui.recognise.charts",
    "ui.recognise.downloads",
    "ui.common.trust",
    "ui.common.panels",
    "ui.common.verdict",
)
# The server of "Train your own": only the process of a training imports what trains.
OWN_TRAINING = ("ui.train.host", "ui.train.own_answer", "ui.train.result", "ui.train.running", "ui.train.visit")
CORPUS = ("ser_core.dataset.build_tables", "ser_core.features.cues")

TRAINING = {"tensorflow", "keras", "librosa", "numba"}
# Streamlit needs it for the mark beside the name.
DRAWING = {"numpy"}
ANALYSIS = {"numpy", "scipy", "pandas", "soundfile", "ai_edge_litert"}


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        (FIRST_PAGE, TRAINING | ANALYSIS),
        (PREDICTION, TRAINING | {"sklearn", "scipy.signal", "av"}),
        (OWN_TRAINING, TRAINING | {"sklearn"}),
        (CORPUS, TRAINING | {"sklearn", "scipy.signal", "plotly", "streamlit"}),
    ],
    ids=["first page", "prediction", "own training", "corpus"],
)
def test_modules_do_not_import_heavy_packages(modules: tuple[str, ...], heavy: set[str]) -> None:
    code = f"import sys, {', '.join(modules)}; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_first_page_is_painted_without_importing_the_analysis() -> None:
    code = (
        "import sys; from ui.shell import warming; warming.begin = lambda: None;"
        "from streamlit.testing.v1 import AppTest;"
        f"app = AppTest.from_file({str(APP)!r}, default_timeout=60).run(); assert not app.exception;"
        f"print(sorted({(TRAINING | ANALYSIS) - DRAWING} & set(sys.modules)))"
    )
    environment = {**os.environ, "SER_SAMPLES_URL": ""}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=APP.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_public_names_are_imported_on_first_use_and_others_are_refused() -> None:
    code = "from ser_core import Recognizer, extract_features, load_audio; import ser_core; ser_core.nothing"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "module 'ser_core' has no attribute 'nothing'" in result.stderr
