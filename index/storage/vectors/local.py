"""The vector index in a folder: Chroma inside this process.

Chroma keeps its search graph in memory. A reader that is open while another process writes goes on
answering from its old graph without any error, so `refresh` opens it anew when the library's
generation has moved; and within one process everybody shares one client for one folder.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from filelock import FileLock, Timeout

from index.storage.vectors.base import GRAPH, VectorIndex

_COLLECTION = "passages"
#: Seconds a reader waits for another process's writing to end before it goes on with what it has.
_PATIENCE = 5.0


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
            _COLLECTION, embedding_function=None, configuration={"hnsw": GRAPH}
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


class VectorsOnDisk(VectorIndex):
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
        """Close the folder; the last user in this process closes the client."""
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
        """Follow what another process has published, if this process last read another generation."""
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
        """Note that this process has published `generation` itself, so that it is already open."""
        self._mine.generation = generation

    def _collection(self) -> AbstractContextManager[Any]:
        return self._mine.query()

    @contextmanager
    def _writable(self) -> Iterator[Any]:
        with self._files(timeout=-1), self._mine.query() as collection:
            yield collection

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
