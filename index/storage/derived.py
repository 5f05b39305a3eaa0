"""Derived stores: embeddings, words and word-piece vectors of one epoch."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from index.errors import DamagedIndexError, TalksError
from index.home import Home
from index.storage.bm25_index import WordIndex
from index.storage.disk_errors import disk_fault, plain_reason
from index.storage.integrity import break_seal, is_broken, seal
from index.storage.token_index import TokenStore
from index.storage.vectors import VectorIndex, VectorsOnDisk

log = logging.getLogger("talks")

S = TypeVar("S")

#: The name of each store, and its folder in the home.
STORES = ("vectors", "words", "tokens")


class Derived:
    """The derived stores of one epoch. Damaged stores are not opened: `away` holds the reason by the store's name."""

    def __init__(
        self, home: Home, epoch: int, vectors: Callable[[], VectorIndex], away: Mapping[str, str] | None = None
    ) -> None:
        self.home = home
        self.epoch = epoch
        self.away = dict(away or {})
        self._vectors: VectorIndex | None = self._opened("vectors", vectors)
        self._words = self._opened("words", lambda: WordIndex(self.folder("words")))
        self._tokens = self._opened("tokens", lambda: TokenStore(self.folder("tokens")))

    def _opened(self, name: str, store: Callable[[], S]) -> S | None:
        if name in self.away:
            return None
        try:
            return store()
        except BaseException as error:
            self.give_up(name, error)
            return None

    def folder(self, name: str) -> Path:
        """Where a store of this epoch lies."""
        return self.home.folder / name / str(self.epoch)

    def give_up(self, name: str, error: BaseException) -> None:
        """Stop using a store because of an error; an error that is not the store's fault is raised again."""
        if isinstance(error, TalksError):
            raise error  # the error already says what is wrong, such as a server that is away
        # The errors of these libraries for a damaged file have no common base class; a panic is not even an Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise error
        if disk_fault(self.home.folder, error) is not None:
            raise error  # the fault is the disk's, not the store's
        self.away[name] = plain_reason(error)
        log.warning("%s/ cannot be used: %s", name, self.away[name])

    def whole(self) -> "Derived":
        """These stores, if all can be used. Raises DamagedIndexError where one cannot."""
        if self.away:
            raise self._damaged()
        return self

    def _damaged(self) -> DamagedIndexError:
        said = "; ".join(f"{name}/: {reason}" for name, reason in self.away.items())
        return DamagedIndexError(
            f"The index in {self.home.folder} is damaged ({said}): "
            "run `python -m index rebuild`, which makes it anew from the articles."
        )

    @property
    def vectors(self) -> VectorIndex:
        """The embeddings. Raises DamagedIndexError where they cannot be used, as do the others."""
        if self._vectors is None or "vectors" in self.away:
            raise self._damaged()
        return self._vectors

    @property
    def words(self) -> WordIndex:
        """The word index."""
        if self._words is None or "words" in self.away:
            raise self._damaged()
        return self._words

    @property
    def tokens(self) -> TokenStore:
        """The word pieces' vectors."""
        if self._tokens is None or "tokens" in self.away:
            raise self._damaged()
        return self._tokens

    def refresh(self, generation: int) -> None:
        """See what other processes have published."""
        for name in ("vectors", "words"):
            if name in self.away:
                continue
            try:
                if name == "vectors":
                    self.vectors.refresh(generation)
                else:
                    self.words.refresh()
            except BaseException as error:
                self.give_up(name, error)

    def numbers(self, name: str) -> set[int]:
        """Every passage number that a store holds. Raises DamagedIndexError where it cannot tell."""
        store: VectorIndex | WordIndex | TokenStore
        store = self.vectors if name == "vectors" else self.words if name == "words" else self.tokens
        try:
            return store.numbers()
        except BaseException as error:
            self.give_up(name, error)
            raise self._damaged() from error

    def drop(self, numbers: list[int]) -> None:
        """Drop passages from all three."""
        if numbers:
            self.vectors.write([], numbers)
            self.words.write([], numbers)
            self.tokens.write([], numbers)

    def break_seals(self, library: str) -> None:
        """Mark the stores as being written to, before anything is written."""
        for name in self.sealed:
            break_seal(self.folder(name), library)

    def seal(self, library: str, generation: int) -> None:
        """Mark the stores as whole at this generation."""
        for name in self.sealed:
            seal(self.folder(name), library, generation)

    @property
    def sealed(self) -> tuple[str, ...]:
        """The stores that lie in the home."""
        return STORES if isinstance(self._vectors, VectorsOnDisk) or "vectors" in self.away else STORES[1:]

    @property
    def broken(self) -> bool:
        """Whether a writer was interrupted in the middle of its work."""
        return any(is_broken(self.folder(name)) for name in self.sealed)

    def close(self) -> None:
        """Let go of all files."""
        if self._vectors is not None:
            self._vectors.close()
        if self._tokens is not None:
            self._tokens.close()
