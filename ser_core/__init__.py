"""Emotion in speech: from a recording to eight probabilities, and everything in between.

>>> from ser_core import Recognizer, load_audio
>>> Recognizer().predict(load_audio("clip.wav")).emotion  # doctest: +SKIP
'happy'
"""

from ser_core.audio import load_audio
from ser_core.features import extract_features
from ser_core.recognizer import Recognizer

__version__ = "1.0.0"

__all__ = ["Recognizer", "extract_features", "load_audio"]
