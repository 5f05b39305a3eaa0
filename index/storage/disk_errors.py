"""Disk errors as sentences: full, read-only, gone, or failing.

SQLite, Chroma and Tantivy each have errors of their own for it, some of them only text; so besides the error, the
home itself is looked at.
"""

import errno
import functools
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from index.errors import LibraryError, TalksError
from index.home import Home

P = ParamSpec("P")
T = TypeVar("T")

_FULL = ("disk is full", "No space left", "code: 13)", "os error 28", "Disk quota exceeded", "os error 122")
_READ_ONLY = ("readonly database", "Read-only file system", "read-only", "code: 8)", "code: 1032)", "os error 30")
_FAILING = ("disk I/O error", "Input/output error", "os error 5)", "code: 10)", "code: 1034)")
_FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

NO_ROOM = "has no room left on its disk: free some space, then do it again; nothing in the library has changed."
READ_ONLY = "cannot be written, its disk is read-only: make it writable, or name another folder with --home."
VANISHED = "is no longer there: put it back, or connect its disk again, then start anew."
FAILING = "cannot be read or written, its disk reports errors: check the disk; nothing in the library has changed."


def disk_fault(folder: Path, error: BaseException) -> str | None:
    """The sentence for a disk error; None for any other error."""
    what = f"The library's folder {folder} "
    text = str(error)
    number = error.errno if isinstance(error, OSError) else None
    if not folder.is_dir():
        return what + VANISHED
    if number in _FULL_NUMBERS or any(each in text for each in _FULL):
        return what + NO_ROOM
    if number == errno.EROFS or any(each in text for each in _READ_ONLY):
        return what + READ_ONLY
    if number == errno.EIO or any(each in text for each in _FAILING):
        return what + _tried(folder)
    return None


def plain_reason(error: BaseException) -> str:
    """The first line of what an error says, or its name."""
    lines = str(error).strip().splitlines()
    return (lines[0].rstrip(".")[:200] if lines else "") or type(error).__name__


def _tried(folder: Path) -> str:
    """The cause of an input or output error, found by creating a file."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(8192))
            file.flush()
    except OSError as error:
        if error.errno in _FULL_NUMBERS:
            return NO_ROOM
        if error.errno == errno.EROFS:
            return READ_ONLY
    return FAILING


@contextmanager
def spoken(home: Home) -> Iterator[None]:
    """A context that raises disk errors as LibraryError with their sentence."""
    try:
        yield
    except TalksError:
        raise
    except BaseException as error:
        sentence = disk_fault(home.folder, error)
        if sentence is None and isinstance(error, sqlite3.Error):
            sentence = (
                f"The library {home.catalog} cannot be used ({plain_reason(error)}): "
                "put back a backup with `python -m index restore FILE`."
            )
        if sentence is None or isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise LibraryError(sentence) from error


class _HasHome(Protocol):
    home: Home


H = TypeVar("H", bound=_HasHome)


def says_what_the_disk_did(method: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """A decorator for methods of an object with a `home`: disk errors become LibraryError."""

    @functools.wraps(method)
    def spoken_method(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with spoken(self.home):
            return method(self, *args, **kwargs)

    return spoken_method
