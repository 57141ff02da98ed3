"""The network's own sound map: each clip by the numbers from which the network's last layer makes its answer.

Another network, another map: it knows whose it is, and is not used with any other.
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
    """Where each clip lies, and what places another among them.

    Parameters
    ----------
    axes : SoundMap
        Places descriptions as ``Embedder`` gives them.
    places : pandas.DataFrame
        ``x`` and ``y``, indexed by ``clip``, the official name.
    network_sha256 : str
        Of the network's LiteRT file.
    """

    axes: SoundMap
    places: pd.DataFrame
    network_sha256: str

    def save(self, path: Path) -> None:
        """Write the map as an ``.npz`` file."""
        np.savez_compressed(
            path,
            **self.axes.as_arrays(),
            clips=self.places.index.to_numpy(dtype="U"),
            places=self.places.to_numpy(np.float32).round(_DECIMALS),
            network_sha256=np.array(self.network_sha256),
        )

    @classmethod
    def load(cls, path: Path) -> NetworkMap:
        """Read what ``save`` wrote."""
        with np.load(path) as arrays:
            places = pd.DataFrame(arrays["places"], index=pd.Index(arrays["clips"], name="clip"), columns=["x", "y"])
            return cls(SoundMap.of_arrays(arrays), places, str(arrays["network_sha256"]))
