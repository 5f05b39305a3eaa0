"""The SQLite file of conversations and clippings in the home, with transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.conversations.schema import STEPS
from assistant.conversations.serialization import FindArticles
from index.errors import TalksError
from index.home import Home, cannot_write
from index.storage import Catalog, migrate
from index.storage.disk_errors import disk_fault
from index.storage.migrations import NewerSchemaError, transaction

FILE_NAME = "conversations.sqlite3"
LONGEST_OWNER = 200
#: How long what was deleted can be brought back; after that, or once the file is opened again, it is gone for good.
REGRET = timedelta(minutes=10)


class ConversationError(TalksError):
    """A conversation, a turn or a clipping is not there, or cannot be kept."""


class KeptFile:
    """One connection to the file; safe to share among threads, and among processes."""

    def __init__(self, home: str | Path, *, shelf: FindArticles | None = None) -> None:
        """Open the file in a home's folder; `shelf` finds articles, in the home's catalog by default.

        Raises ConversationError where the file cannot be used, LibraryError where the folder cannot be written.
        """
        self.home = Home.find(home)
        self.path = self.home.folder / FILE_NAME
        self._lock = threading.RLock()
        self._catalog: Catalog | None = None
        self._shelf = shelf or self._from_catalog
        self.home.make()
        try:
            self.path.touch(mode=0o600)  # what somebody asks is nobody else's business
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            self._prepare()
        except OSError as error:
            raise cannot_write(self.home.folder, error) from error
        except sqlite3.Error as error:
            raise ConversationError(
                f"The conversations in {self.path} cannot be opened ({error}): move the file away to start anew."
            ) from error

    def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        try:
            migrate(self._db, STEPS)
        except NewerSchemaError as error:
            raise ConversationError(
                f"The conversations in {self.path} were kept by a newer Talks ({error}): "
                "update Talks, or name another home."
            ) from error

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._db.close()
            if self._catalog is not None:
                self._catalog.close()

    def _forget(self, table: str) -> None:
        """Delete for good what was deleted too long ago to be brought back."""
        before = (datetime.now(UTC) - REGRET).isoformat()
        with self._writing() as db:
            gone = db.execute(f"DELETE FROM {table} WHERE removed < ?", (before,)).rowcount
        if gone:
            self._wipe()

    def _wipe(self) -> None:
        """What was said must not live on in the log beside the file."""
        with self._lock, suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside, or nothing of it."""
        try:
            with self._lock, transaction(self._db) as db:
                yield db
        except sqlite3.Error as error:
            said = disk_fault(self.home.folder, error) or (
                f"The conversations in {self.path} cannot be kept ({error}): move the file away to start anew."
            )
            raise ConversationError(said) from error

    def _from_catalog(self, ids: Any) -> Any:
        with self._lock:
            if self._catalog is None:
                self._catalog = Catalog(self.home.catalog)
            return self._catalog.articles_of(ids)


def storable(text: str) -> str:
    """The text as SQLite can keep it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """The present moment, in UTC."""
    return datetime.now(UTC).isoformat()
