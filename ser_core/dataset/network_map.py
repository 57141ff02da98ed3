"""The network map: the clips placed by the network's embedding, the input of its last layer.

A map belongs to one network. It stores the SHA-256 of that network's file, and is never used with another network.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.dataset.sound_map import SoundMap

_DECIMALS = 3


@dataclass(frozen=True, eq=False)
class NetworkMap:
    """The place of each clip on the network map, and the axes that place further clips on it.

    Parameters
    ----------
    axes : SoundMap
        Places embeddings, as ``Embedder.embed`` returns them.
    places : pandas.DataFrame
        Columns ``x`` and ``y``, indexed by ``clip``, the official name.
    network_sha256 : str
        SHA-256 of the network's LiteRT file.
    """

    axes: SoundMap
    places: pd.DataFrame
    network_sha256: str

    def save(self, path: Path) -> None:
        """Write the map as an ``.npz`` file."""
        arrays = {
            **self.axes.as_arrays(),
            "clips": self.places.index.to_numpy(dtype="U"),
            "places": self.places.to_numpy(np.float32).round(_DECIMALS),
            "network_sha256": np.array(self.network_sha256),
        }
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> NetworkMap:
        """Read a map that ``save`` wrote.

        Parameters
        ----------
        path : Path
            The ``.npz`` file.

        Raises
        ------
        OSError, ValueError or KeyError
            If the file is missing or damaged.
        """
        with np.load(path) as arrays:
            places = pd.DataFrame(arrays["places"], index=pd.Index(arrays["clips"], name="clip"), columns=["x", "y"])
            return cls(SoundMap.from_arrays(arrays), places, str(arrays["network_sha256"]))
