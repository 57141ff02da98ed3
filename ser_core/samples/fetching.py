"""Download of a small file over HTTP. The limits on time and size hold for any behaviour of the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from concurrent.futures import Future
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ser_core.errors import SampleError

if TYPE_CHECKING:
    import requests

TRANSFER_THREAD = "sample-transfer"

_MAX_REDIRECTS = 4
_MAX_TRANSFERS = 4
_BLOCK_BYTES = 16_384
_OK = 200
_MISSING = (404, 410)
_LFS_POINTER = b"version https://git-lfs"


class FetchError(SampleError):
    """A source does not deliver a clip.

    Parameters
    ----------
    reason : str
        The end of the sentence "This clip could not be fetched: ...".
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"This clip could not be fetched: {reason}",
            expected="a complete clip, within seconds, from one of the corpus' public repositories",
            advice="Choose another clip or a computer voice",
        )


class Fetcher:
    """Downloads files of a known size from one server, and makes no requests for a while after the server failed.

    The time limit covers a whole download. A limit on each read is not enough: a server that sends one byte now and
    then never exceeds it. So each transfer runs in its own thread, and the caller waits at most until the limit. An
    abandoned thread ends at the server's next byte or at the read timeout. Only a thread that is still receiving
    headers can run longer; at most four transfers run at once.

    Parameters
    ----------
    timeout_s : float
        Time limit of one download, from the request to the last byte.
    pause_s : float
        Time without requests after the server failed.
    redirect_hosts : collection of str
        Hosts, each with its port where the address has one, to which a redirect is followed. A redirect within one
        host is always followed.
    """

    def __init__(self, timeout_s: float, pause_s: float, redirect_hosts: Collection[str] = ()) -> None:
        self._timeout_s = timeout_s
        self._pause_s = pause_s
        self._redirect_hosts = frozenset(redirect_hosts)
        self._paused_until_s = float("-inf")
        self._slots = threading.BoundedSemaphore(_MAX_TRANSFERS)

    def fetch(self, url: str, n_bytes: int) -> bytes:
        """Return a file's content. Safe to call from several threads.

        Parameters
        ----------
        url : str
            Address of the file.
        n_bytes : int
            Size of the file in bytes.

        Returns
        -------
        bytes [length=n_bytes]

        Raises
        ------
        FetchError
            If the server is slow, unreachable or paused, does not have the file, or sends another size.
        """
        deadline_s = time.monotonic() + self._timeout_s
        self._refuse_in_pause()
        if not self._slots.acquire(timeout=self._timeout_s):
            raise FetchError("too many clips are being fetched at once")
        transfer: Future[bytes] = Future()
        threading.Thread(
            target=self._run, args=(transfer, url, n_bytes, deadline_s), name=TRANSFER_THREAD, daemon=True
        ).start()
        try:
            return transfer.result(timeout=max(0.0, deadline_s - time.monotonic()))
        except TimeoutError as error:
            raise self._too_slow() from error

    def _run(self, transfer: Future[bytes], url: str, n_bytes: int, deadline_s: float) -> None:
        """Run one transfer, and pass its result or its error to the waiting caller."""
        # Imported here because most visits fetch nothing.
        import requests
        import urllib3

        try:
            self._refuse_in_pause()
            with _session_without_redirects() as session:
                transfer.set_result(self._transfer(session, url, n_bytes, deadline_s))
        except FetchError as error:
            transfer.set_exception(error)
        except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError) as error:
            # The socket's timeout can end a moment before the caller's: both are the same limit.
            transfer.set_exception(_caused_by(self._too_slow(), error))
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            failure = self._server_failed("the server cannot be reached, or its response is not valid")
            transfer.set_exception(_caused_by(failure, error))
        finally:
            self._slots.release()

    def _transfer(self, session: requests.Session, url: str, n_bytes: int, deadline_s: float) -> bytes:
        for _ in range(_MAX_REDIRECTS + 1):
            remaining_s = deadline_s - time.monotonic()
            if remaining_s <= 0:
                raise self._too_slow()
            # No compression: a compressed response could expand to any size.
            headers = {"Accept-Encoding": "identity"}
            with session.get(url, stream=True, timeout=remaining_s, headers=headers) as response:
                if response.is_redirect:
                    url = self._redirect_target(url, response.headers["location"])
                elif response.status_code in _MISSING:
                    raise FetchError("the repository does not have it")
                elif response.status_code != _OK:
                    raise self._server_failed(f"the server answered with status {response.status_code}")
                else:
                    return self._read(response, n_bytes, deadline_s)
        raise self._server_failed(f"the server redirects more than {_MAX_REDIRECTS} times")

    def _redirect_target(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
            raise self._server_failed("the server redirects to an address without HTTPS")
        if host_of(target) not in {host_of(url), *self._redirect_hosts}:
            raise self._server_failed(f"the server redirects to {host_of(target)}, which is not on the list of sources")
        return target

    def _read(self, response: requests.Response, n_bytes: int, deadline_s: float) -> bytes:
        content = bytearray()
        # read1 returns the bytes that have arrived. read would wait for a whole block, beyond the deadline.
        while block := response.raw.read1(_BLOCK_BYTES):
            content += block
            if len(content) > n_bytes:
                raise FetchError("the file is longer than the official recording")
            if time.monotonic() > deadline_s:
                raise self._too_slow()
        if content.startswith(_LFS_POINTER):
            raise FetchError("the server sent a Git LFS pointer and not the recording")
        if len(content) < n_bytes:
            raise FetchError("the file is shorter than the official recording")
        return bytes(content)

    def _refuse_in_pause(self) -> None:
        if time.monotonic() < self._paused_until_s:
            raise FetchError("its server failed a moment ago; the next request is made after a pause")

    def _too_slow(self) -> FetchError:
        return self._server_failed(f"the server took longer than {self._timeout_s:g} seconds")

    def _server_failed(self, reason: str) -> FetchError:
        self._paused_until_s = time.monotonic() + self._pause_s
        return FetchError(reason)


def host_of(url: str) -> str:
    """Return the host of an address, with its port where the address has one; empty for an invalid address."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _session_without_redirects() -> requests.Session:
    """Return a session that leaves redirects to its caller.

    ``requests`` reads the whole body of a redirect, however large, even with ``allow_redirects=False``. It does not
    where a response has no redirect target.
    """
    import requests

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> str | None:
            return None

    return Session()


def _caused_by(error: FetchError, cause: Exception) -> FetchError:
    error.__cause__ = cause
    return error
