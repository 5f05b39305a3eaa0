"""Schema migrations: numbered steps, each in one transaction, forward only.

A file's `user_version` says how many steps it has been through; the first makes it. A step that was released is never
edited: whatever changes is a further step, so that a file of any released version comes to be as a new one is.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

#: A step: SQL statements, or a function where SQL is not enough.
Step = str | Callable[[sqlite3.Connection], object]


class NewerSchemaError(Exception):
    """The file has been through more steps than are known here: a newer Talks made it."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"its schema is {found}, this one knows {known}")


def schema_version(db: sqlite3.Connection) -> int:
    """How many steps a file has been through; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, steps: Sequence[Step]) -> int:
    """Take a file through the steps that it has not been through; the version that it had before comes back.

    `db` must have been opened with `isolation_level=None`. A crash leaves a file after some whole step. Raises
    NewerSchemaError, and sqlite3.Error where a step cannot be done; the file is then as it was before that step.
    """
    before = _known(db, steps)
    if before == len(steps):
        return before  # no process waits for a writer
    keys = db.execute("PRAGMA foreign_keys").fetchone()[0]
    db.execute("PRAGMA foreign_keys = OFF")  # or a step could not put a table in the place of another
    try:
        while _step(db, steps):
            pass
    finally:
        db.execute(f"PRAGMA foreign_keys = {keys}")
    return before


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction: all or nothing, also where the commit fails on a full disk."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite has ended it by itself where the disk is full
            db.execute("ROLLBACK")
        raise


def _step(db: sqlite3.Connection, steps: Sequence[Step]) -> bool:
    """Do the next step, in one transaction; False where there is none."""
    with transaction(db):
        done = _known(db, steps)  # another process may have just done the step
        if done < len(steps):
            step = steps[done]
            if callable(step):
                step(db)
            else:
                for statement in _statements(step):
                    db.execute(statement)
            if wrong := db.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.IntegrityError(f"step {done + 1} leaves rows of {wrong[0]} without what they belong to")
            db.execute(f"PRAGMA user_version = {done + 1}")
    return done < len(steps)


def _known(db: sqlite3.Connection, steps: Sequence[Step]) -> int:
    found = schema_version(db)
    if found > len(steps):
        raise NewerSchemaError(found, len(steps))
    return found


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; one that holds semicolons itself, as a trigger does, stays whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
