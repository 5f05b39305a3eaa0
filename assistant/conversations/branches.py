"""Branches: turns that an edit replaced are put aside together, and can be restored in place of the current ones."""

import sqlite3

_COLUMNS = "number, conversation, position, question, answer, asked, searched"


def put_aside(db: sqlite3.Connection, conversation: str, position: int, *, unless_asked: str | None = None) -> None:
    """Take the turns from a position on out of a conversation, to be brought back as they are.

    A single turn whose question is `unless_asked` was only asked again, and is dropped.
    """
    query = "SELECT question FROM turns WHERE conversation = ? AND position >= ?"
    gone = [row[0] for row in db.execute(query, (conversation, position))]
    if not gone:
        return
    if gone != [unless_asked]:
        batch = int(db.execute("SELECT COALESCE(MAX(batch), 0) + 1 FROM replaced").fetchone()[0])
        db.execute(
            "UPDATE replaced SET within = ? WHERE conversation = ? AND within IS NULL AND first > ?",
            (batch, conversation, position),
        )
        db.execute(
            f"INSERT INTO replaced (batch, first, {_COLUMNS}) "
            f"SELECT ?, ?, {_COLUMNS} FROM turns WHERE conversation = ? AND position >= ?",
            (batch, position, conversation, position),
        )
    db.execute("DELETE FROM turns WHERE conversation = ? AND position >= ?", (conversation, position))


def bring_back(db: sqlite3.Connection, conversation: str, position: int) -> bool:
    """Exchange the turns from a position on with those that were put aside there last; False where there are none."""
    query = "SELECT MAX(batch) FROM replaced WHERE conversation = ? AND first = ? AND within IS NULL"
    batch = db.execute(query, (conversation, position)).fetchone()[0]
    if batch is None:
        return False
    put_aside(db, conversation, position)
    db.execute(f"INSERT INTO turns ({_COLUMNS}) SELECT {_COLUMNS} FROM replaced WHERE batch = ?", (batch,))
    db.execute("DELETE FROM replaced WHERE batch = ?", (batch,))
    db.execute("UPDATE replaced SET within = NULL WHERE within = ?", (batch,))
    return True


def replaced_at(db: sqlite3.Connection, conversation: str) -> dict[int, int]:
    """At which positions something was put aside, and how many turns the latest of it has."""
    query = (
        "SELECT first, COUNT(*) FROM replaced WHERE batch IN (SELECT MAX(batch) FROM replaced "
        "WHERE conversation = ? AND within IS NULL GROUP BY first) GROUP BY first"
    )
    return dict(db.execute(query, (conversation,)).fetchall())
