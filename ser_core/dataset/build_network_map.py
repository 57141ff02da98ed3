"""Building the committed network map: ``python -m ser_core network-map`` runs ``build_network_map``."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.atomic_write import replace_when_complete
from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.clip_list import available_recordings
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.sound_map import SoundMap
from ser_core.inference.embedder import Embedder


def build_network_map(data_dir: Path, model_dir: Path, out_file: Path) -> NetworkMap:
    """Compute the embedding of every available clip of the Kaggle set, and write the map that is fitted to them.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.
    model_dir : Path
        The network's model folder.
    out_file : Path
        The ``.npz`` file to write.

    Returns
    -------
    NetworkMap

    Raises
    ------
    CorpusError
        If the folder holds no recordings that can be used.
    ModelError
        If the network cannot be used.
    StorageError
        If the file cannot be written.
    TrainingError
        If no recording can be read.
    """
    network_sha256 = Embedder(model_dir).config.network_sha256
    recordings = available_recordings(data_dir)
    embeddings, _, is_readable = map_clips(partial(embed, model_dir), data_dir, recordings["path"].tolist())
    axes = SoundMap.fit(embeddings)
    clips = pd.Index(recordings.loc[is_readable, "clip"], name="clip")
    places = pd.DataFrame(axes.place(embeddings), index=clips, columns=["x", "y"])
    network_map = NetworkMap(axes, places, network_sha256)
    with replace_when_complete(out_file) as temporary:
        network_map.save(temporary)
    return network_map


def embed(model_dir: Path, clip: Audio) -> np.ndarray:
    """Return the network's embedding of a clip.

    Parameters
    ----------
    model_dir : Path
        The network's model folder.
    clip : Audio
        The clip.

    Returns
    -------
    np.ndarray [shape=(1, n_units), dtype=float32]
        One row, as ``map_clips`` needs it.

    Raises
    ------
    ModelError
        If the network cannot be used.
    """
    return _embedder(model_dir).embed(clip).astype(np.float32)[None]


@cache
def _embedder(model_dir: Path) -> Embedder:
    return Embedder(model_dir)
