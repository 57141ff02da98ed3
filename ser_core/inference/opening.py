"""Opening a network whose verdicts are those of the pages and the command line."""

from __future__ import annotations

from pathlib import Path

from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.inference.speech_detector import SPEECH_DETECTOR_NAME


def open_recognizer(
    model_dir: Path = DEFAULT_MODEL_DIR, threads: int | None = None, shipped: Recognizer | None = None
) -> Recognizer:
    """Open a network that does not judge music, tones and noise.

    A model folder without a speech detector, such as that of ``seed_cnn``, takes the decision of the network that
    ships. So a recording that is not speech is refused with every network.

    Parameters
    ----------
    model_dir, threads
        As for ``Recognizer``.
    shipped : Recognizer, optional
        The network that ships, where it is open already.

    Raises
    ------
    ModelError
        As for ``Recognizer``.
    """
    if (model_dir / SPEECH_DETECTOR_NAME).exists():
        return Recognizer(model_dir, threads)
    return Recognizer(model_dir, threads, shipped or Recognizer(threads=threads))
