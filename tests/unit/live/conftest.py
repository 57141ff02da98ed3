"""Fixtures of the tests of live recognition."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.inference.recognizer import Recognizer
from tests.harness.paths import COMPUTER_VOICES


@pytest.fixture(scope="session")
def recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture(scope="session")
def voice() -> np.ndarray:
    """A sentence of 1.8 s, 16 kHz mono."""
    return load_audio(COMPUTER_VOICES / "angry_female.wav").samples
