"""Every clip of the target set that is at hand, sent through a network and placed on its map.

``python -m ser_core network-map`` runs ``build``.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from ser_core.dataset.network_map import NetworkMap
from ser_core.dataset.sound_map import SoundMap
from ser_core.dataset.target import at_hand
from ser_core.inference.embedder import Embedder


def build(data_dir: Path, model_dir: Path, out_file: Path) -> NetworkMap:
    """Send every clip of the target set that is at hand through a network, and write the map.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.
    model_dir : Path
        The network's.
    out_file : Path
        Where the map goes, an ``.npz`` file.

    Raises
    ------
    CorpusError
        If the folder holds no recordings that we know.
    ModelError
        If the network cannot be used.
    TrainingError
        If no recording can be read.
    """
    network_sha256 = Embedder(model_dir).config.network_sha256
    clips = at_hand(data_dir)
    described, _, readable = map_clips(partial(describe, model_dir), data_dir, clips["path"].tolist())
    axes = SoundMap.fit(described)
    names = pd.Index(clips.loc[readable, "clip"], name="clip")
    found = NetworkMap(axes, pd.DataFrame(axes.place(described), index=names, columns=["x", "y"]), network_sha256)
    out_file.parent.mkdir(parents=True, exist_ok=True)
    found.save(out_file)
    return found


def describe(model_dir: Path, clip: Audio) -> np.ndarray:
    """Return what a network makes of a recording [shape=(1, n)]."""
    return _embedder(model_dir).embed(clip).astype(np.float32)[None]


@cache
def _embedder(model_dir: Path) -> Embedder:
    return Embedder(model_dir)
