"""The same files from several sources: each file is taken from the first source that delivers it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from ser_core.samples.fetching import Fetcher, FetchError, host_of
from ser_core.samples.manifest import Listing

# GitLab redirects a download of a Git LFS file to its object storage, which is there.
_STORAGE_HOSTS = ("storage.googleapis.com",)


class Mirrors:
    """Sources of the official CREMA-D files, tried in order; the source that delivered last is tried first.

    Parameters
    ----------
    base_urls : sequence of str
        The part of a file's address before ``Listing.path``, for each source.
    timeout_s : float
        Time limit of one download from one source.
    pause_s : float
        Time without requests to a source after it failed.
    """

    def __init__(self, base_urls: Sequence[str], timeout_s: float, pause_s: float) -> None:
        hosts = {*_STORAGE_HOSTS, *map(host_of, base_urls)}
        self._sources = [_Source(url, Fetcher(timeout_s, pause_s, hosts), pause_s) for url in base_urls]
        self._preferred = self._sources[0]

    @property
    def are_working(self) -> bool:
        """False where the latest download from every source failed a moment ago."""
        return any(not source.failed_recently for source in self._sources)

    def fetch(self, listing: Listing) -> bytes:
        """Return an official file. Safe to call from several threads.

        Parameters
        ----------
        listing : Listing
            The file.

        Returns
        -------
        bytes
            Content with the official hash.

        Raises
        ------
        FetchError
            If no source delivers the file.
        """
        preferred = self._preferred
        errors: dict[str, FetchError] = {}
        for source in (preferred, *(source for source in self._sources if source is not preferred)):
            try:
                content = source.fetch(listing)
            except FetchError as error:
                errors[source.base_url] = error
            else:
                self._preferred = source
                return content
        if len(errors) == 1:
            raise errors[preferred.base_url]
        reasons = "; ".join(f"{host_of(base_url)}: {error.reason}" for base_url, error in errors.items())
        raise FetchError(reasons) from errors[preferred.base_url]

    def check(self, listing: Listing) -> dict[str, str | None]:
        """Download one file from every source.

        Parameters
        ----------
        listing : Listing
            The file.

        Returns
        -------
        dict of str to (str or None)
            By base address: None where the source delivered the official file, else the reason why not.
        """
        reasons: dict[str, str | None] = {}
        for source in self._sources:
            try:
                source.fetch(listing)
                reasons[source.base_url] = None
            except FetchError as error:
                reasons[source.base_url] = error.reason
        return reasons


class _Source:
    """One source, with the time of its latest failure."""

    def __init__(self, base_url: str, fetcher: Fetcher, pause_s: float) -> None:
        self.base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._fetcher = fetcher
        self._pause_s = pause_s
        self._failed_at_s = float("-inf")

    @property
    def failed_recently(self) -> bool:
        return time.monotonic() < self._failed_at_s + self._pause_s

    def fetch(self, listing: Listing) -> bytes:
        try:
            content = self._fetcher.fetch(self.base_url + listing.path, listing.n_bytes)
            if hashlib.sha256(content).hexdigest() != listing.sha256:
                raise FetchError("the file is not the official recording")
        except FetchError:
            self._failed_at_s = time.monotonic()
            raise
        self._failed_at_s = float("-inf")
        return content
