"""The late-interaction index: 4-bit vectors of every word piece, and one of each passage.

Late interaction compares the question's word pieces with a passage's. Their vectors are made anyway when
a passage is embedded; kept whole they would take 280 KB a passage, so they are turned onto the 160 directions in
which such vectors differ most and kept in four bits each, which takes 15 KB. Against whole vectors, MRR@10 moves by
.002 or less on XQuAD and SQuAD 2.0, and by .008 on MultiHop-RAG (236 questions).

The embedding of the whole passage is here as well, in two bytes a dimension: fetching one from Chroma by its id takes
36 µs and here 3 µs, and every question needs those of the passages that only its words have found.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats, Span
from index.storage.migrations import transaction

DIRECTIONS = 160
#: Part of the index fingerprint: a library whose word pieces are kept otherwise must be rebuilt.
TOKEN_RULES = f"tokens-2/{DIRECTIONS}"

_LEVELS = 7  # four bits: -7 to 7, kept as 1 to 15

#: The value of each byte: two directions of one word piece as one complex number, so that both are looked up at once.
_UNPACKED = np.array([complex((byte >> 4) - 8, (byte & 15) - 8) for byte in range(256)], dtype=np.complex64)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The word pieces of several passages, one passage after the other.

    `vectors` has shape (word pieces, directions), rows of unit length; `spans` (word pieces, 2) holds the characters
    of each, counted from its passage's start. The word pieces of `numbers[i]` are `bounds[i]` to `bounds[i + 1]`.
    """

    numbers: tuple[int, ...]
    vectors: Floats
    spans: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @classmethod
    def joined(cls, passages: Mapping[int, tuple[Floats, Sequence[Span]]]) -> "Tokens":
        """The vectors and spans of several passages, by number, put together."""
        spans = [np.asarray(each, dtype=np.int64).reshape(-1, 2) for _, each in passages.values()]
        vectors = [each for each, _ in passages.values()] or [np.empty((0, DIRECTIONS), dtype=np.float32)]
        bounds = np.cumsum([0, *map(len, spans)])
        return cls(tuple(passages), np.concatenate(vectors), np.concatenate([np.empty((0, 2), int), *spans]), bounds)

    def each(self) -> Iterator[tuple[int, Floats, NDArray[np.int64]]]:
        """Each passage's number, vectors and spans."""
        for i, number in enumerate(self.numbers):
            mine = slice(self.bounds[i], self.bounds[i + 1])
            yield number, self.vectors[mine], self.spans[mine]


class TokenStore:
    """An SQLite file in a folder of its own. One process writes at a time; any number read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / "tokens.sqlite3", timeout=30, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # derived, and a rebuild makes it anew
        self._db.execute("CREATE TABLE IF NOT EXISTS projection (one INTEGER PRIMARY KEY, rows INTEGER, matrix BLOB)")
        self._db.execute("CREATE TABLE IF NOT EXISTS tokens (number INTEGER PRIMARY KEY, spans BLOB, vectors BLOB)")
        self._db.execute("CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY, vector BLOB)")
        self._projection: Floats | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @property
    def projection(self) -> Floats | None:
        """The directions that are kept, shape (dimensions, directions); None before anything is written."""
        if self._projection is None:
            with self._lock:
                row = self._db.execute("SELECT rows, matrix FROM projection").fetchone()
            if row is not None:
                self._projection = np.frombuffer(row[1], dtype=np.float32).reshape(row[0], -1)
        return self._projection

    def fix(self, directions: Floats) -> None:
        """Fix the directions that are kept, shape (dimensions, directions); once, before anything is written."""
        if self.projection is None:
            blob = directions.astype(np.float32).tobytes()
            with self._lock:
                self._db.execute("INSERT INTO projection VALUES (1, ?, ?)", (directions.shape[0], blob))

    def project(self, vectors: Floats) -> Floats:
        """Turn full vectors, shape (…, dimensions), onto the kept directions, with unit length again."""
        if self.projection is None:
            return vectors
        turned = vectors @ self.projection
        return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-9), dtype=np.float32)

    def write(self, passages: Iterable[tuple[int, Floats, Floats, Sequence[Span]]], stale: Iterable[int] = ()) -> None:
        """Take in (number, its vector, its word pieces' full vectors, their spans) and drop the stale ones."""
        self.write_packed(
            [
                (number, vector, packed_spans(spans), packed_vectors(self.project(tokens)))
                for number, vector, tokens, spans in passages
            ],
            stale,
        )

    def write_packed(self, passages: Sequence[tuple[int, Floats, bytes, bytes]], stale: Iterable[int] = ()) -> None:
        """Write spans and vectors that are packed already, in one transaction."""
        with self._changing() as db:
            pieces = [(number, spans, tokens) for number, _, spans, tokens in passages]
            wholes = [(number, vector.astype(np.float16).tobytes()) for number, vector, _, _ in passages]
            db.executemany("INSERT OR REPLACE INTO tokens VALUES (?,?,?)", pieces)
            db.executemany("INSERT OR REPLACE INTO passages VALUES (?,?)", wholes)
            gone = [(number,) for number in stale]
            db.executemany("DELETE FROM tokens WHERE number = ?", gone)
            db.executemany("DELETE FROM passages WHERE number = ?", gone)

    def copy(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Copy the vectors of another passage with the same words, for each (new, old)."""
        with self._changing() as db:
            select = "SELECT ?, spans, vectors FROM tokens WHERE number = ?"
            db.executemany(f"INSERT OR REPLACE INTO tokens {select}", pairs)
            db.executemany("INSERT OR REPLACE INTO passages SELECT ?, vector FROM passages WHERE number = ?", pairs)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, transaction(self._db) as db:
            yield db

    def count(self) -> int:
        """How many passages the store holds."""
        with self._lock:
            return int(self._db.execute("SELECT COUNT(*) FROM tokens").fetchone()[0])

    def numbers(self) -> set[int]:
        """Every passage number that the store holds."""
        with self._lock:
            return {row[0] for row in self._db.execute("SELECT number FROM tokens")}

    def numbers_among(self, numbers: Sequence[int]) -> set[int]:
        """Those of the given numbers that the store holds."""
        return {row[0] for row in self._rows("SELECT number FROM tokens", numbers)}

    def read(self, numbers: Sequence[int]) -> Tokens:
        """The word pieces of the given passages that the store holds, in their order."""
        held = {row[0]: row for row in self._rows("SELECT number, spans, vectors FROM tokens", numbers)}
        rows = [held[number] for number in dict.fromkeys(numbers) if number in held]
        directions = self.projection
        width = DIRECTIONS if directions is None else directions.shape[1]
        levels = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.uint8)
        vectors = _UNPACKED[levels].view(np.float32).reshape(-1, width + width % 2)[:, :width]
        vectors /= np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), 1e-9)[:, None]
        spans = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.uint16).reshape(-1, 2).astype(np.int64)
        spans[:, 1] += spans[:, 0]
        bounds = np.cumsum([0, *(len(row[1]) // 4 for row in rows)])
        return Tokens(tuple(row[0] for row in rows), vectors, spans, bounds)

    def vectors(self, numbers: Sequence[int]) -> dict[int, Floats]:
        """The embeddings of the given passages that the store holds, shape (dimensions,) each."""
        rows = self._rows("SELECT number, vector FROM passages", numbers)
        vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).astype(np.float32)
        return dict(zip((row[0] for row in rows), vectors.reshape(len(rows), -1), strict=True)) if rows else {}

    def _rows(self, select: str, numbers: Sequence[int]) -> list[Any]:
        with self._lock:
            query = f"{select} WHERE number IN (SELECT value FROM json_each(?))"
            return self._db.execute(query, (json.dumps(list(numbers)),)).fetchall()


def principal_directions(sample: Floats, most: int = DIRECTIONS) -> Floats:
    """The directions in which vectors of shape (n, dimensions) differ most: shape (dimensions, at most `most`)."""
    dimensions = sample.shape[1]
    if dimensions <= most:
        return np.eye(dimensions, dtype=np.float32)
    _, directions = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :most], dtype=np.float32)


def packed_vectors(vectors: Floats) -> bytes:
    """Four bits a direction; each row is scaled by its largest, since only its direction counts."""
    if vectors.shape[1] % 2:
        vectors = np.pad(vectors, ((0, 0), (0, 1)))
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    levels = (np.round(vectors / largest * _LEVELS) + 8).astype(np.uint8)
    return bytes(((levels[:, 0::2] << 4) | levels[:, 1::2]).tobytes())


def packed_spans(spans: Sequence[Span] | NDArray[np.int64]) -> bytes:
    """Two bytes for where a word piece begins, in characters of its passage, and two for how long it is."""
    pairs = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
    packed = np.column_stack([pairs[:, 0], pairs[:, 1] - pairs[:, 0]])
    return np.minimum(packed, 65_535).astype(np.uint16).tobytes()
