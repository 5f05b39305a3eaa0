"""The home: the folder of a library, and its write lock."""

import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from index.errors import LibraryBusyError, LibraryError

#: Seconds that a second writer waits for the first before it gives up.
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one library, and the paths of its files.

    >>> Home.find("/news").catalog.name
    'catalog.sqlite3'
    """

    folder: Path

    @classmethod
    def find(cls, home: str | Path | None = None) -> "Home":
        """The named folder, or the one of TALKS_HOME, or the platform's user data folder."""
        named = home or os.environ.get("TALKS_HOME") or platformdirs.user_data_path("talks", appauthor=False)
        return cls(Path(named).expanduser().absolute())

    @property
    def catalog(self) -> Path:
        """The library itself: articles, passages, generation. The one file to back up."""
        return self.folder / "catalog.sqlite3"

    @property
    def vectors(self) -> Path:
        """Chroma's folder; made anew by a rebuild."""
        return self.folder / "vectors"

    @property
    def words(self) -> Path:
        """Tantivy's folder; made anew by a rebuild."""
        return self.folder / "words"

    @property
    def tokens(self) -> Path:
        """The folder of the word pieces' vectors; made anew by a rebuild."""
        return self.folder / "tokens"

    def make(self) -> None:
        """Make the folder, or say in one sentence why it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass  # only whether it can be made
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the write lock of this library against all processes; wait up to `patience` seconds for it.

        Raises LibraryBusyError, which says who holds the lock, and LibraryError where the home cannot be written.
        """
        self.make()
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise LibraryBusyError(
                f"The library in {self.folder} is being written by {self._holder()}: "
                "wait until that is done, then try again."
            ) from error
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        holder = self.folder / "write.lock.holder"
        try:
            with suppress(OSError):  # only informs the process that waits
                command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:3]]).strip()
                about = {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": time.time()}
                holder.write_text(json.dumps(about), encoding="utf-8")
            yield
        finally:
            with suppress(OSError):
                holder.unlink()
            lock.release()

    def is_written(self) -> bool:
        """Whether a process holds the write lock right now."""
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        lock.release()
        return False

    def _holder(self) -> str:
        try:
            about = json.loads((self.folder / "write.lock.holder").read_text(encoding="utf-8"))
            seconds = max(0, round(time.time() - float(about["since"])))
            return f"process {about['pid']} on {about['host']} (“{about['command']}”, for {seconds} s)"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


def cannot_write(folder: Path, error: OSError) -> LibraryError:
    """The sentence for a home that cannot be written."""
    reason = error.strerror or type(error).__name__
    return LibraryError(
        f"The library's folder {folder} cannot be written ({reason}): "
        "make it writable, or name another with TALKS_HOME or --home."
    )
