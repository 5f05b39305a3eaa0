"""The vector index on a Chroma server, which several assistants share.

A server has no stale graph: what it has taken in, everybody finds at once. What is not yet published, or no longer, is
therefore found as well, and dropped where the catalog does not hold it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from index.errors import VectorServerError
from index.storage.vectors.base import PORTION, VectorIndex
from index.storage.vectors.client import ChromaServer

#: Bytes of vectors that go to the server in one request, which takes some 40 MB.
_MOST_BYTES = 8_000_000


class _Nothing:
    """A collection before there is one."""

    def count(self) -> int:
        return 0

    def get(self, **asked: Any) -> dict[str, Any]:
        return {"ids": [], "embeddings": []}

    def query(self, **asked: Any) -> dict[str, Any]:
        return {"ids": [[]], "distances": [[]]}


class VectorsOnServer(VectorIndex):
    """One collection on a Chroma server. One process writes at a time; any number read."""

    def __init__(self, server: ChromaServer, name: str, *, unborn: bool = False) -> None:
        """`unborn` says that the first article may still have to come, and the collection with it."""
        self.name = name
        self._server = server
        self._unborn = unborn
        self._found: Any = None

    def close(self) -> None:
        """Forget the collection; the connection is the server's."""
        self._found = None

    def refresh(self, generation: int) -> None:
        """Nothing: the server answers from what is there."""

    def written(self, generation: int) -> None:
        """Nothing: the server answers from what is there."""

    def numbers(self) -> set[int]:
        """Every passage number that the vector index holds."""
        with self._server.writing():
            return super().numbers()

    def _portion(self, dimensions: int) -> int:
        return max(1, min(PORTION, self._server.most(), _MOST_BYTES // (4 * dimensions)))

    @contextmanager
    def _collection(self) -> Iterator[Any]:
        with self._looking(self._server.reading(), nothing=_Nothing() if self._unborn else None) as collection:
            yield collection

    @contextmanager
    def _writable(self) -> Iterator[Any]:
        with self._looking(self._server.writing()) as collection:
            yield collection

    @contextmanager
    def _looking(self, asking: AbstractContextManager[Any], nothing: Any = None) -> Iterator[Any]:
        from chromadb.errors import NotFoundError

        with asking:
            found = self._found or self._server.find(self.name)
            if found is None and nothing is None:
                raise self.missing()
            self._found = found
            self._unborn = self._unborn and found is None
            try:
                yield nothing if found is None else found
            except NotFoundError as error:  # deleted since
                self._found = None
                raise self.missing() from error

    def missing(self) -> VectorServerError:
        """The sentence for a server that does not hold this collection."""
        return VectorServerError(
            f"The Chroma server at {self._server.address.url} (TALKS_CHROMA_URL) holds no vectors of this library: "
            "correct the address, or run `python -m index rebuild`, which puts them there."
        )
