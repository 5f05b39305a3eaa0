"""The vector index: passage embeddings in a Chroma collection, with metadata for filters.

This part is the same wherever Chroma runs: `local` keeps it in this process, `remote` on another
machine.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.aliases import Floats
from index.article import Article
from index.filters import Filter, day_number, publisher_key

#: Measured against exact search: the defaults of Chroma find four fifths of the nearest fifty. On 100,000 passages, for
#: 60 questions, an ef_search of 200 finds .979 of them, and for one question next to none; 400 finds .999, at least .98
#: for each, and takes no longer (1.9 ms).
GRAPH = {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
#: Passages that go to Chroma, or come from it, at a time.
PORTION = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """One passage as the vector index takes it; `vector` has shape (dimensions,) and unit length."""

    number: int
    article: Article
    vector: Floats


class VectorIndex(ABC):
    """One Chroma collection. One process writes at a time; any number read."""

    @abstractmethod
    def close(self) -> None:
        """Close all that is open."""

    @abstractmethod
    def refresh(self, generation: int) -> None:
        """Follow what another process has published, if this process last read another generation."""

    @abstractmethod
    def written(self, generation: int) -> None:
        """Note that this process has published `generation` itself, so that it is already open."""

    @abstractmethod
    def _collection(self) -> AbstractContextManager[Any]:
        """The collection, for a look into it."""

    @contextmanager
    def _writable(self) -> Iterator[Any]:
        """The collection, for a change."""
        with self._collection() as collection:
            yield collection

    def _portion(self, dimensions: int) -> int:
        """How many passages are taken in at a time."""
        return PORTION

    def write(self, passages: Sequence[Vector], stale: Sequence[int] = ()) -> None:
        """Take in passages and drop the stale ones; a passage taken in twice is there once."""
        with self._writable() as collection:
            portion = self._portion(len(passages[0].vector)) if passages else PORTION
            for first in range(0, len(passages), portion):
                some = passages[first : first + portion]
                collection.upsert(
                    ids=[_id(each.number) for each in some],
                    embeddings=np.stack([each.vector for each in some]).astype(np.float32),
                    metadatas=[_metadata(each.article) for each in some],
                )
            for first in range(0, len(stale), PORTION):
                collection.delete(ids=[_id(number) for number in stale[first : first + PORTION]])

    def count(self) -> int:
        """How many passages the vector index holds."""
        with self._collection() as collection:
            return int(collection.count())

    def numbers(self) -> set[int]:
        """Every passage number that the vector index holds."""
        with self._collection() as collection:
            return {int(found, 16) for found in collection.get(include=[])["ids"]}

    def search(self, vector: Floats, limit: int, where: Filter = Filter()) -> dict[int, float]:
        """The nearest `limit` passages: passage number -> cosine (-1 to 1), nearest first."""
        with self._collection() as collection:
            found = collection.query(
                query_embeddings=[vector], n_results=max(1, limit), include=["distances"], where=_where(where)
            )
            pairs = zip(found["ids"][0], found["distances"][0], strict=True)
            return {int(number, 16): 1.0 - float(distance) for number, distance in pairs}

    def vectors(self, numbers: Sequence[int]) -> dict[int, Floats]:
        """The stored vectors of the given passages that the index holds, shape (dimensions,) each."""
        found: dict[int, Floats] = {}
        with self._collection() as collection:
            for first in range(0, len(numbers), PORTION):
                some = [_id(number) for number in numbers[first : first + PORTION]]
                got = collection.get(ids=some, include=["embeddings"])
                vectors = np.asarray(got["embeddings"], dtype=np.float32)
                found.update((int(number, 16), vector) for number, vector in zip(got["ids"], vectors, strict=True))
        return found


def _id(number: int) -> str:
    return f"{number:016x}"


def _metadata(article: Article) -> Mapping[str, str | int]:
    day = day_number(article.published)
    return {"publisher": publisher_key(article.publisher)} | ({} if day is None else {"published": day})


def _where(where: Filter) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if where.allowed:
        clauses.append({"publisher": {"$in": sorted(where.allowed)}})
    if where.refused:
        clauses.append({"publisher": {"$nin": sorted(where.refused)}})
    if where.after is not None:
        clauses.append({"published": {"$gte": where.after.toordinal()}})
    if where.before is not None:
        clauses.append({"published": {"$lte": where.before.toordinal()}})
    return clauses[0] if len(clauses) == 1 else {"$and": clauses} if clauses else None
