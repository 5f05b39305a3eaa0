"""One server and one Chromium for all tests of the page; each test is a reader who was never here before."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from assistant.answer import Answer
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.server import create_app, keep_quiet, listen
from index import Article, Index
from index.encoding.encoder import Encoder
from index.ingestion.fetching import fetch
from tests.assistant.web.ui.reader import Reader
from tests.running import run_beside

expect.set_options(timeout=10_000)

#: Gradio's own, inside its queue: as an error it would end the worker that every event goes through.
GRADIO_WARNINGS = ("ignore:'future.no_silent_downcasting' is deprecated", "ignore:The copy keyword is deprecated")

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HARBOUR = """\
<html><head><title>Harbour opens again</title></head><body><article><h1>Harbour opens again</h1>
<p>The harbour of Porto Sereno opened again on Monday after nine weeks of repairs, the port authority said. The first
ship to enter was the grain freighter Albatros, which had waited outside since Friday.</p>
<p>Harbour master Tomas Lindqvist said that the new quay can take ships of twice the former length, and that forty
pilots have been trained for it over the winter.</p></article></body></html>
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings(*GRADIO_WARNINGS))


async def _app(service: Service) -> FastAPI:
    """The app; async, as Gradio without a running loop leaves loops open."""
    keep_quiet(service.settings)
    from assistant.web.ui.page import MOUNT, build

    return create_app(service, build(service), **MOUNT)


@dataclass
class Served:
    """The page, served on a port that stays the same over restarts."""

    home: Path
    encoder: Encoder
    url: str = ""
    model: dict[str, Any] = field(default_factory=dict)
    _end: Callable[[], None] = field(default=lambda: None)

    def start(self, *, loaded: bool = True) -> "Served":
        port = int(self.url.rsplit(":", 1)[1]) if self.url else 0
        settings = Settings.read(home=self.home, port=port, **self.model)
        service = Service(settings, encoder=self.encoder, fetch=partial(fetch, allow=lambda address: True))
        listening = listen(settings)
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with ThreadPoolExecutor(1) as beside:  # this thread has a loop already: Playwright's
            app = beside.submit(lambda: asyncio.run(_app(service))).result()
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        self._end = run_beside(config, listening)
        assert not loaded or service.wait(120)
        return self

    def stop(self) -> None:
        self._end()

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture(scope="session")
def served(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page on the shipped brief."""
    found = Served(tmp_path_factory.mktemp("home"), encoder).start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def patience() -> threading.Event:
    """Until this is set, the address `/slow` does not answer."""
    return threading.Event()


@pytest.fixture(scope="session")
def web(patience: threading.Event) -> Iterator[str]:
    """A web server on this machine with an article at `/harbour`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/slow":
                patience.wait(15)
            there = self.path == "/harbour"
            self.send_response(200 if there else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(HARBOUR.encode() if there else b"")

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium where there is one, else the one that Playwright installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return {"args": ARGUMENTS} | ({"executable_path": found} if found else {})


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Reader]]:
    """Sends a reader to the page; each test fails on any page error and on any request that leaves the host."""
    readers: list[Reader] = []

    def arrive(width: int = 1280, height: int = 800, **options: Any) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": height}, permissions=["clipboard-read", "clipboard-write"], **options
        )
        reader = Reader(context.new_page(), served.url)
        readers.append(reader)
        return reader.arrive()

    yield arrive
    for each in readers:
        each.page.context.close()
    assert [wrong for each in readers for wrong in each.wrongs] == []


@pytest.fixture
def reader(visit: Callable[..., Reader]) -> Reader:
    """A reader at a desk."""
    return visit()


@pytest.fixture
def page(reader: Reader) -> Page:
    """That reader's page."""
    return reader.page


@pytest.fixture
def shelf(served: Served) -> Iterator[Callable[..., Article]]:
    """Puts articles into the library, and takes them out again."""
    put: list[Article] = []

    def add(title: str, text: str, **about: object) -> Article:
        with Index(served.home, encoder=served.encoder) as index:
            put.append(index.add_text(text, title=title, **about))  # type: ignore[arg-type]
        return put[-1]

    yield add
    with Index(served.home, encoder=served.encoder) as index:
        for each in put:
            index.remove(each.id)


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Answers are told as a model tells them: the first sentence at once, the rest once this is set."""
    released, stream = threading.Event(), Service.stream

    def halting(service: Service, *values: Any, **more: Any) -> Iterator[Answer]:
        stop = values[1] if len(values) > 1 else more.get("stop")
        *_, whole = stream(service, *values, **more)
        told = replace(whole, mode="written")
        yield told
        while not released.wait(0.1) and not (stop and stop.is_set()):
            pass
        yield told

    monkeypatch.setattr(Service, "stream", halting)
    return released
