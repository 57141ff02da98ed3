"""Fixtures of tests in several folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pylibsrtp  # noqa: F401 -- before TensorFlow: its import crashes after TensorFlow's OpenSSL is loaded
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ
from tests.harness.paths import ROOT
from tests.harness.recordings import sine


@pytest.fixture(scope="session")
def corpora_dir() -> Path:
    """The folder with the real recordings: ``SER_DATA_DIR``, or ``shared/corpora`` beside the project."""
    default = ROOT.parent / "shared" / "corpora"
    folder = Path(os.environ.get("SER_DATA_DIR") or default)
    if not folder.is_dir():
        pytest.skip("no real recordings on this machine: set SER_DATA_DIR to a folder with the corpora")
    return folder


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Restore ``__main__``. AppTest leaves its page there, and a process that is spawned later would run that page."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def tone() -> npt.NDArray[np.float32]:
    """Return one second of a 440 Hz tone at half of full scale, 16 kHz mono [shape=(16000,)]."""
    return sine(1.0, SAMPLE_RATE_HZ)[:, 0]
