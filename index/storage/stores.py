"""The stores of a library, opened together: the catalog and what is derived from it.

The derived stores lie in folders named by an epoch number (`vectors/1`, `words/1`, `tokens/1`) that the
catalog holds; the vectors may lie in a collection on a Chroma server instead, named by the epoch as well. A rebuild
fills those of the next epoch beside them, and its one transaction in the catalog makes them the ones in use: whoever
reads goes on with the old ones until then.
"""

import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.encoding import Encoder
from index.encoding.chunking import PASSAGE_RULES
from index.errors import OtherEncoderError
from index.home import Home
from index.storage.bm25_index import WORD_RULES
from index.storage.catalog import Catalog
from index.storage.derived import STORES, Derived
from index.storage.integrity import fault
from index.storage.token_index import TOKEN_RULES
from index.storage.vector_location import Place
from index.storage.vectors import ChromaAddress

RULES = f"{PASSAGE_RULES} {TOKEN_RULES} {WORD_RULES}"
#: The catalog that a restore prepares.
STAGED = "restoring.sqlite3"
#: Seconds after which no question still reads stores that a rebuild has replaced; a read takes some milliseconds.
RETIRING = 60.0


class Stores:
    """All stores of a home, for one process that uses it."""

    def __init__(
        self, home: Home, encoder: Encoder, chroma: ChromaAddress | None = None, catalog: Path | None = None
    ) -> None:
        """Open them; `chroma` is where the vectors lie, if not in the home, and `catalog` the catalog, if it is another
        than that of the home, whose library it is to become."""
        home.make()
        self.home = home
        self.encoder = encoder
        self.catalog = Catalog(catalog or home.catalog)
        self.place = Place(home, self.catalog, chroma)
        self._derived: Derived | None = None
        #: Another thread may be in the middle of a look into those that a rebuild has replaced.
        self._retired: Derived | None = None
        self._retired_at = 0.0
        self._lock = threading.Lock()
        #: Whether the process that opened these holds the write lock.
        self.writing = False

    @property
    def epoch(self) -> int:
        """The number of the folders in use."""
        return int(self.catalog.meta("epoch") or 1)

    @property
    def identity(self) -> str:
        """The identity of this library on its seals; drawn when it is first written to."""
        known = self.catalog.meta("identity")
        if known is None:
            known = secrets.token_hex(16)
            with self.catalog.transaction():
                self.catalog.set_meta("identity", known)
        return known

    @property
    def derived(self) -> Derived:
        """The derived stores in use, opened when first needed, and again after a rebuild."""
        epoch = self.epoch
        with self._lock:
            # Never back to older ones: a reader in the middle of a snapshot still sees their number in the catalog.
            if self._derived is None or self._derived.epoch < epoch:
                self._let_go()
                self._retired, self._derived = self._derived, self._opened(epoch, self._faults(epoch))
                self._retired_at = time.monotonic()
            elif self._retired is not None and time.monotonic() > self._retired_at + RETIRING:
                self._let_go()
            return self._derived

    def _let_go(self) -> None:
        """Close the stores that a rebuild has replaced: as long as they are open, their files take up disk."""
        if self._retired is not None:
            self._retired.close()
        self._retired = None

    def _opened(self, epoch: int, away: Mapping[str, str]) -> Derived:
        return Derived(self.home, epoch, lambda: self.place.vectors(epoch), away)

    def follow(self, generation: int) -> None:
        """Follow what other processes have published, and check whether it is whole."""
        derived, faults = self.derived, self._faults(self.epoch)
        if derived.away and derived.away.keys() != faults.keys():  # a store that failed before may be whole by now
            with self._lock:
                if self._derived is derived:
                    derived.close()
                    self._derived = None
            derived = self.derived
        if derived.epoch == self.epoch:  # or a rebuild has just swept it away
            derived.away.update(faults)
        derived.refresh(generation)

    def _faults(self, epoch: int) -> dict[str, str]:
        """The stores of an epoch that must not be opened, with reasons."""
        if not self.catalog.generation():
            return {}
        found = {}
        for name in STORES if self.place.on_disk else STORES[1:]:
            folder = self.home.folder / name / str(epoch)
            reason = fault(folder, self.catalog.meta("identity"), self.catalog.generation, self._at_work)
            if reason is not None:
                found[name] = reason
        return found

    def _at_work(self) -> bool:
        return not self.writing and self.home.is_written()

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            for derived in (self._derived, self._retired):
                if derived is not None:
                    derived.close()
            self._derived = self._retired = None
        self.place.close()
        self.catalog.close()

    def fingerprint(self) -> str:
        """The fingerprint of encoder and rules: equal fingerprints give equal vectors and passages."""
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
        """Become the last writer of the vectors; the caller holds the write lock."""
        self.place.claim(self.epoch, empty=self.catalog.meta("fingerprint") is None)

    def sweep(self) -> None:
        """Delete the remains of an interrupted writer; the caller holds the write lock."""
        self.sweep_epochs()
        pending = self.catalog.pending()
        if pending:
            kept = self.catalog.passages_of(pending).keys()
            self.derived.break_seals(self.identity)
            self.derived.drop(sorted(pending - kept))
            with self.catalog.transaction():
                self.catalog.clear_pending()
        if self.derived.broken:
            self.derived.seal(self.identity, self.catalog.generation())

    def sweep_epochs(self) -> None:
        """Delete the remains of other epochs and of an interrupted restore; the caller holds the write lock."""
        for left in self.home.folder.glob(STAGED + "*"):
            left.unlink(missing_ok=True)
        used = str(self.epoch)
        for parent in (self.home.vectors, self.home.words, self.home.tokens):
            for left in (*parent.glob("*.seal"), *parent.glob("*.tried")):
                if left.stem != used:
                    left.unlink(missing_ok=True)
        self.place.sweep(self.epoch)
        for folder in self._unused():
            shutil.rmtree(folder, ignore_errors=True)

    def highest_epoch(self) -> int:
        """The highest number that is or was in use here."""
        there = (path.name for name in STORES for path in (self.home.folder / name).glob("*") if path.name.isdigit())
        return max(self.epoch, *(int(name) for name in there), 0)

    def _unused(self) -> Iterator[Path]:
        used = str(self.epoch)
        for parent in (self.home.words, self.home.tokens):
            if parent.is_dir():
                yield from (each for each in parent.iterdir() if each.is_dir() and each.name != used)
