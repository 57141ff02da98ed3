"""The original project's recipe, implemented again for comparison.

``librosa.load``, then five features, each computed from the waveform and averaged over time, then ``model.predict``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_core.inference.front_end import from_config
from ser_core.inference.model_files import read_model
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.paths import MODELS_DIR

NETWORK_DIR = MODELS_DIR / "seed_cnn"


class OriginalRecipe:
    """Recognises emotion as the original project does, with its network as trained in this project."""

    def __init__(self) -> None:
        import keras
        import librosa

        self._librosa = librosa
        self._network = keras.saving.load_model(NETWORK_DIR / "network.keras", compile=False, safe_mode=True)
        front_end = from_config(read_model(NETWORK_DIR)[0].front_end)
        assert isinstance(front_end, SummaryFrontEnd)
        self._scaler = front_end

    def features(self, path: Path) -> npt.NDArray[np.float32]:
        """Return a recording's features: zero crossings, chroma, MFCC, RMS and mel, averaged over time.

        Parameters
        ----------
        path : Path
            The recording.

        Returns
        -------
        np.ndarray [shape=(162,)]
        """
        librosa = self._librosa
        samples, rate_hz = librosa.load(path)
        zero_crossings = librosa.feature.zero_crossing_rate(y=samples)
        chroma = librosa.feature.chroma_stft(S=np.abs(librosa.stft(samples)), sr=rate_hz)
        mfcc = librosa.feature.mfcc(y=samples, sr=rate_hz)
        rms = librosa.feature.rms(y=samples)
        mel = librosa.feature.melspectrogram(y=samples, sr=rate_hz)
        return np.concatenate([feature.mean(axis=1) for feature in (zero_crossings, chroma, mfcc, rms, mel)])

    def predict(self, path: Path) -> int:
        """Return the index of the label with the largest probability."""
        network_input = self._scaler.standardise(self.features(path)[None])
        return int(self._network.predict(network_input, verbose=0).argmax())
