"""The token store: the vector of every word piece of every passage, small enough to keep.

Late interaction compares the question's word pieces with a passage's. Their vectors are made anyway when
a passage is embedded; kept whole they would take 280 KB a passage, so they are turned onto the 160 directions in
which such vectors differ most and kept in four bits each, which takes 15 KB. On XQuAD and SQuAD 2.0, MRR@10 moves
by .002 or less against whole vectors.
"""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.migrations import transaction

Floats = NDArray[np.float32]
Span = tuple[int, int]

DIRECTIONS = 160
#: Part of the index fingerprint: a library whose word pieces are kept otherwise must be rebuilt.
TOKEN_RULES = f"tokens-1/{DIRECTIONS}"

_LEVELS = 7  # four bits: -7 to 7, kept as 1 to 15
_KEPT_IN_MEMORY = 2_000

#: What each byte stands for: two directions of one word piece.
_UNPACKED: Floats = np.array([[(byte >> 4) - 8, (byte & 15) - 8] for byte in range(256)], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A passage's word pieces: `vectors` of shape (word pieces, directions), rows of unit length, and the characters
    (from the passage's start) of each."""

    vectors: Floats
    spans: tuple[Span, ...]


class TokenStore:
    """An SQLite file in a folder of its own. One process writes at a time; any number read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._recent: OrderedDict[int, Tokens] = OrderedDict()
        self._db = sqlite3.connect(folder / "tokens.sqlite3", timeout=30, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # derived, and a rebuild makes it anew
        self._db.execute("CREATE TABLE IF NOT EXISTS projection (one INTEGER PRIMARY KEY, rows INTEGER, matrix BLOB)")
        self._db.execute("CREATE TABLE IF NOT EXISTS tokens (number INTEGER PRIMARY KEY, spans BLOB, vectors BLOB)")
        self._projection: Floats | None = None

    def close(self) -> None:
        """Let go of the file."""
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

    def write(self, passages: Iterable[tuple[int, Floats, Sequence[Span]]], stale: Iterable[int] = ()) -> None:
        """Take in (number, full vectors, spans) of passages and drop the stale ones, in one transaction."""
        rows = [(number, _packed_spans(spans), _packed(self.project(vectors))) for number, vectors, spans in passages]
        self._change("INSERT OR REPLACE INTO tokens VALUES (?,?,?)", rows, stale)

    def copy(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Give a passage, for each (new, old), what another with the same words has."""
        self._change(
            "INSERT OR REPLACE INTO tokens SELECT ?, spans, vectors FROM tokens WHERE number = ?", list(pairs), ()
        )

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]], stale: Iterable[int]) -> None:
        with self._lock, transaction(self._db) as db:
            db.executemany(statement, rows)
            db.executemany("DELETE FROM tokens WHERE number = ?", [(number,) for number in stale])

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
        found: set[int] = set()
        with self._lock:
            for first in range(0, len(numbers), 900):
                some = numbers[first : first + 900]
                marks = ",".join("?" * len(some))
                query = f"SELECT number FROM tokens WHERE number IN ({marks})"
                found.update(row[0] for row in self._db.execute(query, some))
        return found

    def read(self, numbers: Sequence[int]) -> dict[int, Tokens]:
        """The word pieces of the given passages; what is not held is left out. Those used lately stay in memory."""
        _ = self.projection
        with self._lock:
            missing = [number for number in numbers if number not in self._recent]
            for first in range(0, len(missing), 900):
                some = missing[first : first + 900]
                marks = ",".join("?" * len(some))
                rows = self._db.execute(f"SELECT number, spans, vectors FROM tokens WHERE number IN ({marks})", some)
                for number, spans, vectors in rows.fetchall():
                    self._recent[number] = Tokens(self._read(vectors), _unpacked_spans(spans))
            found = {number: self._recent[number] for number in numbers if number in self._recent}
            for number in found:
                self._recent.move_to_end(number)
            while len(self._recent) > _KEPT_IN_MEMORY:
                self._recent.popitem(last=False)
        return found

    def _read(self, blob: bytes) -> Floats:
        width = DIRECTIONS if self._projection is None else self._projection.shape[1]
        values = _UNPACKED[np.frombuffer(blob, dtype=np.uint8)].reshape(-1, width + width % 2)[:, :width]
        unit: Floats = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
        return unit


def principal_directions(sample: Floats, most: int = DIRECTIONS) -> Floats:
    """The directions in which vectors of shape (n, dimensions) differ most: shape (dimensions, at most `most`)."""
    dimensions = sample.shape[1]
    if dimensions <= most:
        return np.eye(dimensions, dtype=np.float32)
    _, directions = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :most], dtype=np.float32)


def _packed(vectors: Floats) -> bytes:
    """Four bits a direction; each row is scaled by its largest, since only its direction counts."""
    if vectors.shape[1] % 2:
        vectors = np.pad(vectors, ((0, 0), (0, 1)))
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    levels = (np.round(vectors / largest * _LEVELS) + 8).astype(np.uint8)
    return bytes(((levels[:, 0::2] << 4) | levels[:, 1::2]).tobytes())


def _packed_spans(spans: Sequence[Span]) -> bytes:
    """Two bytes for where a word piece begins, in characters of its passage, and two for how long it is."""
    pairs = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
    packed = np.column_stack([pairs[:, 0], pairs[:, 1] - pairs[:, 0]])
    return np.minimum(packed, 65_535).astype(np.uint16).tobytes()


def _unpacked_spans(blob: bytes) -> tuple[Span, ...]:
    pairs = np.frombuffer(blob, dtype=np.uint16).reshape(-1, 2).tolist()
    return tuple((start, start + length) for start, length in pairs)
