"""One Chroma server for all of these tests, and before it, for each test, a proxy that asks for a token."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder
from tests.index.storage.vectors.servers import TOKEN, ChromaRun, Proxy, proxy_before


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    """`chroma run`, for the session."""
    server = ChromaRun(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def proxy(chroma: ChromaRun, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """What TALKS_CHROMA_URL names, with the token that it asks for."""
    with proxy_before(chroma.url) as made:
        monkeypatch.setenv("TALKS_CHROMA_URL", made.url)
        monkeypatch.setenv("TALKS_CHROMA_TOKEN", TOKEN)
        yield made


@pytest.fixture
def free_port() -> int:
    """A port on loopback on which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def index(proxy: Proxy, tmp_path: Path, encoder: Encoder) -> Iterator[Index]:
    """A library whose vectors lie on the server."""
    with Index(tmp_path / "library", encoder=encoder, patience=0.5) as opened:
        yield opened
