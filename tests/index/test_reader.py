"""What one question meets in the library is told of that question, whatever others ask meanwhile."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Index, VectorServerError
from index.encoding.encoder import Encoder
from index.filters import Filter
from index.home import Home
from index.reader import Reader
from index.storage.vectors.base import VectorIndex

BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HARVEST = "Farmers near Odesa expect a poor harvest. Rain came too late, their union said."


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Iterator[Index]:
    with Index(tmp_path / "library", encoder=encoder) as opened:
        opened.add_text(BRIDGE, title="Bridge")
        yield opened


@pytest.fixture
def reader(index: Index, encoder: Encoder) -> Iterator[Reader]:
    reader = Reader(Home.find(index.home.folder), encoder)
    reader.refresh()
    yield reader
    reader.close()


def meanwhile(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_question_keeps_its_generation_while_another_sees_a_newer_one(reader: Reader, index: Index) -> None:
    before = index.generation()
    with reader.question() as looked:
        index.add_text(HARVEST, title="Harvest")
        meanwhile(reader.refresh)
    assert reader.generation == index.generation() > before
    assert looked.generation == before


def test_a_server_that_one_question_could_not_reach_is_no_notice_of_another(
    reader: Reader, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = encoder.encode(["bridge"], question=True)[0].vector
    seen = {}

    def ask(name: str) -> None:
        with reader.question() as looked:
            reader.by_vector(vector, 5, Filter())
        seen[name] = looked.unreachable

    def fail(*_: object) -> None:
        raise VectorServerError("the server is away")

    with reader.question() as looked:
        with monkeypatch.context() as patch:
            patch.setattr(VectorIndex, "search", fail)
            reader.by_vector(vector, 5, Filter())
            meanwhile(lambda: ask("while it was away"))
        meanwhile(lambda: ask("afterwards"))
    assert looked.unreachable == "the server is away"
    assert seen == {"while it was away": "the server is away", "afterwards": None}
