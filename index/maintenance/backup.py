"""Backup and restore: the library in one file, made while it is in use, checked before it is put back."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.encoding import Encoder
from index.errors import LibraryError, VectorServerError
from index.home import Home
from index.maintenance.rebuilding import make_anew
from index.progress import Watch
from index.storage import Catalog, Stores
from index.storage.catalog import STEPS
from index.storage.disk_errors import disk_fault, plain_reason
from index.storage.migrations import NewerSchemaError, schema_version
from index.storage.records import text_hash
from index.storage.stores import STAGED
from index.storage.vectors import ChromaAddress

#: Seconds that copying waits for another process that holds the file.
_PATIENCE = 60.0
_REPLACED, _DAMAGED = "replaced.sqlite3", "damaged.sqlite3"


class BackupError(LibraryError):
    """A backup cannot be written, or a file is no whole backup; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup's file, how many articles it holds, and its size in bytes."""

    file: Path
    articles: int
    size: int


def back_up(catalog: Catalog, home: Home, file: Path) -> Backup:
    """Copy the catalog as it is at one moment; the file is there whole, or as it was before."""
    if file.is_dir() or (file.parent == home.folder and file.name.split("-")[0] == home.catalog.name):
        raise BackupError(f"{file} cannot hold a backup: name a file, outside the library's own.")
    if file.exists() and file.stat().st_size and not _is_library(file):
        raise BackupError(f"{file} is something else than a backup of a library: name another file.")
    fresh = file.with_name(file.name + ".partial")
    try:
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
            catalog.copy_to(copy, _PATIENCE)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            _check(copy, fresh)
            articles = int(copy.execute("SELECT COUNT(*) FROM articles").fetchone()[0])
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
        _sync_folder(file.parent)
    except (sqlite3.Error, OSError) as error:
        _forget(fresh)
        reason = (error.strerror if isinstance(error, OSError) else None) or plain_reason(error)
        raise BackupError(
            f"The backup {file} cannot be written ({reason}): check its folder and the room there; "
            "a backup that was there before still is."
        ) from error
    except BaseException:
        _forget(fresh)
        raise
    return Backup(file, articles, file.stat().st_size)


def put_back(file: Path, home: Home, encoder: Encoder, chroma: ChromaAddress | None, progress: Watch | None) -> Backup:
    """Put a backup in the place of the library; the caller holds the write lock."""
    staged = home.folder / STAGED
    _forget(staged)
    try:
        articles = _stage(file, staged, home)
        live = _live(home)
        try:
            stores = Stores(home, encoder, chroma, staged)
            try:
                generations = [stores.catalog.generation(), 0 if live is None else live.generation()]
                epochs = [stores.highest_epoch(), 1 if live is None else int(live.meta("epoch") or 1)]
                with stores.catalog.transaction():
                    stores.catalog.set_meta("epoch", str(max(epochs)))  # no library uses the next epoch yet
                    stores.place.take_over(live)
                make_anew(stores, max(generations) + 1, progress)
            finally:
                stores.close()
            _switch(staged, live, home)
        finally:
            if live is not None:
                live.close()
    finally:
        _forget(staged)
    stores = Stores(home, encoder, chroma)
    try:
        with suppress(VectorServerError):  # the next writer sweeps
            stores.sweep_epochs()
    finally:
        stores.close()
    return Backup(file, articles, file.stat().st_size)


def _stage(file: Path, staged: Path, home: Home) -> int:
    """Copy a backup that was checked into the home, at the newest schema; its number of articles comes back."""
    if not file.is_file():
        raise BackupError(f"{file} is not there: check the path of the backup.")
    if not _is_library(file):
        raise BackupError(f"{file} is not a backup of a Talks library: name a file that `python -m index backup` made.")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source:
            if schema_version(source) > len(STEPS):
                newer = NewerSchemaError(schema_version(source), len(STEPS))
                raise BackupError(f"{file} was made by a newer Talks ({newer}): update Talks, then restore it.")
            _check(source, file)
            with closing(sqlite3.connect(staged, isolation_level=None)) as copy:
                source.backup(copy)
    except (sqlite3.Error, OSError) as error:
        said = disk_fault(home.folder, error) or _damaged(file, plain_reason(error))
        raise BackupError(said) from error
    catalog = Catalog(staged)
    try:
        wrong = [row.article.title for row in catalog.articles() if text_hash(row.article.text) != row.text_hash]
        if wrong:
            raise BackupError(_damaged(file, f"the words of “{wrong[0][:80]}” are not those that were put in"))
        return len(catalog.articles())
    finally:
        catalog.close()


def _live(home: Home) -> Catalog | None:
    """The catalog in use; None where none can be read."""
    if not home.catalog.exists():
        return None
    try:
        catalog = Catalog(home.catalog)
    except LibraryError:
        return None
    try:
        if catalog.intact():
            catalog.generation()
            return catalog
    except (sqlite3.Error, LibraryError):
        pass
    catalog.close()
    return None


def _switch(staged: Path, live: Catalog | None, home: Home) -> None:
    """Switch to the restored library, in one step."""
    if live is None:
        for ending in ("-wal", "-shm"):  # they belong to the damaged file, and SQLite would apply them to the new one
            home.catalog.with_name(home.catalog.name + ending).unlink(missing_ok=True)
        if home.catalog.exists():
            home.catalog.replace(home.folder / _DAMAGED)
        staged.replace(home.catalog)
        _sync_folder(home.folder)
        return
    aside = home.folder / _REPLACED
    fresh = aside.with_name(aside.name + ".partial")
    _forget(fresh)
    try:
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
            live.copy_to(copy, _PATIENCE)
            copy.execute("PRAGMA journal_mode = DELETE")
        fresh.replace(aside)
        with closing(sqlite3.connect(staged, isolation_level=None)) as source:
            live.take_from(source, _PATIENCE)
    finally:
        _forget(fresh)


def _check(db: sqlite3.Connection, file: Path) -> None:
    """Raises BackupError where SQLite does not find its file whole."""
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    lost = db.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or lost is not None:
        raise BackupError(_damaged(file, found if found != "ok" else f"rows of {lost[0]} belong to nothing"))


def _damaged(file: Path, reason: str) -> str:
    return f"The backup {file} is damaged ({reason}): restore another one; the library is as it was."


def _is_library(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            names = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            return {"meta", "articles", "passages"} <= names
    except sqlite3.DatabaseError as error:
        return "malformed" in str(error)  # damaged, but once one


def _forget(file: Path) -> None:
    with suppress(OSError):
        for each in file.parent.glob(file.name + "*"):
            each.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Flush the folder to disk, so that the new name is permanent; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
