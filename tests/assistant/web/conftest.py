"""A real server on a free loopback port, with a small page that holds nothing but the endpoints."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.service import Service
from assistant.settings import Settings
from assistant.web.server import create_app, keep_quiet, listen
from index.encoding.encoder import Encoder
from index.errors import FetchError
from index.ingestion.fetching import FetchedPage
from tests.running import run_beside

WEB = {
    "https://news.example/harbour": (
        "<html><head><title>Harbour opens again</title></head><body><article><h1>Harbour opens again</h1>"
        "<p>The harbour of Porto Sereno opened again on Monday after nine weeks of repairs, the port authority said. "
        "The first ship to enter was the grain freighter Albatros, which had waited outside since Friday.</p>"
        "<p>Harbour master Tomas Lindqvist said that the new quay can take ships of twice the former length, and that "
        "forty pilots have been trained for it over the winter.</p></article></body></html>"
    )
}


def small_web(url: str) -> FetchedPage:
    """A web of one page; every other address is not there."""
    if url not in WEB:
        raise FetchError(f"{url} answers with status 404; check it in a browser, or save the page.")
    return FetchedPage(url, WEB[url].encode(), "text/html; charset=utf-8")


async def small_app(service: Service) -> FastAPI:
    """The app around a page with nothing but endpoints; async, as Gradio without a running loop leaves loops open."""
    keep_quiet(service.settings)
    import gradio as gr

    from assistant.web.api.gradio_api import add_endpoints

    with gr.Blocks(title="Talks") as page:
        gr.Markdown("Talks")
        add_endpoints(service)
    return create_app(service, page)


@dataclass(frozen=True)
class Served:
    url: str
    service: Service
    stop: Callable[[], None]


def wait_for_health(url: str, seconds: float = 120) -> httpx.Response:
    """The first answer of /health with status 200, or the last one before the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = httpx.get(f"{url}/health", timeout=5)
        except httpx.TransportError:
            answer = httpx.Response(599)
        if answer.status_code == 200 or time.monotonic() > deadline:
            return answer
        threading.Event().wait(0.05)


@pytest.fixture(scope="session")
def start(encoder: Encoder) -> Iterator[Callable[..., Served]]:
    """Starts a server on a home of its own; all are stopped at the end."""
    running: list[Served] = []

    def begin(home: Path, other: Encoder | None = None) -> Served:
        settings = Settings.read(home=home, port=0)
        service = Service(settings, encoder=other or encoder, fetch=small_web)
        listening = listen(settings)
        stop = run_beside(uvicorn.Config(asyncio.run(small_app(service)), log_level="warning"), listening)
        served = Served(f"http://127.0.0.1:{listening.getsockname()[1]}", service, stop)
        running.append(served)
        return served

    yield begin
    for each in running:
        each.stop()


@pytest.fixture(scope="session")
def served(start: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """A server on the shipped brief, ready to be asked."""
    found = start(tmp_path_factory.mktemp("home"))
    assert wait_for_health(found.url).status_code == 200
    return found


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]
