"""Vector location: on this disk or on a Chroma server, and whether the vectors there are this library's.

A home is copied by its catalog alone, and a copy names the same collection on the server. Of two copies that write, the
first is therefore told from the second by a stamp: each writer leaves a new one on the collection and in its catalog
before it changes anything, and whoever finds another there than its own is told to make vectors of its own.
"""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import VectorServerError
from index.home import Home
from index.storage.catalog import Catalog
from index.storage.vectors import ChromaAddress, ChromaServer, VectorIndex, VectorsOnDisk, VectorsOnServer

#: The catalog's notes: which library this is, where its vectors lie, the stamp of the last writer and that of one who
#: was about to write, and collections on the server that are no longer, or not yet, in use.
_LIBRARY, _WHERE, _SPARE = "library", "vectors", "spare_collections"
_STAMP, _NEXT_STAMP = "stamp", "next_stamp"
_SERVER, _DISK = "server", "disk"


class Place:
    """The vectors of one library, for one process that uses it; `address` is None for this machine's disk."""

    def __init__(self, home: Home, catalog: Catalog, address: ChromaAddress | None) -> None:
        self._home = home
        self._catalog = catalog
        self._server = None if address is None else ChromaServer(address)

    def close(self) -> None:
        """Close the connections."""
        if self._server is not None:
            self._server.close()

    def vectors(self, epoch: int) -> VectorIndex:
        """The vectors of an epoch."""
        if self._server is None:
            return VectorsOnDisk(self._home.vectors / str(epoch))
        return VectorsOnServer(self._server, self._name(epoch), unborn=self._catalog.meta("fingerprint") is None)

    @property
    def on_disk(self) -> bool:
        """Whether the vectors lie in the home."""
        return self._server is None

    @property
    def spoken(self) -> str:
        """The name of the place in error messages."""
        return "vectors/" if self._server is None else "the Chroma server"

    def agree(self) -> None:
        """Raise VectorServerError where the library's vectors were put in another place than the one that is set."""
        where = self._catalog.meta(_WHERE) or _DISK
        if where == self._is:
            return
        if self._server is None:
            raise VectorServerError(
                f"The vectors of the library in {self._home.folder} lie on a Chroma server: set TALKS_CHROMA_URL "
                "to its address, or run `python -m index rebuild` to make them anew on this machine."
            )
        raise VectorServerError(
            f"The vectors of the library in {self._home.folder} lie on this machine's disk: run `python -m index "
            f"rebuild` to put them on the Chroma server at {self._server.address.url}, or unset TALKS_CHROMA_URL."
        )

    def sign(self) -> None:
        """Note where the vectors lie; belongs in the transaction that publishes the first of them."""
        self._catalog.set_meta(_WHERE, self._is)

    # For the holder of the write lock only.

    def claim(self, epoch: int, *, empty: bool) -> None:
        """Become the last writer of the vectors of this epoch; where the library is `empty`, create the collection.

        Raises VectorServerError where another copy of the library has written to them since this one did.
        """
        if self._server is None:
            return
        name = self._name(epoch)
        if empty:
            self._server.create(name)
        found = self._server.find(name)
        if found is None:
            raise VectorsOnServer(self._server, name).missing()
        if not self._own(found):
            raise VectorServerError(
                f"The vectors on the Chroma server at {self._server.address.url} were last written by another copy of "
                f"the library in {self._home.folder}: write in that one, or run `python -m index rebuild` to give "
                "this copy vectors of its own."
            )
        stamp = secrets.token_hex(8)
        with self._catalog.transaction():  # a crash between the two notes leaves one of them on the collection
            self._catalog.set_meta(_NEXT_STAMP, stamp)
        with self._server.writing():
            found.modify(metadata={_STAMP: stamp})
        with self._catalog.transaction():
            self._catalog.set_meta(_STAMP, stamp)

    def take_over(self, live: Catalog | None) -> None:
        """Stand in for the library that is there, with a catalog that comes from a backup; belongs in a transaction.

        What the backup says of vectors may be another library's by now, which goes on using them.
        """
        notes = {name: None if live is None else live.meta(name) for name in (_LIBRARY, _STAMP, _NEXT_STAMP, _SPARE)}
        spare = set((notes[_SPARE] or "").split())
        if live is not None and live.meta(_WHERE) == _SERVER:
            spare.add(_name(str(notes[_LIBRARY]), int(live.meta("epoch") or 1)))
        notes |= {_LIBRARY: notes[_LIBRARY] or secrets.token_hex(8), _SPARE: " ".join(sorted(spare)), _WHERE: _DISK}
        for name, note in notes.items():
            self._catalog.set_meta(name, note or "")

    def prepare(self, epoch: int) -> VectorIndex:
        """Empty vectors for an epoch that is not yet in use."""
        if self._server is None:
            return VectorsOnDisk(self._home.vectors / str(epoch))
        library = self._library()
        if self._catalog.meta(_WHERE) == _SERVER and not self._own(self._server.find(self._name(epoch - 1))):
            library = secrets.token_hex(8)  # what is there is another copy's, which goes on using that name
        name = _name(library, epoch)
        with self._catalog.transaction():
            self._catalog.set_meta(_SPARE, " ".join(sorted({*self._spare(), name})))
        self._server.delete(name)
        self._server.create(name)
        return VectorsOnServer(self._server, name)

    def settle(self, epoch: int, prepared: VectorIndex) -> None:
        """Switch to the prepared vectors; belongs in the transaction that switches to this epoch."""
        spare = self._spare()
        if self._catalog.meta(_WHERE) == _SERVER:
            spare.add(self._name(epoch - 1))
        if isinstance(prepared, VectorsOnServer):
            spare.discard(prepared.name)
            self._catalog.set_meta(_LIBRARY, _library_in(prepared.name))
        self._catalog.set_meta(_SPARE, " ".join(sorted(spare)))
        self.sign()

    def sweep(self, epoch: int) -> None:
        """Delete the vectors of other epochs."""
        for folder in self._unused_folders(epoch):
            shutil.rmtree(folder, ignore_errors=True)
        spare = self._spare()
        if self._server is None or not spare:
            return
        for name in sorted(spare):
            if self._own(self._server.find(name)):
                self._server.delete(name)
        with self._catalog.transaction():
            self._catalog.set_meta(_SPARE, "")

    def _own(self, collection: Any) -> bool:
        """Whether a collection was last written by this copy of the library, or by nobody yet."""
        if collection is None:
            return False
        stamp = (collection.metadata or {}).get(_STAMP, "")
        return stamp in ("", self._catalog.meta(_STAMP), self._catalog.meta(_NEXT_STAMP))

    def _spare(self) -> set[str]:
        return set((self._catalog.meta(_SPARE) or "").split())

    def _name(self, epoch: int) -> str:
        return _name(self._library(), epoch)

    def _library(self) -> str:
        found = self._catalog.meta(_LIBRARY)
        if found is None:
            with self._catalog.transaction():
                found = self._catalog.meta(_LIBRARY)  # another process may just have named it
                if found is None:
                    found = secrets.token_hex(8)
                    self._catalog.set_meta(_LIBRARY, found)
        return found

    def _unused_folders(self, epoch: int) -> Iterator[Path]:
        used = str(epoch) if self._server is None else None
        if self._home.vectors.is_dir():
            yield from (each for each in self._home.vectors.iterdir() if each.is_dir() and each.name != used)

    @property
    def _is(self) -> str:
        return _DISK if self._server is None else _SERVER


def _name(library: str, epoch: int) -> str:
    """The name of an epoch's collection, which no other library on the server has."""
    return f"talks-{library}-{epoch}"


def _library_in(name: str) -> str:
    return name.split("-")[1]
