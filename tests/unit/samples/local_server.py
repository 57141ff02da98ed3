"""A local HTTP server, and the ways in which a server can fail."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ser_core.samples.fetching import TRANSFER_THREAD
from tests.unit.samples.generated_clips import CLIPS, FIRST_CONTENT

# Far longer than the short time limit, and far shorter than these servers would keep a client waiting.
PATIENCE_S = 10.0

Behaviour = Callable[["Server", BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server on this machine that answers each request with ``behave``; ``end`` stops endless responses."""

    daemon_threads = False

    def __init__(self) -> None:
        self.behave: Behaviour = serve_well
        self.requests = 0
        self.end = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests += 1
        self.close_connection = True
        # The library closes the connection to a server that does not stop sending.
        with contextlib.suppress(ConnectionError):
            self.server.behave(self.server, self)

    def log_message(self, *args: object) -> None:
        pass


def answer(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, length: int | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def serve_well(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, CLIPS[handler.path.lstrip("/")])


def serve_other_bytes(server: Server, handler: BaseHTTPRequestHandler) -> None:
    content = CLIPS[handler.path.lstrip("/")]
    answer(handler, content[:-1] + bytes([content[-1] ^ 1]))


def serve_404(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"no such file", status=404)


def serve_500(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"out of order", status=500)


def serve_lfs_pointer(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3244\n")


def serve_half_then_hang_up(server: Server, handler: BaseHTTPRequestHandler) -> None:
    content = CLIPS[handler.path.lstrip("/")]
    answer(handler, content[: len(content) // 2], length=len(content))


def serve_short(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, CLIPS[handler.path.lstrip("/")][:-2])


def serve_without_end(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not server.end.is_set():
        handler.wfile.write(bytes(65_536))


def serve_in_circles(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "/round/and/round")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def serve_silence(server: Server, handler: BaseHTTPRequestHandler) -> None:
    server.end.wait()


def serve_body_in_drips(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(FIRST_CONTENT)))
    handler.end_headers()
    for byte in FIRST_CONTENT:
        handler.wfile.write(bytes([byte]))
        if server.end.wait(0.02):
            return


def serve_headers_in_drips(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not server.end.wait(0.02):
        handler.wfile.write(b"z")


def serve_no_http(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"who goes there?\r\n\r\n")


def redirect_to(address: str) -> Behaviour:
    def redirect(server: Server, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", f"{address}{handler.path.lstrip('/')}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return redirect


FAILURES_OF_ONE_CLIP = [serve_other_bytes, serve_404, serve_lfs_pointer, serve_short, serve_without_end]
STALLS = [serve_silence, serve_body_in_drips, serve_headers_in_drips]
FAILURES_OF_THE_SERVER = [serve_500, serve_half_then_hang_up, serve_in_circles, serve_no_http, *STALLS]


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.end.set()
        server.shutdown()
        thread.join()


def assert_no_transfer_is_running() -> None:
    for thread in threading.enumerate():
        if thread.name == TRANSFER_THREAD:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
