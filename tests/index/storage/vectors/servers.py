"""A real Chroma server on loopback, and before it a real proxy that asks for a token and can be made to misbehave."""

import http.client
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

TOKEN = "s3cret-T0ken"

#: What `chroma run` starts, by the interpreter that runs the tests.
_RUN = "import sys; from chromadb.cli.cli import app; sys.argv = ['chroma', *sys.argv[1:]]; app()"
_PATIENCE = 60.0


class ChromaRun:
    """`chroma run` on a folder and a free port, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-c", _RUN, "run", "--path", str(self.folder), "--host", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=5).status_code == 200:
                    return
            assert self._process.poll() is None, "chroma run has ended"
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"chroma run did not answer within {_PATIENCE:g} s")

    @property
    def pid(self) -> int:
        """The process that answers."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def collections(self) -> set[str]:
        """The names of all collections."""
        path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
        return {each["name"] for each in httpx.get(self.url + path, timeout=10).json()}

    def delete(self, name: str) -> None:
        """Delete a collection."""
        path = f"/api/v2/tenants/default_tenant/databases/default_database/collections/{name}"
        assert httpx.delete(self.url + path, timeout=10).status_code == 200


@dataclass
class Proxy:
    """A reverse proxy before a server. `trouble` is asked, with the number of the request, what happens to it.

    What it may say: a status to answer with, "cut" (half of the answer), "stall" (nothing), "drip" (a byte at a time),
    "lost" (the server does it and nobody hears of it), a text to answer with, or None to let it through.
    """

    behind: str
    token: str | None = TOKEN
    trouble: Callable[[int], "int | str | None"] = lambda number: None
    url: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def heal(self) -> None:
        """Let everything through again."""
        self.trouble = lambda number: None
        self.asked.clear()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def log_message(self, *args: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionError, ssl.SSLError):  # a client that does not trust the certificate
            super().handle()

    def _any(self) -> None:
        proxy = self.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with proxy.guard:
            proxy.asked.append(f"{self.command} {self.path.partition('/collections/')[2] or self.path}")
            proxy.headers.append(dict(self.headers))
            trouble = proxy.trouble(len(proxy.asked))
        allowed = (f"Bearer {proxy.token}", proxy.token)
        if proxy.token is not None and (self.headers["Authorization"], self.headers["X-Chroma-Token"]) != allowed:
            self._say(401, b"Unauthorized")
        elif isinstance(trouble, int):
            self._say(trouble, b"")
        elif trouble == "stall":
            proxy.released.wait(60)
            self.close_connection = True
        elif trouble in (None, "cut", "drip", "lost"):
            self._forward(body, trouble)
        else:
            self._say(200, trouble.encode())

    do_GET = do_POST = do_PUT = do_DELETE = _any

    def _forward(self, body: bytes, trouble: str | None) -> None:
        host = self.proxy.behind.removeprefix("http://")
        upstream = http.client.HTTPConnection(host, timeout=60)
        try:
            upstream.request(self.command, self.path, body, {"Content-Type": "application/json"})
            answer = upstream.getresponse()
            data = answer.read()
        except OSError:
            self._say(502, b"")
            return
        finally:
            upstream.close()
        if trouble is None:
            self._say(answer.status, data, answer.headers.get("Content-Type", "application/json"))
            return
        self.close_connection = True
        if trouble == "lost":
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data) + (trouble == "cut")))
        self.end_headers()
        if trouble == "cut":
            self.wfile.write(data[: len(data) // 2])
            return
        for at in range(len(data)):
            self.wfile.write(data[at : at + 1])
            if self.proxy.released.wait(0.05):
                return

    def _say(self, status: int, data: bytes, content_type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def proxy_before(url: str, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy before the server at `url`, on a free port; with `tls` it speaks https."""
    made = Proxy(url)
    handler = type("Handler", (_Handler,), {"proxy": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls is not None:  # each connection shakes hands in a thread of its own, once it is read from
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
