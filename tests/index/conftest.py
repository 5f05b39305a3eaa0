"""A library that writes without long waits, and a folder of two short articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder
from tests.index.small_library import BRIDGE, TALKS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "talks.txt").write_text(TALKS)
    (made / "bridge.txt").write_text(BRIDGE)
    return made


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Iterator[Index]:
    with Index(tmp_path / "library", encoder=encoder, patience=0.2) as opened:
        yield opened
