"""Recognises emotion in speech: eight probabilities for a recording. Each step has a public function.

>>> from ser_core import Recognizer, load_audio
>>> Recognizer().predict(load_audio("clip.wav")).emotion  # doctest: +SKIP
'happy'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ser_core.audio.loading import Audio, from_samples, load_audio
    from ser_core.emotions import LABELS
    from ser_core.errors import SerError
    from ser_core.features.extraction import Features, extract_features
    from ser_core.inference.recognizer import Prediction, Recognizer
    from ser_core.inference.verdict import Verdict, find_defects, reach_verdict
    from ser_core.inference.voice_profile import VoiceProfile

__version__ = "1.0.0"

__all__ = [
    "LABELS",
    "Audio",
    "Features",
    "Prediction",
    "Recognizer",
    "SerError",
    "Verdict",
    "VoiceProfile",
    "extract_features",
    "find_defects",
    "from_samples",
    "load_audio",
    "reach_verdict",
]

_MODULE_OF = {
    "LABELS": "emotions",
    "Audio": "audio.loading",
    "Features": "features.extraction",
    "Prediction": "inference.recognizer",
    "Recognizer": "inference.recognizer",
    "SerError": "errors",
    "Verdict": "inference.verdict",
    "VoiceProfile": "inference.voice_profile",
    "find_defects": "inference.verdict",
    "reach_verdict": "inference.verdict",
    "extract_features": "features.extraction",
    "from_samples": "audio.loading",
    "load_audio": "audio.loading",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that ``import ser_core`` loads neither NumPy nor LiteRT."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
