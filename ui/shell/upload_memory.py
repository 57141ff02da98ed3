"""How many uploaded files the server keeps, in memory only.

How large one file may be is ``maxUploadSize`` in ``.streamlit/config.toml``, and ``max_bytes`` in
``ser_core/audio/limits.py``.

Streamlit keeps each uploaded file until its session is deleted, which is two minutes or more after the visitor has
left, and it does not limit how many files a session uploads. The smallest host has 690 MB.
"""

from __future__ import annotations

import re
from collections import Counter

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

_UPLOAD_PATH = re.compile(r"/_stcore/upload_file/(?P<session_id>[^/]+)/[^/]+$")

# In units of the largest allowed file. A session needs one clip and its successor.
_FILES_PER_SESSION = 2
_FILES_PER_SERVER = 4

# Starlette collects a file while it arrives, and Streamlit copies it at the end.
_COPIES_WHILE_ARRIVING = 2


def max_session_mb() -> int:
    """Return how many megabytes of uploaded files one session may hold."""
    return _FILES_PER_SESSION * _max_file_bytes() // 1024**2


def keep_in_memory() -> None:
    """Prevent Starlette from writing an upload of more than 1 MB to a temporary file while it arrives."""
    # The largest allowed upload, plus the 1 MB that Streamlit allows for the rest of the request.
    MultiPartParser.spool_max_size = _max_file_bytes() + 1024**2


class UploadLimits:
    """Limits the memory of uploaded files, per session and for the server. ASGI middleware.

    An upload beyond a limit is refused with status 413. The limits count the files that are stored and the bytes that
    have arrived of further files, so a client that announces a large file and sends it slowly blocks no other visitor.
    The files of a session are deleted when its connection ends. A visitor who connects again still has the clip: it
    was read from the file before.

    Parameters
    ----------
    app : ASGIApp
        The app that handles the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Bytes of files that are arriving, by session.
        self._arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request or a connection."""
        session_id = _session_of_upload(scope)
        if session_id is None and scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        try:
            if session_id:
                await self._limited_upload(session_id, scope, receive, send)
            else:
                await self._app(scope, receive, send)
        finally:
            _delete_files_of_closed_sessions()

    async def _limited_upload(self, session_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        n_arrived = 0

        async def limited_receive() -> Message:
            nonlocal n_arrived
            message = await receive()
            n_bytes = len(message.get("body", b""))
            n_arrived += n_bytes
            self._arriving[session_id] += n_bytes
            if self._is_over_limit(session_id):
                # Starlette turns this into a response.
                raise HTTPException(413, "Too many uploads at once")
            return message

        try:
            await self._app(scope, limited_receive, send)
        finally:
            self._arriving[session_id] -= n_arrived
            # Without this, a counter of zero would stay for each session.
            self._arriving += Counter()

    def _is_over_limit(self, session_id: str) -> bool:
        stored = _stored_bytes()
        session_bytes = stored[session_id] + self._arriving[session_id]
        server_bytes = stored.total() + _COPIES_WHILE_ARRIVING * self._arriving.total()
        max_file_bytes = _max_file_bytes()
        return session_bytes > _FILES_PER_SESSION * max_file_bytes or server_bytes > _FILES_PER_SERVER * max_file_bytes


def _max_file_bytes() -> int:
    max_mb: int = st.get_option("server.maxUploadSize")
    return max_mb * 1024**2


def _session_of_upload(scope: Scope) -> str | None:
    if scope["type"] != "http" or scope["method"] != "PUT":
        return None
    match = _UPLOAD_PATH.search(scope["path"])
    return match["session_id"] if match else None


def _files() -> MemoryUploadedFileManager:
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager


def _stored_bytes() -> Counter[str]:
    """Return the bytes of the stored files, by session."""
    # Copies, because the pages' threads delete files at the same time.
    sessions = dict(_files().file_storage)
    return Counter(
        {session_id: sum(len(file.data) for file in list(files.values())) for session_id, files in sessions.items()}
    )


def _delete_files_of_closed_sessions() -> None:
    instance = runtime.get_instance()
    for session_id in list(_files().file_storage):
        if not instance.is_active_session(session_id):
            instance.uploaded_file_mgr.remove_session_files(session_id)
