"""Settings of the sample library."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ser_core.paths import SAMPLES_DIR

# GitHub's address for the Git LFS files of CREMA-D's own repository. The repository has a monthly budget for such
# downloads; when it is used up, GitHub sends no file to anyone. The mirror is the corpus authors' own, on GitLab.
GITHUB_URL = "https://media.githubusercontent.com/media/CheyneyComputerScience/CREMA-D/master/"
GITLAB_URL = "https://gitlab.com/cs-cooper-lab/crema-d-mirror/-/raw/main/"
PUBLIC_URLS = (GITHUB_URL, GITLAB_URL)

# In SER_SAMPLES_URL, this word stands for PUBLIC_URLS.
_PUBLIC = "public"


@dataclass(frozen=True)
class SampleSettings:
    """Sources, folders and time limits of the sample library.

    Parameters
    ----------
    data_dir : Path or None
        A folder with corpora, in any layout that ``ser_core.corpora.scan`` reads.
    base_urls : tuple of str
        Sources of the official CREMA-D files, in the order in which they are tried: the part of a file's address
        before ``AudioWAV/1013_IEO_ANG_MD.wav``. Empty: nothing is fetched.
    cache_dir : Path or None
        Folder for fetched files. None is the operating system's cache folder of the user.
    timeout_s : float
        Time limit of one download from one source, from the request to the last byte.
    pause_s : float
        Time without requests to a source after it failed.
    samples_dir : Path
        Folder of the committed samples: CREMA-D's manifest and the computer voices.
    """

    data_dir: Path | None = None
    base_urls: tuple[str, ...] = PUBLIC_URLS
    cache_dir: Path | None = None
    timeout_s: float = 8.0
    pause_s: float = 60.0
    samples_dir: Path = SAMPLES_DIR

    @classmethod
    def from_environment(cls) -> SampleSettings:
        """Read the settings ``SER_DATA_DIR``, ``SER_SAMPLES_URL`` and ``SER_SAMPLES_CACHE``.

        ``SER_SAMPLES_URL`` is a list of sources, separated by spaces or commas. The word ``public`` stands for the two
        public sources, and an empty list turns fetching off.

        Returns
        -------
        SampleSettings
        """
        data_dir = os.environ.get("SER_DATA_DIR")
        cache_dir = os.environ.get("SER_SAMPLES_CACHE")
        return cls(
            data_dir=Path(data_dir) if data_dir else None,
            base_urls=_read_urls(os.environ.get("SER_SAMPLES_URL", _PUBLIC)),
            cache_dir=Path(cache_dir) if cache_dir else None,
        )


def _read_urls(text: str) -> tuple[str, ...]:
    entries = [entry for entry in re.split(r"[\s,]+", text) if entry]
    urls = [url for entry in entries for url in (PUBLIC_URLS if entry == _PUBLIC else (entry,))]
    return tuple(dict.fromkeys(urls))
