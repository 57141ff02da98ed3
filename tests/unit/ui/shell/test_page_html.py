"""The tags for the preview of a link, in front of a small app."""

from __future__ import annotations

import asyncio
from typing import Any

from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.harness.paths import ROOT
from ui.common.tokens import FONT_FILE
from ui.shell.page_html import PICTURE_SIZE_PX, PageHtml

PAGE = "<html><head><title>Streamlit</title></head><body>é</body></html>" + " " * 2000


def page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "x"})


def data(request: Request) -> Response:
    return JSONResponse({"title": "<title>Streamlit</title>"})


APP = Starlette(
    routes=[Route("/", page), Route("/data", data)], middleware=[Middleware(PageHtml), Middleware(GZipMiddleware)]
)


def ask(path: str = "/", method: str = "GET", query: str = "", **headers: str) -> tuple[dict[str, str], str]:
    """Return the headers and the body of a response to a browser that accepts compressed pages."""
    sent = {"accept": "text/html,*/*", "accept_encoding": "gzip", "host": "localhost", **headers}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "scheme": "http",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
    }
    messages: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(APP(scope, receive, send))
    start = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return start, b"".join(message["body"] for message in messages[1:]).decode()


def test_a_page_gets_title_description_and_picture() -> None:
    headers, text = ask(host="sound.example.org", x_forwarded_proto="https")
    assert "<title>How does it sound?</title>" in text
    assert "Streamlit" not in text
    assert 'content="https://sound.example.org/app/static/link_preview.png"' in text
    assert "<body>é" in text
    assert "etag" not in headers
    assert headers["content-length"] == str(len(text.encode()))


def test_a_page_has_its_style_and_its_typeface_before_anything_is_drawn() -> None:
    text = ask()[1]
    assert "--hs-text:" in text
    assert 0 < text.index("</head>") < text.index(".st-key-page_tools {")
    assert f'href="./{FONT_FILE}"' in text


def test_a_page_for_a_projector_is_drawn_as_such_from_the_start() -> None:
    assert "<html>" in ask()[1]
    assert '<html class="presenting">' in ask(query="sample=computer/sad_male&present=true")[1]


def test_the_name_of_the_host_cannot_add_tags() -> None:
    assert "<script>alert" not in ask(host='a"><script>alert(1)</script>')[1]


def test_other_responses_stay_as_they_are() -> None:
    assert ask("/data", accept_encoding="identity")[1] == '{"title":"<title>Streamlit</title>"}'
    assert "How does it sound?" not in ask(method="HEAD", accept_encoding="identity")[1]


def test_the_picture_has_the_size_that_the_tags_name() -> None:
    with Image.open(ROOT / "static" / "link_preview.png") as picture:
        assert picture.size == PICTURE_SIZE_PX
