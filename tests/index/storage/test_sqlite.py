"""One SQLite file for many threads: nobody's connection is left open, and nothing is half done."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import LibraryBusyError
from index.storage.sqlite import Database


def test_the_connections_of_threads_that_have_ended_are_closed(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "catalog.sqlite3", ["CREATE TABLE papers (id);"])) as database:

        def look() -> None:
            database.db.execute("SELECT * FROM papers").fetchall()

        for _ in range(20):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        assert database.connections == 1


def test_what_fails_inside_a_transaction_is_undone_as_a_whole(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "catalog.sqlite3", ["CREATE TABLE papers (id);"])) as database:
        with pytest.raises(ZeroDivisionError), database.transaction() as db:
            db.execute("INSERT INTO papers VALUES (1)")
            _ = 1 / 0
        with pytest.raises(sqlite3.OperationalError, match="nowhere"), database.transaction() as db:
            db.execute("INSERT INTO papers VALUES (2)")
            db.execute("INSERT INTO nowhere VALUES (2)")
        assert database.db.execute("SELECT COUNT(*) FROM papers").fetchone() == (0,)


def test_a_file_put_in_its_place_is_read_by_the_next_look(tmp_path: Path) -> None:
    steps = ["CREATE TABLE papers (id);"]
    with closing(Database(tmp_path / "new", steps)) as other, other.transaction() as db:
        db.execute("INSERT INTO papers VALUES (7)")
    with closing(Database(tmp_path / "catalog.sqlite3", steps)) as database:
        for ending in ("-wal", "-shm"):  # as a restore does: they belong to the file that goes
            (tmp_path / f"catalog.sqlite3{ending}").unlink()
        (tmp_path / "new").replace(tmp_path / "catalog.sqlite3")
        assert database.db.execute("SELECT id FROM papers").fetchall() == [(7,)]


def test_copying_does_not_wait_for_good(tmp_path: Path) -> None:
    with (
        closing(Database(tmp_path / "catalog.sqlite3", ["CREATE TABLE papers (id);"])) as database,
        closing(sqlite3.connect(tmp_path / "copy", isolation_level=None, timeout=0)) as target,
        closing(sqlite3.connect(tmp_path / "copy", isolation_level=None)) as holder,
    ):
        target.execute("CREATE TABLE other (id)")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusyError, match="is held by another process"):
            database.copy_to(target, 0)
