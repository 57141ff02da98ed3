"""Emotion in speech: from a recording to eight probabilities, and everything in between.

>>> from ser_core import Recognizer, load_audio
>>> Recognizer().predict(load_audio("clip.wav")).emotion  # doctest: +SKIP
'happy'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ser_core.audio import load_audio
    from ser_core.features import extract_features
    from ser_core.recognizer import Recognizer

__version__ = "1.0.0"

__all__ = ["Recognizer", "extract_features", "load_audio"]

_MODULE_OF = {"load_audio": "audio", "extract_features": "features", "Recognizer": "recognizer"}


def __getattr__(name: str) -> Any:
    """Import what is asked for, and only then: whoever needs the labels or the errors alone waits for nothing else."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
