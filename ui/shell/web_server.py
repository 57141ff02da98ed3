"""Middleware of the web server: response headers for security, limits on uploads, and additions to the HTML file."""

from __future__ import annotations

import os
import re

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell.page_html import PageHtml
from ui.shell.upload_memory import UploadLimits

# Origins, host patterns and keywords of a Content-Security-Policy, with spaces between them.
_SOURCES = re.compile(r"[\w.:/*'\-\[\] ]+")
_DEFAULT_FRAME_ANCESTORS = "'self'"


class SecurityHeaders:
    """Adds headers to each response of an app. ASGI middleware.

    Parameters
    ----------
    app : ASGIApp
        The app that handles the requests.
    headers : dict of str to str
        The headers.
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request or a connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def middleware() -> list[Middleware]:
    """Return the app's own middleware, outermost first."""
    return [Middleware(SecurityHeaders, headers=security_headers()), Middleware(UploadLimits), Middleware(PageHtml)]


def security_headers() -> dict[str, str]:
    """Return the headers of each response.

    The environment variable ``SER_FRAME_ANCESTORS`` names the pages that may embed the app, such as
    ``'self' https://courses.example.org``; without it only the app's own pages may.

    Raises
    ------
    ValueError
        If the variable holds a character that does not belong there.
    """
    frame_ancestors = os.environ.get("SER_FRAME_ANCESTORS") or _DEFAULT_FRAME_ANCESTORS
    if not _SOURCES.fullmatch(frame_ancestors):
        raise ValueError("SER_FRAME_ANCESTORS must hold sources with spaces between them: 'self' https://example.org")
    return {
        "Content-Security-Policy": f"frame-ancestors {frame_ancestors}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "microphone=(self)",
    }
