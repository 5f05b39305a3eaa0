"""The stores of one library, opened together: the catalog, and what is derived from it.

The derived stores lie in folders named by an epoch number (`vectors/1`, `words/1`, `tokens/1`) that the
catalog holds; the vectors may lie in a collection on a Chroma server instead, named by the epoch as well. A rebuild
fills those of the next epoch beside them, and its one transaction in the catalog makes them the ones in use: whoever
reads goes on with the old ones until then.
"""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from index.catalog import Catalog
from index.chroma_server import ChromaAddress
from index.embedding import Encoder
from index.errors import LibraryError, OtherEncoderError
from index.home import Home
from index.passages import PASSAGE_RULES
from index.places import Place
from index.tokens import TOKEN_RULES, TokenStore
from index.vectors import VectorIndex
from index.words import WORD_RULES, WordIndex

RULES = f"{PASSAGE_RULES} {TOKEN_RULES} {WORD_RULES}"


class Derived:
    """The derived stores of one epoch."""

    def __init__(self, home: Home, epoch: int, vectors: VectorIndex) -> None:
        self.epoch = epoch
        self.vectors = vectors
        try:
            self.words = WordIndex(home.words / str(epoch))
            self.tokens = TokenStore(home.tokens / str(epoch))
        except Exception as error:  # what these libraries raise for a damaged folder has no common name
            reason = str(error).splitlines()[0] if str(error) else repr(error)
            raise LibraryError(
                f"The index in {home.folder} cannot be opened ({reason}): "
                "run `python -m index rebuild`, which makes it anew from the articles."
            ) from error

    def refresh(self, generation: int) -> None:
        """See what other processes have published."""
        self.vectors.refresh(generation)
        self.words.refresh()

    def drop(self, numbers: list[int]) -> None:
        """Drop passages from all three."""
        if numbers:
            self.vectors.write([], numbers)
            self.words.write([], numbers)
            self.tokens.write([], numbers)

    def close(self) -> None:
        """Let go of all files."""
        self.vectors.close()
        self.tokens.close()


class Stores:
    """All stores of a home, for one process that uses it; `chroma` is where the vectors lie, if not in the home."""

    def __init__(self, home: Home, encoder: Encoder, chroma: ChromaAddress | None = None) -> None:
        home.make()
        self.home = home
        self.encoder = encoder
        self.catalog = Catalog(home.catalog)
        self.place = Place(home, self.catalog, chroma)
        self._derived: Derived | None = None
        self._retired: Derived | None = None
        self._lock = threading.Lock()

    @property
    def epoch(self) -> int:
        """The number of the folders in use."""
        return int(self.catalog.meta("epoch") or 1)

    @property
    def derived(self) -> Derived:
        """The derived stores in use, opened when first needed, and again after a rebuild."""
        epoch = self.epoch
        with self._lock:
            if self._derived is None or self._derived.epoch != epoch:
                if self._retired is not None:
                    self._retired.close()
                # Another thread may be in the middle of a look into the old ones: they go with the next change.
                self._retired, self._derived = self._derived, Derived(self.home, epoch, self.place.vectors(epoch))
            return self._derived

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for derived in (self._derived, self._retired):
                if derived is not None:
                    derived.close()
            self._derived = self._retired = None
        self.place.close()
        self.catalog.close()

    def fingerprint(self) -> str:
        """What decides whether vectors and passages made here fit those in the library."""
        return f"{self.encoder.fingerprint}|{RULES}"

    def same_encoder(self) -> None:
        """Raise OtherEncoderError if the index was made with another encoder or by other rules.

        And VectorServerError, if its vectors were put in another place.
        """
        made = self.catalog.meta("fingerprint")
        mine = self.fingerprint()
        if made is None:
            return
        if made == mine:
            self.place.agree()
            return
        made_encoder, _, made_rules = made.partition("|")
        encoder, _, rules = mine.partition("|")
        theirs, ours = (made_encoder, encoder) if made_encoder != encoder else (made_rules, rules)
        raise OtherEncoderError(
            f"The index in {self.home.folder} was made with {theirs}, and this is {ours}: "
            "run `python -m index rebuild` to make it anew, "
            "or set TALKS_EMBEDDING_MODEL to the model that it was made with."
        )

    def claim(self) -> None:
        """Be the last writer of the vectors; only for the one who holds the lock."""
        self.place.claim(self.epoch, empty=self.catalog.meta("fingerprint") is None)

    def sweep(self) -> None:
        """Clear away what a writer that was cut off has left; only for the one who holds the lock."""
        self.sweep_epochs()
        pending = self.catalog.pending()
        if pending:
            kept = self.catalog.passages_of(pending).keys()
            self.derived.drop(sorted(pending - kept))
            with self.catalog.transaction():
                self.catalog.clear_pending()

    def sweep_epochs(self) -> None:
        """Delete what other epochs have left; only for the one who holds the lock."""
        self.place.sweep(self.epoch)
        for folder in self._unused():
            shutil.rmtree(folder, ignore_errors=True)

    def _unused(self) -> Iterator[Path]:
        used = str(self.epoch)
        for parent in (self.home.words, self.home.tokens):
            if parent.is_dir():
                yield from (each for each in parent.iterdir() if each.is_dir() and each.name != used)
