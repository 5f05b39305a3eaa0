"""One SQLite file for many threads: a connection for each, transactions, and looks at one moment."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryError
from index.migrations import NewerSchemaError, Step, migrate, transaction


class Database:
    """An SQLite file, made or brought to the newest schema when opened.

    Each thread reads by a connection of its own; one at a time writes.
    """

    def __init__(self, path: Path, steps: Sequence[Step]) -> None:
        """Open the file, making it where there is none. Raises LibraryError where it cannot be used."""
        self.path = path
        self._local = threading.local()
        self._open: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()
        try:
            migrate(self._db, steps)
        except NewerSchemaError as error:
            self.close()
            raise LibraryError(
                f"The library {path} was made by a newer Talks ({error}): "
                "update Talks, or name another home with TALKS_HOME."
            ) from error
        except sqlite3.Error as error:
            self.close()
            raise LibraryError(
                f"The library {path} cannot be opened ({error}): check that its disk is there, has room and can "
                "be written, or put back a backup of the file."
            ) from error

    @property
    def _db(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            with self._guard:
                # Threads come and go; a connection whose thread has ended would stay open for good.
                for ended in [thread for thread in self._open if not thread.is_alive()]:
                    self._open.pop(ended).close()
                self._open[threading.current_thread()] = found
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA foreign_keys = ON")
            self._local.db = found
        return found

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in self._open.values():
                connection.close()
            self._open.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside, or nothing of it."""
        with transaction(self._db) as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside by this thread is of one moment."""
        db = self._db
        if db.in_transaction:
            yield
            return
        db.execute("BEGIN")
        try:
            yield
        finally:
            if db.in_transaction:  # some errors end it
                db.execute("COMMIT")
