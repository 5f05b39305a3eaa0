"""Web servers on this machine that answer as a test says, and what it takes to fetch from them."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.errors import ArticleError, FetchError
from index.ingestion.fetching import fetch
from index.ingestion.public_network import Address

Answer = Callable[[BaseHTTPRequestHandler], None]


def loopback(address: Address) -> bool:
    return address.is_loopback


@contextmanager
def served(answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A web server on this machine; gives its address without a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(body: bytes = b"<p>It ended.</p>", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            if value:
                request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        with suppress(ConnectionError):  # the reader may have had enough
            request.wfile.write(body)

    return answer


def redirects_to(location: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", location)
        request.end_headers()

    return answer


def the_error(url: str, *, allow: Callable[[Address], bool] = loopback, seconds: float = 20) -> str:
    """The one sentence that a reader gets where `url` cannot be fetched."""
    with pytest.raises(FetchError) as caught:
        fetch(url, allow=allow, seconds=seconds)
    assert isinstance(caught.value, ArticleError)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence
