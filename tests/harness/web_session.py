"""A visitor without a browser: one session of a running app over its real WebSocket, and its upload address.

Speaks what Streamlit's page speaks (``streamlit.proto``), so that it costs the server what a browser costs, and this
process next to nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

XSRF_COOKIE, XSRF_HEADER = "_streamlit_xsrf", "X-Xsrftoken"

_WORDS = {"markdown": "body", "heading": "body", "alert": "body", "exception": "message"}


class AppFailedError(Exception):
    """The page showed an exception, or something on it is missing."""


class WebSession:
    """A session of a running app.

    Parameters
    ----------
    url : str
        The app's address: ``"http://localhost:8501"``.
    patience_s : float
        How long the server may be silent before that counts as an error.
    """

    def __init__(self, url: str, patience_s: float = 60.0) -> None:
        self.http = requests.Session()
        # The server closes what was idle for some seconds, perhaps at the moment of the next request.
        self.http.headers["Connection"] = "close"
        self.id = ""
        self._url, self._patience_s = url, patience_s
        self.get("/_stcore/health")
        self._xsrf = self.http.cookies[XSRF_COOKIE]
        self._socket = open_socket(url, self._xsrf)
        self._widgets: dict[str, WidgetState] = {}
        self._elements: dict[tuple[int, ...], Element] = {}
        self._page_hashes: dict[str, str] = {}
        self._page_hash = ""
        self._uploaded: str | None = None
        self._run()

    def __enter__(self) -> WebSession:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._socket.close()
        self.http.close()

    def get(self, path: str) -> bytes:
        """Return what the server has at a path."""
        response = self.http.get(self._url + path, timeout=self._patience_s)
        response.raise_for_status()
        return response.content

    def visit(self, page: str) -> None:
        """Go to a page by the last part of its address, and wait until it has run."""
        self._page_hash = self._page_hashes[page]
        self._run()

    def upload(self, content: bytes, name: str = "clip.wav") -> None:
        """Bring a file as the clip of all pages, in place of an earlier one; wait until the page has run with it."""
        way_in = self._find("button_group", "How would you like to start?")
        chosen = [f"{each.content_icon} {each.content}" for each in way_in.options if each.content == "Upload"]
        if way_in.id not in self._widgets:
            self._widgets[way_in.id] = WidgetState(id=way_in.id, string_array_value={"data": chosen})
            self._run()
        uploader = self._find("file_uploader", "Choose a sound file")
        if self._uploaded:
            self.http.delete(self._url + self._uploaded, headers={XSRF_HEADER: self._xsrf}, timeout=self._patience_s)
        file_id = str(uuid.uuid4())
        self._uploaded = f"/_stcore/upload_file/{self.id}/{file_id}"
        self.http.put(
            self._url + self._uploaded,
            files={"file": (name, content, "audio/wav")},
            headers={XSRF_HEADER: self._xsrf},
            timeout=self._patience_s,
        ).raise_for_status()
        info = UploadedFileInfo(name=name, size=len(content), file_id=file_id)
        info.file_urls.file_id, info.file_urls.upload_url, info.file_urls.delete_url = file_id, *[self._uploaded] * 2
        self._widgets[uploader.id] = WidgetState(
            id=uploader.id, file_uploader_state_value={"uploaded_file_info": [info]}
        )
        self._run()

    def text(self) -> str:
        """Return what the page says, line by line."""
        return "\n".join(getattr(each, _WORDS[kind]) for kind, each in self._shown() if kind in _WORDS)

    def charts(self) -> list[dict[str, Any]]:
        """Return the page's Plotly figures."""
        return [json.loads(each.spec) for kind, each in self._shown() if kind == "plotly_chart"]

    def played(self) -> list[bytes]:
        """Return the sounds that the page's players play."""
        return [self.get(each.url) for kind, each in self._shown() if kind == "audio"]

    def _shown(self) -> Iterator[tuple[str, Any]]:
        for place in sorted(self._elements):
            kind = self._elements[place].WhichOneof("type")
            yield kind, getattr(self._elements[place], kind)

    def _find(self, kind: str, label: str) -> Any:
        for each_kind, each in self._shown():
            if each_kind == kind and label in each.label:
                return each
        raise AppFailedError(f"no {kind} called {label!r} on the page: {self.text()[:300]}")

    def _run(self) -> None:
        """Have the page run with the widgets as they are; wait until it has run to its end."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        self._socket.send(message.SerializeToString())
        while not self._take(ForwardMsg.FromString(self._socket.recv(timeout=self._patience_s))):
            pass
        # As a browser does: what is not on the page any more is not spoken of again.
        shown = {each.id for _, each in self._shown() if "id" in each.DESCRIPTOR.fields_by_name}
        self._widgets = {id_: state for id_, state in self._widgets.items() if id_ in shown}
        failed = [each.message for kind, each in self._shown() if kind == "exception"]
        if failed:
            raise AppFailedError("; ".join(failed))

    def _take(self, message: ForwardMsg) -> bool:
        """Take in what the server says; return whether the page has run to its end."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.id = message.new_session.initialize.session_id
            self._elements.clear()
        elif kind == "navigation":
            self._page_hashes = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        # A run that a newer one overtakes ends early, and the newer one follows.
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def open_socket(url: str, xsrf_token: str, origin: str | None = None) -> ClientConnection:
    """Open the WebSocket of a new session, from a page of the app itself or of another origin."""
    return connect(
        f"ws://{urlsplit(url).netloc}/_stcore/stream",
        subprotocols=["streamlit", xsrf_token],
        additional_headers={"Cookie": f"{XSRF_COOKIE}={xsrf_token}"},
        origin=origin or url,
        max_size=None,
        compression=None,
        legacy=True,
    )
