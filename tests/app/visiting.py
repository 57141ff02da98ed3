"""What a visitor does on any page, under AppTest."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import soundfile
from streamlit.testing.v1 import AppTest

OpenApp = Callable[..., AppTest]


def wav(samples: np.ndarray, sample_rate_hz: int = 16_000) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, sample_rate_hz, format="WAV", subtype="PCM_16")
    return file.getvalue()


def go(app: AppTest, way: str) -> AppTest:
    return app.get_by_key("way_in").set_value(way).run()


def upload(app: AppTest, name: str, content: bytes, mime: str = "audio/wav") -> AppTest:
    return app.file_uploader[0].set_value((name, content, mime)).run()
