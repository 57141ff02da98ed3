"""Speech or not: a logistic regression on the network's embedding.

The recogniser always names one of eight emotions, for music and tones too. The embedding that it computes anyway
separates speech from other sounds, so the decision costs one dot product.
``ser_core.training.speech_detector_training`` fits the weights and measures them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from scipy.special import expit

from ser_core.errors import ModelError

SPEECH_DETECTOR_NAME = "speech_detector.npz"

# With a lower probability, a clip is not speech. Of each corpus, at least 95 % of the clips pass a detector that was
# fitted without that corpus.
MIN_SPEECH_PROBABILITY = 0.5


@dataclass(frozen=True, eq=False)
class SpeechDetector:
    """A linear classifier of embeddings.

    Parameters
    ----------
    weights : np.ndarray [shape=(n,)]
        One weight for each number of the embedding.
    bias : float
        Added to the weighted sum.
    network_sha256 : str
        SHA-256 of the LiteRT network whose embeddings the weights belong to.
    """

    weights: np.ndarray
    bias: float
    network_sha256: str

    def probability(self, embedding: np.ndarray) -> float:
        """Return the probability that a clip is speech, from its embedding [shape=(n,)]."""
        return float(expit(embedding @ self.weights + self.bias))

    def write(self, path: Path) -> None:
        """Write the detector as a NumPy archive."""
        np.savez(
            path,
            weights=self.weights.astype(np.float32),
            bias=np.float32(self.bias),
            network_sha256=np.array(self.network_sha256),
        )


def read_speech_detector(model_dir: Path, network_sha256: str) -> SpeechDetector | None:
    """Read the speech detector of a model folder.

    Parameters
    ----------
    model_dir : Path
        The model folder.
    network_sha256 : str
        SHA-256 of the folder's LiteRT network.

    Returns
    -------
    SpeechDetector or None
        None where the folder has no detector: then every sound is treated as speech.

    Raises
    ------
    ModelError
        If the file is damaged, or belongs to another network.
    """
    path = model_dir / SPEECH_DETECTOR_NAME
    if not path.exists():
        return None
    try:
        # Opened here, because NumPy does not close a file that is no archive.
        with path.open("rb") as file, np.load(file) as arrays:
            detector = SpeechDetector(arrays["weights"], float(arrays["bias"]), str(arrays["network_sha256"]))
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise ModelError(
            f"The speech detector is damaged ({type(error).__name__})",
            expected=f"{SPEECH_DETECTOR_NAME}, as the fit-speech-detector command writes it",
            advice="Restore the model folder from the project, or run that command",
        ) from error
    if detector.network_sha256 != network_sha256:
        raise ModelError(
            "The speech detector belongs to another network",
            expected="a speech detector that was fitted to this network's embeddings",
            advice="Run the fit-speech-detector command for this model folder",
        )
    return detector
