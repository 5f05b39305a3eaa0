"""SQLite connections: one for each thread, transactions, and snapshots."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from index.errors import LibraryBusyError, LibraryError
from index.storage.disk_errors import VANISHED, disk_fault
from index.storage.migrations import NewerSchemaError, Step, migrate, transaction


class _Connection:
    """The connection of one thread, closed when the thread ends and nothing holds it any more."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.execute("PRAGMA foreign_keys = ON")
            self.file = path.stat().st_ino
        except BaseException:
            self.db.close()
            raise

    def __del__(self) -> None:
        if hasattr(self, "db"):
            self.db.close()


class Database:
    """An SQLite file, made or brought to the newest schema when opened.

    Each thread reads by a connection of its own; one at a time writes.
    """

    def __init__(self, path: Path, steps: Sequence[Step]) -> None:
        """Open the file, making it where there is none. Raises LibraryError where it cannot be used."""
        self.path = path
        self._local = threading.local()
        self._open: WeakSet[_Connection] = WeakSet()
        self._guard = threading.Lock()
        self._made = False
        try:
            migrate(self.db, steps)
            self._made = True
        except NewerSchemaError as error:
            self.close()
            raise LibraryError(
                f"The library {path} was made by a newer Talks ({error}): "
                "update Talks, or name another home with TALKS_HOME."
            ) from error
        except sqlite3.Error as error:
            self.close()
            said = disk_fault(path.parent, error) or (
                f"The library {path} cannot be opened ({error}): "
                "put back a backup with `python -m index restore FILE`, or name another home with TALKS_HOME."
            )
            raise LibraryError(said) from error

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection. Raises LibraryError where the file has gone."""
        found: _Connection | None = getattr(self._local, "found", None)
        if self._made:
            try:
                file = self.path.stat().st_ino
            except OSError as error:  # an open connection would answer from a file that is no longer in any folder
                raise LibraryError(f"The library's folder {self.path.parent} {VANISHED}") from error
            if found is not None and file != found.file:
                found = None  # a backup was put in its place
        if found is None:
            found = _Connection(self.path)
            with self._guard:
                self._open.add(found)
            self._local.found = found
        return found.db

    @property
    def connections(self) -> int:
        """How many threads hold a connection."""
        return len(self._open)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in list(self._open):
                connection.db.close()
            self._open.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all or nothing."""
        with transaction(self.db) as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A snapshot: all reads of this thread inside are of one moment."""
        db = self.db
        if db.in_transaction:
            yield
            return
        db.execute("BEGIN")
        try:
            yield
        finally:
            if db.in_transaction:  # some errors end it
                db.execute("COMMIT")

    def copy_to(self, target: sqlite3.Connection, seconds: float) -> None:
        """Copy the file as it is at one moment into another; others may read and write meanwhile."""
        _copy(self.db, target, seconds)

    def take_from(self, source: sqlite3.Connection, seconds: float) -> None:
        """Take over the content of another file in one transaction; others may read meanwhile."""
        _copy(source, self.db, seconds)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, seconds: float) -> None:
    end = time.monotonic() + seconds

    def in_time(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > end:  # sqlite3 itself would wait without end
            raise LibraryBusyError("The library is held by another process: wait until that is done, then try again.")

    source.backup(target, progress=in_time)
