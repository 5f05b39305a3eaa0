"""A library of the brief for tests of written answers, and no waiting between tries."""

from pathlib import Path

import pytest

from assistant import Assistant
from index.encoding.encoder import Encoder


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off is told apart in a test of its own."""
    monkeypatch.setattr("assistant.answering.generation.client.WAITS", (0.0, 0.0))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    home = tmp_path_factory.mktemp("brief")
    with Assistant(home, encoder=encoder) as talks:
        talks.load()
    return home
