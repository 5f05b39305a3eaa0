"""The accounts database: a SQLite file of its own in the home, readable by its owner only."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import TalksError
from index.home import Home, cannot_write
from index.storage import migrate
from index.storage.migrations import NewerSchemaError, transaction

FILE_NAME = "accounts.sqlite3"

#: From nothing to the schema in use; a step that was released is never edited. Passwords are kept as argon2id hashes;
#: tokens of sessions and programs, which are random, as SHA-256.
STEPS = (
    """
CREATE TABLE accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK (role IN ('reader', 'editor')),
    password TEXT NOT NULL, token TEXT UNIQUE, created TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
    token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    began REAL NOT NULL, used REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions(account);
CREATE TABLE failures (
    what TEXT PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
""",
)


class AccountError(TalksError):
    """An account cannot be made, changed or found; or the file that they lie in cannot be used."""


class AccountsDatabase:
    """The accounts' file of one home; safe to share among threads, and among processes.

    The file is made by the first write: a home in which nobody set up accounts holds none.
    """

    def __init__(self, home: str | Path | None) -> None:
        self.home = Home.find(home)
        self.path = self.home.folder / FILE_NAME
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None

    @property
    def there(self) -> bool:
        """Whether accounts were ever set up here."""
        return self._db is not None or self.path.exists()

    def read(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """The rows that a query finds; none where there is no file. Raises AccountError where it cannot be read."""
        with self._lock:
            if not self.there:
                return []
            try:
                return self._open().execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all or nothing."""
        with self._lock:
            try:
                with transaction(self._open()) as db:
                    yield db
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            self.home.make()
            try:
                self.path.touch(mode=0o600)
                if self.path.stat().st_mode & 0o077:
                    self.path.chmod(0o600)  # the file may have been copied or restored with wider permissions
            except OSError as error:
                raise cannot_write(self.home.folder, error) from error
            db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            try:
                self._prepare(db)
            except BaseException:
                db.close()
                raise
            self._db = db
        return self._db

    def _prepare(self, db: sqlite3.Connection) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
            db.execute(f"PRAGMA {pragma}")
        try:
            migrate(db, STEPS)
        except NewerSchemaError as error:
            raise AccountError(
                f"The accounts in {self.path} were made by a newer Talks ({error}): update Talks, or name another home."
            ) from error

    def _unusable(self, error: sqlite3.Error) -> AccountError:
        # Never opened without its accounts table: that would let everybody in.
        return AccountError(
            f"The accounts in {self.path} cannot be used ({error}): check the file and its disk, or move it away and "
            "add the accounts anew."
        )
