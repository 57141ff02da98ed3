"""Where the sample library looks for clips."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ser_core.paths import SAMPLES_DIR

# The address under which GitHub hands out the Git LFS files of CREMA-D's own repository.
CREMA_D_URL = "https://media.githubusercontent.com/media/CheyneyComputerScience/CREMA-D/master/"


@dataclass(frozen=True)
class SampleSettings:
    """Where the sample library looks, and how long it waits.

    Parameters
    ----------
    data_dir : Path or None
        A folder with corpora, in any layout that ``ser_core.corpora.scan`` reads.
    base_url : str or None
        What stands before ``AudioWAV/1013_IEO_ANG_MD.wav`` in the address of an official CREMA-D file. None
        turns fetching off.
    cache_dir : Path or None
        Where fetched files are kept. None is the place that the operating system has for such files.
    timeout_s : float
        How long one clip may take to fetch, from the request to its last byte.
    pause_s : float
        How long a server that failed is left alone.
    samples_dir : Path
        The committed samples: CREMA-D's manifest and the computer voices.
    """

    data_dir: Path | None = None
    base_url: str | None = CREMA_D_URL
    cache_dir: Path | None = None
    timeout_s: float = 8.0
    pause_s: float = 60.0
    samples_dir: Path = SAMPLES_DIR

    @classmethod
    def from_environment(cls) -> SampleSettings:
        """Read ``SER_DATA_DIR``, ``SER_SAMPLES_URL`` (empty: fetch nothing) and ``SER_SAMPLES_CACHE``.

        Returns
        -------
        SampleSettings
        """
        data_dir = os.environ.get("SER_DATA_DIR")
        cache_dir = os.environ.get("SER_SAMPLES_CACHE")
        return cls(
            data_dir=Path(data_dir) if data_dir else None,
            base_url=os.environ.get("SER_SAMPLES_URL", CREMA_D_URL).strip() or None,
            cache_dir=Path(cache_dir) if cache_dir else None,
        )
