"""Official CREMA-D files, fetched from the corpus's own public repository when somebody wants one."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.errors import SampleError
from ser_core.samples.fetching import Fetcher, could_not_be_fetched
from ser_core.samples.manifest import CREMA_D_CREDIT, Listing
from ser_core.samples.sample import WHO, Sample, title

if TYPE_CHECKING:
    import pooch

_APP_CACHE = "ser-app"
_CLIPS_IN_MEMORY = 16


class CremaD:
    """The clips of the manifest, each checked against its official hash and kept on disk once fetched.

    Where the disk is full or closed to us, the last few clips are kept in memory instead.

    Parameters
    ----------
    listings : sequence of Listing
        The manifest.
    base_url : str
        What stands before a listing's path in its address.
    cache_dir : Path or None
        Where fetched files are kept. None is the place that the operating system has for such files.
    fetcher : Fetcher
        Gets a file's bytes, or raises ``SampleError``.
    """

    def __init__(self, listings: Sequence[Listing], *, base_url: str, cache_dir: Path | None, fetcher: Fetcher) -> None:
        self._base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._cache_dir = cache_dir
        self._fetcher = fetcher
        self._listings = {f"crema-d/{listing.name}": listing for listing in listings}
        self._in_memory: OrderedDict[str, bytes] = OrderedDict()
        self._memory_lock = threading.Lock()
        self.samples = tuple(_describe(sample_id, listing) for sample_id, listing in self._listings.items())
        self.description = (
            f"{len(self.samples)} recordings of actors from CREMA-D, fetched from its public repository when chosen"
        )

    def load(self, sample: Sample) -> bytes:
        """Return the official WAV file, from the cache or from the repository.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.

        Returns
        -------
        bytes

        Raises
        ------
        SampleError
            If the file is not at hand and cannot be fetched, or is not the official one.
        """
        listing = self._listings[sample.sample_id]
        content = self._recall(listing)
        if content is not None:
            return content
        download = _Download(self._fetcher, listing.n_bytes)
        try:
            return Path(self._cache.fetch(listing.path, downloader=download)).read_bytes()
        except ValueError as error:
            raise _not_official() from error
        except OSError:
            # The disk's fault, not the server's: what came from there is as good as ever.
            content = download.content or self._fetcher.fetch(self._base_url + listing.path, listing.n_bytes)
            if hashlib.sha256(content).hexdigest() != listing.sha256:
                raise _not_official() from None
            self._keep(listing, content)
            return content

    @cached_property
    def _cache(self) -> pooch.Pooch:
        # Takes a fifth of a second to import, and most visits fetch nothing.
        import pooch

        return pooch.create(
            path=self._cache_dir or pooch.os_cache(_APP_CACHE),
            base_url=self._base_url,
            registry={item.path: f"sha256:{item.sha256}" for item in self._listings.values()},
        )

    def _recall(self, listing: Listing) -> bytes | None:
        with self._memory_lock:
            if listing.path in self._in_memory:
                self._in_memory.move_to_end(listing.path)
            return self._in_memory.get(listing.path)

    def _keep(self, listing: Listing, content: bytes) -> None:
        with self._memory_lock:
            self._in_memory[listing.path] = content
            if len(self._in_memory) > _CLIPS_IN_MEMORY:
                self._in_memory.popitem(last=False)


class _Download:
    """What pooch calls to download a file; keeps the content for the case that the disk does not take it."""

    def __init__(self, fetcher: Fetcher, n_bytes: int) -> None:
        self._fetcher = fetcher
        self._n_bytes = n_bytes
        self.content: bytes | None = None

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        self.content = self._fetcher.fetch(url, self._n_bytes)
        Path(output_file).write_bytes(self.content)


def _describe(sample_id: str, listing: Listing) -> Sample:
    return Sample(
        sample_id=sample_id,
        title=title(WHO[listing.sex], str(listing.age_years), listing.emotion),
        emotion=listing.emotion,
        origin="crema-d",
        speaker=listing.speaker,
        sex=listing.sex,
        age_years=listing.age_years,
        sentence=listing.sentence,
        note=listing.note,
        credit=CREMA_D_CREDIT,
    )


def _not_official() -> SampleError:
    return could_not_be_fetched("what came is not the official recording")
