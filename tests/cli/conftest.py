"""A library of two articles for the commands, and one encoder for all of them."""

from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder
from tests.cli.commands import HARBOUR, TALKS


@pytest.fixture(autouse=True)
def one_encoder(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands load the encoder anew each time; here they share one."""
    monkeypatch.setattr("index.library.Encoder", lambda model: encoder)
    monkeypatch.setattr("assistant.engine.Encoder", lambda model: encoder)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "talks.md").write_text(TALKS, encoding="utf-8")
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    return folder


@pytest.fixture
def library(articles: Path, home_of_its_own: Path, encoder: Encoder) -> Path:
    with Index(home_of_its_own, encoder=encoder) as index:
        index.sync([articles])
    return home_of_its_own
