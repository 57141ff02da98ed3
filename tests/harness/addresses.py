"""Kinds of address for fsspec whose own packages (aiohttp, s3fs) the tests do not install.

They take the places of these packages only: fsspec, a web server and the project's code are the real ones.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

from fsspec import AbstractFileSystem
from fsspec.implementations.memory import MemoryFileSystem

_LINK = re.compile('href="([^"?]+)"')


class WebFiles(AbstractFileSystem):
    """Files at a web server. A folder is a page with links."""

    protocol = ("http", "https")
    cachable = False

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        # fsspec's own class for the web keeps the protocol too.
        return path

    def unstrip_protocol(self, name: str) -> str:
        return name

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        folder = path if path.endswith("/") else f"{path}/"
        addresses = [urljoin(folder, link) for link in _LINK.findall(self._read(folder).decode())]
        kinds = {address.rstrip("/"): "directory" if address.endswith("/") else "file" for address in addresses}
        rows = [{"name": address, "type": kind, "size": None} for address, kind in kinds.items()]
        return rows if detail else [row["name"] for row in rows]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> io.BytesIO:
        return io.BytesIO(self._read(path))

    @staticmethod
    def _read(address: str) -> bytes:
        try:
            with urlopen(address, timeout=10) as answer:
                content: bytes = answer.read()
        except HTTPError as error:
            error.close()
            raise FileNotFoundError from None
        return content


class ObjectStore(MemoryFileSystem):
    """Objects in memory, at addresses such as ``s3://bucket/a.wav``."""

    protocol = "s3"
    # Not those of fsspec's own memory.
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(path.removeprefix("s3://")).removeprefix("/")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Serve a folder at this machine, and yield its address, which ends in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
