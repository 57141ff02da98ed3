"""The network's embedding of a clip: the activations from which its last layers compute the logits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.inference.calibration import pool_windows
from ser_core.inference.front_end import from_config
from ser_core.inference.litert_network import EMBEDDING, LOGITS, VOICE, LiteRTNetwork
from ser_core.inference.model_files import read_model
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR


class Embedder:
    """Computes embeddings of clips; safe to share between threads.

    Parameters
    ----------
    model_dir : Path, optional
        A model folder, as ``export_network`` writes it; the shipped network by default.

    Raises
    ------
    ModelError
        If the folder's files are missing, damaged, or do not belong together.
    """

    def __init__(self, model_dir: Path = DEFAULT_MODEL_DIR) -> None:
        self.config, content = read_model(Path(model_dir))
        self._front_end = from_config(self.config.front_end)
        self._network = LiteRTNetwork(content, self._front_end.input_shape)

    def embed(self, audio: Audio) -> np.ndarray:
        """Return a clip's embedding: the mean over its windows, weighted by their share of sound.

        Parameters
        ----------
        audio : Audio
            The clip.

        Returns
        -------
        np.ndarray [shape=(n,)]
            As in ``describe``.
        """
        return self.describe(audio)[0]

    def detector_input(self, audio: Audio) -> np.ndarray:
        """Return the input of the speech detector for a clip [shape=(n,)].

        It is the output ``VOICE`` if the network has one, otherwise the embedding. The embedding of ``ser_whisper`` is
        not used, because it depends on the voice profile: whether a clip is speech must not depend on that.
        """
        windows = self._front_end.windows(audio)
        (outputs,) = self._network.run(windows.inputs, VOICE if self._network.voice_size else EMBEDDING)
        return pool_windows(outputs, windows.weight)

    def describe(self, audio: Audio) -> tuple[np.ndarray, np.ndarray]:
        """Return a clip's embedding and its logits.

        Parameters
        ----------
        audio : Audio
            The clip.

        Returns
        -------
        embedding : np.ndarray [shape=(n,)]
            1,152 numbers for ``ser_whisper``, 2,304 for ``ser_cnn``, 32 for ``seed_cnn``.
        logits : np.ndarray [shape=(8,)]
            Before calibration, in the order of ``LABELS``.
        """
        windows = self._front_end.windows(audio)
        embeddings, logits = self._network.run(windows.inputs, EMBEDDING, LOGITS)
        return pool_windows(embeddings, windows.weight), pool_windows(logits, windows.weight)
