"""The vector index: a passage's embedding in Chroma on disk, with what filters need as metadata.

Chroma keeps its search graph in memory. A reader that is open while another process writes goes on
answering from its old graph without any error, so `refresh` opens it anew when the library's
generation has moved; and within one process everybody shares one client for one folder.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.article import Article
from index.words import Filter, day_number, publisher_key

Floats = NDArray[np.float32]

_COLLECTION = "passages"
#: Measured against exact search, see `check`: the defaults of Chroma find four fifths of the nearest fifty.
_GRAPH = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
_PORTION = 2_000
#: Seconds a reader waits for another process's writing to end before it goes on with what it has.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """One passage as the vector index takes it; `vector` has shape (dimensions,) and unit length."""

    number: int
    article: Article
    vector: Floats


class _Shared:
    """The one Chroma client of this process for a folder, and a lock that lets many query while none reopens it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.users = 0
        self.generation = -1
        self.client: Any = None
        self.collection: Any = None
        self.condition = threading.Condition()
        self.querying = 0

    def open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        self.folder.mkdir(parents=True, exist_ok=True)
        self.client = chromadb.PersistentClient(str(self.folder), settings=Settings(anonymized_telemetry=False))
        self.collection = self.client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": _GRAPH}
        )

    def close(self) -> None:
        if self.client is not None:
            self.client.close()
        self.client = self.collection = None

    @contextmanager
    def query(self) -> Iterator[Any]:
        with self.condition:
            if self.collection is None:
                self.open()
            self.querying += 1
        try:
            yield self.collection
        finally:
            with self.condition:
                self.querying -= 1
                self.condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.condition:
            self.condition.wait_for(lambda: self.querying == 0)
            yield


class VectorIndex:
    """Chroma on disk, in one folder. One process writes at a time; any number read."""

    _shared: ClassVar[dict[Path, _Shared]] = {}
    _guard: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        with self._guard:
            self._mine = self._shared.setdefault(self.folder, _Shared(self.folder))
            self._mine.users += 1
        self._closed = False

    def close(self) -> None:
        """Let go of the folder; the last user in this process closes the client."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._mine.users -= 1
            if self._mine.users == 0:
                self._shared.pop(self.folder, None)
                with self._mine.alone():
                    self._mine.close()

    def refresh(self, generation: int) -> None:
        """See what another process has published, if this one last looked at another generation."""
        mine = self._mine
        if mine.generation == generation and mine.collection is not None:
            return
        try:
            with self._files(_PATIENCE), mine.alone():
                if mine.generation != generation or mine.collection is None:
                    mine.close()
                    mine.open()
                    self._warm(mine.collection)
                    mine.generation = generation
        except Timeout:
            # Another process is in the middle of a long write. What is open still answers, and a passage
            # that is gone is dropped by the catalog, so this only puts off what is new.
            return

    def written(self, generation: int) -> None:
        """This process has itself published `generation`: what is open is what is new."""
        self._mine.generation = generation

    def write(self, passages: Sequence[Vector], stale: Sequence[int] = ()) -> None:
        """Take in passages and drop the stale ones; a passage taken in twice is there once."""
        with self._files(timeout=-1), self._mine.query() as collection:
            for first in range(0, len(passages), _PORTION):
                some = passages[first : first + _PORTION]
                collection.upsert(
                    ids=[_id(each.number) for each in some],
                    embeddings=np.stack([each.vector for each in some]).astype(np.float32),
                    metadatas=[_metadata(each.article) for each in some],
                )
            for first in range(0, len(stale), _PORTION):
                collection.delete(ids=[_id(number) for number in stale[first : first + _PORTION]])

    def count(self) -> int:
        """How many passages the vector index holds."""
        with self._mine.query() as collection:
            return int(collection.count())

    def numbers(self) -> set[int]:
        """Every passage number that the vector index holds."""
        with self._mine.query() as collection:
            return {int(found, 16) for found in collection.get(include=[])["ids"]}

    def search(self, vector: Floats, limit: int, where: Filter = Filter()) -> dict[int, float]:
        """The nearest `limit` passages: passage number -> cosine (-1 to 1), nearest first."""
        with self._mine.query() as collection:
            found = collection.query(
                query_embeddings=[vector], n_results=max(1, limit), include=["distances"], where=_where(where)
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(number, 16): 1.0 - float(distance) for number, distance in pairs}

    def vectors(self, numbers: Sequence[int]) -> dict[int, Floats]:
        """The stored vectors of the given passages, shape (dimensions,) each; what is not held is left out."""
        found: dict[int, Floats] = {}
        with self._mine.query() as collection:
            for first in range(0, len(numbers), _PORTION):
                some = [_id(number) for number in numbers[first : first + _PORTION]]
                got = collection.get(ids=some, include=["embeddings"])
                vectors = np.asarray(got["embeddings"], dtype=np.float32)
                found.update((int(number, 16), vector) for number, vector in zip(got["ids"], vectors, strict=True))
        return found

    def _warm(self, collection: Any) -> None:
        """Have Chroma read its graph from the disk now, while nobody writes to it."""
        some = collection.get(limit=1, include=["embeddings"])
        if some["ids"]:
            collection.query(query_embeddings=some["embeddings"], n_results=1, include=[])

    @contextmanager
    def _files(self, timeout: float) -> Iterator[None]:
        """Held while Chroma's files are written, and while they are read into memory."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder.with_name(self.folder.name + ".lock"), timeout=timeout, thread_local=False):
            yield


def _id(number: int) -> str:
    return f"{number:016x}"


def _metadata(article: Article) -> Mapping[str, str | int]:
    day = day_number(article.published)
    return {"publisher": publisher_key(article.publisher)} | ({} if day is None else {"published": day})


def _where(where: Filter) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if where.publisher is not None:
        clauses.append({"publisher": publisher_key(where.publisher)})
    if where.after is not None:
        clauses.append({"published": {"$gte": where.after.toordinal()}})
    if where.before is not None:
        clauses.append({"published": {"$lte": where.before.toordinal()}})
    return clauses[0] if len(clauses) == 1 else {"$and": clauses} if clauses else None
