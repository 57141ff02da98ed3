"""Official CREMA-D files, fetched from the corpus' public repositories when a visitor chooses them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.samples.fetching import FetchError
from ser_core.samples.manifest import CREMA_D_CREDIT, Listing
from ser_core.samples.mirrors import Mirrors
from ser_core.samples.sample import SPEAKER_WORDS, Sample, title

if TYPE_CHECKING:
    import pooch

_APP_CACHE = "ser-app"
_MAX_CLIPS_IN_MEMORY = 16


class CremaD:
    """The clips of the manifest. Each is checked against its official hash, and kept on disk once fetched.

    Where the disk is full or not writable, the latest clips are kept in memory instead.

    Parameters
    ----------
    listings : sequence of Listing
        The manifest.
    mirrors : Mirrors
        The sources of the files.
    cache_dir : Path or None
        Folder for fetched files. None is the operating system's cache folder of the user.
    """

    def __init__(self, listings: Sequence[Listing], mirrors: Mirrors, cache_dir: Path | None) -> None:
        self._mirrors = mirrors
        self._cache_dir = cache_dir
        self._listings = {f"crema-d/{listing.name}": listing for listing in listings}
        self._in_memory: OrderedDict[str, bytes] = OrderedDict()
        self._memory_lock = threading.Lock()
        self.samples = tuple(_as_sample(sample_id, listing) for sample_id, listing in self._listings.items())
        self.description = (
            f"{len(self.samples)} recordings of actors from CREMA-D, fetched from its public repository when chosen"
        )

    def load(self, sample: Sample) -> bytes:
        """Return the official WAV file, from the cache or from the first source that delivers it.

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
            If the file is not in the cache and no source delivers it.
        """
        listing = self._listings[sample.sample_id]
        content = self._recall(listing)
        if content is not None:
            return content
        download = _Download(self._mirrors, listing)
        try:
            return Path(self._cache.fetch(listing.path, downloader=download)).read_bytes()
        except ValueError as error:
            raise FetchError("the file in the cache is not the official recording") from error
        except OSError:
            # The disk failed, not the source: the downloaded content is good.
            content = download.content or self._mirrors.fetch(listing)
            self._remember(listing, content)
            return content

    def is_available(self, sample: Sample) -> bool:
        """Return whether a clip is stored here, or a source is expected to deliver it.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.

        Returns
        -------
        bool
            False where the clip is not stored here and the latest download from every source failed a moment ago.
        """
        if self._mirrors.are_working:
            return True
        return self.is_stored(sample)

    def is_at_hand(self, sample: Sample) -> bool:
        """Return whether a clip is stored here; see ``is_stored``."""
        return self.is_stored(sample)

    def is_stored(self, sample: Sample) -> bool:
        """Return whether a clip is in the cache on disk or in memory."""
        listing = self._listings[sample.sample_id]
        return listing.path in self._in_memory or (Path(self._cache.path) / listing.path).is_file()

    def check_sources(self) -> dict[str, str | None]:
        """Download the manifest's first file from every source; see ``Mirrors.check``."""
        return self._mirrors.check(next(iter(self._listings.values())))

    @cached_property
    def _cache(self) -> pooch.Pooch:
        # Imported here because it takes a fifth of a second, and most visits fetch nothing.
        import pooch

        return pooch.create(
            path=self._cache_dir or pooch.os_cache(_APP_CACHE),
            # The addresses are the mirrors': see _Download.
            base_url="",
            registry={listing.path: f"sha256:{listing.sha256}" for listing in self._listings.values()},
        )

    def _recall(self, listing: Listing) -> bytes | None:
        with self._memory_lock:
            if listing.path in self._in_memory:
                self._in_memory.move_to_end(listing.path)
            return self._in_memory.get(listing.path)

    def _remember(self, listing: Listing, content: bytes) -> None:
        with self._memory_lock:
            self._in_memory[listing.path] = content
            if len(self._in_memory) > _MAX_CLIPS_IN_MEMORY:
                self._in_memory.popitem(last=False)


class _Download:
    """The download function for pooch. It keeps the content, in case the disk cannot store it."""

    def __init__(self, mirrors: Mirrors, listing: Listing) -> None:
        self._mirrors = mirrors
        self._listing = listing
        self.content: bytes | None = None

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        self.content = self._mirrors.fetch(self._listing)
        Path(output_file).write_bytes(self.content)


def _as_sample(sample_id: str, listing: Listing) -> Sample:
    return Sample(
        sample_id=sample_id,
        title=title(SPEAKER_WORDS[listing.sex], str(listing.age_years), listing.emotion),
        emotion=listing.emotion,
        origin="crema-d",
        speaker=listing.speaker,
        sex=listing.sex,
        age_years=listing.age_years,
        sentence=listing.sentence,
        note=listing.note,
        credit=CREMA_D_CREDIT,
        votes=listing.votes,
    )
