"""Additions to the HTML file that the server sends: the preview of a link, the typeface, a style and a script.

Messengers and search engines show a title, a description and a picture for a link to the app, and they do not run the
page's scripts. The style of all pages is here too, because a style that came later would move what is already on the
page. So is the script for the browser's history, because a page changes its address before components are loaded.
Streamlit's file has only the title "Streamlit".
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.common.tokens import FONT_FILE, NAME
from ui.common.web import page_style

_DESCRIPTION = (
    "Record a sentence or tap a voice: see which emotion it sounds like, how sure that is, and why. For learning and "
    "teaching; your voice is not stored."
)
# Written by ``tools/draw_link_preview.py``. Streamlit serves the folder ``static`` under this address.
_PICTURE_PATH = "/app/static/link_preview.png"
PICTURE_SIZE_PX = (1200, 630)

_PAGE_FRAME = Path(__file__).parent / "page_frame"
# In the address of a page in projector mode (``ui.common.presenting``). The script of the page's tools sets the class,
# but only when the page has been drawn.
_PRESENT = b"present=true"
_PRESENTING = b'<html class="presenting"'

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)

_STREAMLITS_TITLE = b"<title>Streamlit</title>"
_END_OF_BODY = b"</body>"


class PageHtml:
    """Puts styles, a script and the tags of the Open Graph protocol (https://ogp.me) into the HTML. ASGI middleware.

    Parameters
    ----------
    app : ASGIApp
        The app that handles the requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request or a connection."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_with_tags(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = body.replace(_STREAMLITS_TITLE, _tags(_origin(scope)).encode(), 1)
            page = page.replace(_END_OF_BODY, _style_and_script().encode() + _END_OF_BODY, 1)
            if _PRESENT in scope["query_string"]:
                page = page.replace(b"<html", _PRESENTING, 1)
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(page))
            # It identifies Streamlit's file, not the changed one.
            del headers["etag"]
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self._app(_without_compression(scope), receive, send_with_tags)


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _without_compression(scope: Scope) -> Scope:
    """Return a request for a page that asks for no compression: the tags are put into plain text."""
    if not Headers(scope=scope).get("accept", "").startswith("text/html"):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
    return {**scope, "headers": kept}


def _origin(scope: Scope) -> str:
    """Return the address of the server as the visitor sees it; a proxy names the scheme in a header."""
    headers = Headers(scope=scope)
    scheme = headers.get("x-forwarded-proto", scope["scheme"]).partition(",")[0].strip()
    return f"{'https' if scheme == 'https' else 'http'}://{headers.get('host', 'localhost')}"


def _tags(origin: str) -> str:
    width_px, height_px = PICTURE_SIZE_PX
    properties = {
        "og:type": "website",
        "og:title": NAME,
        "og:description": _DESCRIPTION,
        "og:image": f"{origin}{_PICTURE_PATH}",
        "og:image:width": str(width_px),
        "og:image:height": str(height_px),
        "og:image:alt": "Eight drawn faces, one for each emotion",
    }
    lines = [
        f"<title>{escape(NAME)}</title>",
        f'<meta name="description" content="{escape(_DESCRIPTION)}" />',
        '<meta name="twitter:card" content="summary_large_image" />',
        # Relative, because the app may be in a folder of its host.
        f'<link rel="preload" href="./{FONT_FILE}" as="font" type="font/woff2" crossorigin />',
        *(f'<meta property="{name}" content="{escape(content)}" />' for name, content in properties.items()),
    ]
    return "\n    ".join(lines)


@cache
def _style_and_script() -> str:
    """Return the style and the script of all pages.

    Their place is the body: Streamlit's own styles, in the head, come before it, and its scripts run when the page is
    read.
    """
    style = page_style() + _read("page_frame.css")
    script = _read("history_steps.js")
    return f"<style>{_COMMENT.sub('', style)}</style><script>{_COMMENT.sub('', script)}</script>"


def _read(name: str) -> str:
    return (_PAGE_FRAME / name).read_text(encoding="utf-8")
