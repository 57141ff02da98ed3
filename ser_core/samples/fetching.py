"""Fetching a small file over HTTP within a time and a size, whatever the server does."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ser_core.errors import SampleError

if TYPE_CHECKING:
    import requests

TRANSFER_THREAD = "sample-transfer"

_REDIRECTS = 4
_AT_ONCE = 4
_PIECE_BYTES = 16_384
_OK = 200
_GONE = (404, 410)
_LFS_POINTER = b"version https://git-lfs"


class Fetcher:
    """Fetches files of a known size, and leaves a server alone for a while after it failed.

    The time limit holds for the whole of a fetch: a limit on each reading alone lets a server that sends a
    byte now and then go on for ever. So every transfer runs in a thread of its own, and the caller waits for
    it no longer than the limit. A thread left behind ends with its server's next byte or its silence; only
    one that is still being sent headers can last longer, and no more than four transfers run at once.

    Parameters
    ----------
    timeout_s : float
        How long a fetch may take, from the request to the last byte.
    pause_s : float
        How long a server that failed is left alone.
    """

    def __init__(self, timeout_s: float, pause_s: float) -> None:
        self._timeout_s = timeout_s
        self._pause_s = pause_s
        self._paused_until_s = float("-inf")
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def fetch(self, url: str, n_bytes: int) -> bytes:
        """Return a file's content. Safe to call from several threads.

        Parameters
        ----------
        url : str
            Its address.
        n_bytes : int
            Its size.

        Returns
        -------
        bytes [length=n_bytes]

        Raises
        ------
        SampleError
            If the server is slow or dead or lately was, does not have the file, or sends another size.
        """
        deadline_s = time.monotonic() + self._timeout_s
        self._refuse_in_pause()
        if not self._slots.acquire(timeout=self._timeout_s):
            raise could_not_be_fetched("too many clips are being fetched at once")
        transfer: Future[bytes] = Future()
        threading.Thread(
            target=self._run, args=(transfer, url, n_bytes, deadline_s), name=TRANSFER_THREAD, daemon=True
        ).start()
        try:
            return transfer.result(timeout=max(0.0, deadline_s - time.monotonic()))
        except TimeoutError as error:
            raise self._too_slow() from error

    def _run(self, transfer: Future[bytes], url: str, n_bytes: int, deadline_s: float) -> None:
        """Do one transfer, and put what comes of it where the caller waits."""
        # Imported here, since most visits fetch nothing.
        import requests
        import urllib3

        try:
            self._refuse_in_pause()
            with requests.Session() as session:
                # Or requests reads the whole body of a redirect, however large, even if told not to follow.
                session.get_redirect_target = lambda _: None
                transfer.set_result(self._transfer(session, url, n_bytes, deadline_s))
        except SampleError as error:
            transfer.set_exception(error)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            failure = self._server_failed("the server does not answer as it should")
            failure.__cause__ = error
            transfer.set_exception(failure)
        finally:
            self._slots.release()

    def _transfer(self, session: requests.Session, url: str, n_bytes: int, deadline_s: float) -> bytes:
        for _ in range(_REDIRECTS + 1):
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                raise self._too_slow()
            # A compressed answer could unpack to any size.
            plain = {"Accept-Encoding": "identity"}
            with session.get(url, stream=True, timeout=left_s, headers=plain) as answer:
                if answer.is_redirect:
                    url = self._follow(url, answer.headers["location"])
                elif answer.status_code in _GONE:
                    raise could_not_be_fetched("the repository does not have it")
                elif answer.status_code != _OK:
                    raise self._server_failed(f"the server answered with status {answer.status_code}")
                else:
                    return self._read(answer, n_bytes, deadline_s)
        raise self._server_failed("the server sends us from one address to the next")

    def _follow(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
            raise self._server_failed("the server sends us to an address that is not secure")
        return target

    def _read(self, answer: requests.Response, n_bytes: int, deadline_s: float) -> bytes:
        content = bytearray()
        # read1 returns what has come; read would wait for the whole piece, past any deadline.
        while piece := answer.raw.read1(_PIECE_BYTES):
            content += piece
            if len(content) > n_bytes:
                raise could_not_be_fetched("what came is longer than the official recording")
            if time.monotonic() > deadline_s:
                raise self._too_slow()
        if content.startswith(_LFS_POINTER):
            raise could_not_be_fetched("a pointer to the recording came in its place")
        if len(content) < n_bytes:
            raise could_not_be_fetched("what came is shorter than the official recording")
        return bytes(content)

    def _refuse_in_pause(self) -> None:
        if time.monotonic() < self._paused_until_s:
            raise could_not_be_fetched("its server failed a moment ago and is left alone for a while")

    def _too_slow(self) -> SampleError:
        return self._server_failed(f"the server took longer than {self._timeout_s:g} seconds")

    def _server_failed(self, reason: str) -> SampleError:
        self._paused_until_s = time.monotonic() + self._pause_s
        return could_not_be_fetched(reason)


def could_not_be_fetched(reason: str) -> SampleError:
    """Return the error for a clip that cannot be had from the repository.

    Parameters
    ----------
    reason : str
        Why, as the end of "This clip could not be fetched: ...".

    Returns
    -------
    SampleError
    """
    return SampleError(
        f"This clip could not be fetched: {reason}",
        expected="A clip comes whole, and within seconds, from the corpus's public repository",
        advice="Choose another clip or a computer voice",
    )
