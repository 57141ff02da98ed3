"""What tests of several folders share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pylibsrtp  # noqa: F401 -- before TensorFlow: it dies at its start where TensorFlow's OpenSSL is there first
import pytest

SAMPLE_RATE_HZ = 16_000


@pytest.fixture(scope="session")
def corpora_dir() -> Path:
    """The folder with the real recordings: ``SER_DATA_DIR``, or ``shared/corpora`` beside the project."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("SER_DATA_DIR") or beside)
    if not folder.is_dir():
        pytest.skip("no real recordings here: set SER_DATA_DIR to a folder with the corpora")
    return folder


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put ``__main__`` back, which AppTest leaves as the page it ran: processes spawned later would run it too."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def tone() -> np.ndarray:
    """One second of a 440 Hz tone at half of full scale, 16 kHz, float32."""
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return (0.5 * np.sin(2 * np.pi * 440.0 * time_s)).astype(np.float32)
