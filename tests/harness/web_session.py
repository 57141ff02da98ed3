"""A visitor without a browser: one session of a running app over its real WebSocket, and its upload address.

Uses the protocol of Streamlit's page (``streamlit.proto``). The server does the same work as for a browser, and the
cost in this process is small.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Common_pb2 import FileUploaderState, StringArray, UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.FileUploader_pb2 import FileUploader
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

XSRF_COOKIE, XSRF_HEADER = "_streamlit_xsrf", "X-Xsrftoken"

# The kinds of elements with visible text, and the field that holds it.
_TEXT_FIELDS = {"markdown": "body", "heading": "body", "alert": "body", "exception": "message"}


class AppFailedError(Exception):
    """The page showed an exception, or an expected element is missing."""


class WebSession:
    """A session of a running app.

    Parameters
    ----------
    url : str
        The app's address: ``"http://localhost:8501"``.
    patience_s : float
        A silence of the server that is longer than this is an error.
    """

    def __init__(self, url: str, patience_s: float = 60.0) -> None:
        self.http = requests.Session()
        # The server closes idle connections after some seconds, which may be the moment of the next request.
        self.http.headers["Connection"] = "close"
        self.id = ""
        self._url, self._patience_s = url, patience_s
        self.get("/_stcore/health")
        self._xsrf_token = self.http.cookies[XSRF_COOKIE]
        self._socket = open_socket(url, self._xsrf_token)
        self._widgets: dict[str, WidgetState] = {}
        self._elements: dict[tuple[int, ...], Element] = {}
        self._page_hashes: dict[str, str] = {}
        self._page_hash = ""
        self._uploaded_path: str | None = None
        self._run_page()

    def __enter__(self) -> WebSession:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._socket.close()
        self.http.close()

    def get(self, path: str) -> bytes:
        """Return the content at a path of the server."""
        response = self.http.get(self._url + path, timeout=self._patience_s)
        response.raise_for_status()
        return response.content

    def visit(self, page: str) -> None:
        """Go to a page, named by the last part of its address, and wait until its script has run."""
        self._page_hash = self._page_hashes[page]
        self._run_page()

    def put_file(
        self,
        content: bytes,
        name: str = "clip.wav",
        *,
        file_id: str = "",
        token: str | None = None,
        is_chunked: bool = False,
    ) -> int:
        """Send a file to the session's upload address without choosing it on the page.

        Parameters
        ----------
        content : bytes
            The file.
        name : str
            Its name.
        file_id : str
            The last part of the upload address; empty for a new one.
        token : str or None
            The XSRF token; None for the session's own.
        is_chunked : bool
            True for a request that does not announce its length.

        Returns
        -------
        int
            The HTTP status.
        """
        request = requests.Request(
            "PUT",
            self._url + self._upload_path(file_id or str(uuid.uuid4())),
            files={"file": (name, content, "audio/wav")},
            headers={XSRF_HEADER: self._xsrf_token if token is None else token},
        )
        prepared = self.http.prepare_request(request)
        if is_chunked:
            # ``requests`` then sends the body in chunks.
            del prepared.headers["Content-Length"]
        # Not read: where the server refuses a file before it has arrived, the connection may end within its reply.
        with self.http.send(prepared, timeout=self._patience_s, stream=True) as response:
            return response.status_code

    def upload(self, content: bytes, name: str = "clip.wav") -> None:
        """Upload a file as the clip of all pages, in place of an earlier one, and wait until the page has run.

        Raises
        ------
        AppFailedError
            If the server refuses the file, or the page shows an exception.
        """
        self._choose_upload()
        uploader = self._find_uploader("Choose a sound file")
        if self._uploaded_path:
            headers = {XSRF_HEADER: self._xsrf_token}
            self.http.delete(self._url + self._uploaded_path, headers=headers, timeout=self._patience_s)
        file_id = str(uuid.uuid4())
        self._uploaded_path = self._upload_path(file_id)
        status = self.put_file(content, name, file_id=file_id)
        if status >= requests.codes.bad_request:
            raise AppFailedError(f"the upload was refused with status {status}")
        info = UploadedFileInfo(name=name, size=len(content), file_id=file_id)
        info.file_urls.file_id = file_id
        info.file_urls.upload_url = info.file_urls.delete_url = self._uploaded_path
        state = FileUploaderState(uploaded_file_info=[info])
        self._widgets[uploader.id] = WidgetState(id=uploader.id, file_uploader_state_value=state)
        self._run_page()

    def text(self) -> str:
        """Return the page's visible text, one element per line."""
        texts = [
            getattr(element, _TEXT_FIELDS[kind]) for kind, element in self._shown_elements() if kind in _TEXT_FIELDS
        ]
        return "\n".join([*texts, *(str(data["title"]) for data in self._components() if data.get("title"))])

    def charts(self) -> list[dict[str, Any]]:
        """Return the page's Plotly figures."""
        return [json.loads(element.spec) for kind, element in self._shown_elements() if kind == "plotly_chart"]

    def sounds(self) -> list[bytes]:
        """Return the files of the page's audio players: first those of components, then Streamlit's."""
        urls = [data["url"] for data in self._components() if "url" in data]
        urls += [element.url for kind, element in self._shown_elements() if kind == "audio"]
        return [self.get(url) for url in urls]

    def _components(self) -> Iterator[dict[str, Any]]:
        """Yield the data of the page's own components."""
        for kind, element in self._shown_elements():
            if kind == "bidi_component":
                yield json.loads(element.mixed.json or element.json)

    def _upload_path(self, file_id: str) -> str:
        return f"/_stcore/upload_file/{self.id}/{file_id}"

    def _choose_upload(self) -> None:
        if any(kind == "file_uploader" for kind, _ in self._shown_elements()):
            return
        for kind, element in self._shown_elements():
            if kind == "button_group" and "How would you like to start?" in element.label:
                self._choose(element, "Upload")
                return
        raise AppFailedError(f"there is no choice of how to start: {self.text()[:300]}")

    def _choose(self, buttons: ButtonGroup, label: str) -> None:
        if buttons.id in self._widgets:
            return
        values = [f"{option.content_icon} {option.content}" for option in buttons.options if option.content == label]
        self._widgets[buttons.id] = WidgetState(id=buttons.id, string_array_value=StringArray(data=values))
        self._run_page()

    def _find_uploader(self, label: str) -> FileUploader:
        for kind, element in self._shown_elements():
            if kind == "file_uploader" and isinstance(element, FileUploader) and label in element.label:
                return element
        raise AppFailedError(f"there is no uploader {label!r} on the page: {self.text()[:300]}")

    def _shown_elements(self) -> Iterator[tuple[str, Any]]:
        """Yield the page's elements in their order on the page: the kind, and the message of that kind."""
        for path in sorted(self._elements):
            kind = self._elements[path].WhichOneof("type")
            if kind:
                yield kind, getattr(self._elements[path], kind)

    def _run_page(self) -> None:
        """Make the server run the page's script with the present widgets, and wait until it has run to its end."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page_hash
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        self._socket.send(message.SerializeToString())
        while True:
            received = self._socket.recv(timeout=self._patience_s, decode=False)
            if self._process(ForwardMsg.FromString(received)):
                break
        # A browser does the same: it sends no states of widgets that are not on the page.
        shown_ids = {element.id for _, element in self._shown_elements() if "id" in element.DESCRIPTOR.fields_by_name}
        self._widgets = {widget_id: state for widget_id, state in self._widgets.items() if widget_id in shown_ids}
        exceptions = [element.message for kind, element in self._shown_elements() if kind == "exception"]
        if exceptions:
            raise AppFailedError("; ".join(exceptions))

    def _process(self, message: ForwardMsg) -> bool:
        """Process one message of the server; return True if the page's script has run to its end."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.id = message.new_session.initialize.session_id
            self._elements.clear()
        elif kind == "navigation":
            pages = message.navigation.app_pages
            self._page_hashes = {page.url_pathname: page.page_script_hash for page in pages}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        # A run that is replaced by a newer run ends with another status, and the newer run follows.
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def open_socket(url: str, xsrf_token: str, origin: str | None = None) -> ClientConnection:
    """Open the WebSocket of a new session.

    Parameters
    ----------
    url : str
        The app's address.
    xsrf_token : str
        The value of the app's XSRF cookie.
    origin : str or None
        The origin of the page that opens it; None for the app's own.
    """
    return connect(
        f"ws://{urlsplit(url).netloc}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit"), Subprotocol(xsrf_token)],
        additional_headers={"Cookie": f"{XSRF_COOKIE}={xsrf_token}"},
        origin=Origin(origin or url),
        max_size=None,
        compression=None,
        legacy=True,
    )
