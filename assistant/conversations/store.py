"""The conversation store: conversations and ratings in one SQLite file, each seen by its owner only."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.conversations.export import as_markdown
from assistant.conversations.serialization import SavedTurn, Shelf, StaleQuote, article_ids, read_again, written_down
from index.errors import TalksError
from index.home import Home, cannot_write
from index.storage.catalog import Catalog
from index.storage.disk_errors import disk_fault
from index.storage.migrations import NewerSchemaError, migrate, transaction

__all__ = ["ConversationError", "Conversations", "Rating", "SavedTurn", "StaleQuote", "Summary"]

FILE_NAME = "conversations.sqlite3"
LONGEST_TITLE = 80
LONGEST_OWNER = 200

#: From nothing to the schema in use; a step that was released is never edited.
STEPS = (
    """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_owner ON conversations(owner, updated);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    UNIQUE (conversation, position)
);
CREATE TABLE ratings (
    turn INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    liked INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, generation INTEGER NOT NULL,
    rated TEXT NOT NULL
);
CREATE INDEX ratings_conversation ON ratings(conversation);
""",
)


class ConversationError(TalksError):
    """A conversation or a turn is not there, or cannot be kept."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its title, when something was last said in it (UTC), and its number of turns."""

    id: str
    title: str
    updated: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Rating:
    """A thumb up (`liked`) or down with its question and answer; `generation` is that of the library at that time."""

    liked: bool
    question: str
    answer: str
    generation: int
    rated: datetime


Summaries = list[Summary]  # named, as the class has a method `list`
Ratings = list[Rating]


class Conversations:
    """The conversations of one home; safe to share among threads, and among processes.

    >>> talks = Conversations("/news/library")  # doctest: +SKIP
    >>> conversation = talks.create("reader")
    >>> talks.add_turn(conversation, "reader", "Who led the delegation?", answer)
    0
    >>> [turn.question for turn in talks.turns(conversation, "reader")]
    ['Who led the delegation?']
    """

    def __init__(self, home: str | Path, *, shelf: Shelf | None = None) -> None:
        """Open the conversations in a home's folder; `shelf` finds articles, in the home's catalog by default.

        Raises ConversationError where the file cannot be used, LibraryError where the folder cannot be written.
        """
        self.home = Home.find(home)
        self.path = self.home.folder / FILE_NAME
        self._lock = threading.RLock()
        self._catalog: Catalog | None = None
        self._shelf = shelf or self._from_catalog
        self.home.make()
        try:
            self.path.touch(mode=0o600)  # questions are private
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
        """Close the file."""
        with self._lock:
            self._db.close()
            if self._catalog is not None:
                self._catalog.close()

    def create(self, owner: str) -> str:
        """Begin a conversation; returns its id, which cannot be guessed."""
        if not 0 < len(owner) <= LONGEST_OWNER:
            raise ConversationError("The conversation has no owner: reload the page, then ask again.")
        conversation, now = secrets.token_urlsafe(24), _now()
        with self._writing() as db:
            db.execute("INSERT INTO conversations VALUES (?,?,?,?,?)", (conversation, owner, "", now, now))
        return conversation

    def add_turn(
        self, conversation: str, owner: str, question: str, answer: Answer, *, replace_from: int | None = None
    ) -> int:
        """Keep a question with its answer at the end; its position comes back.

        `replace_from` drops the turns from that position on before, as when a question is edited or asked again.
        """
        with self._writing() as db:
            self._owned(conversation, owner)
            if replace_from is not None:
                db.execute("DELETE FROM turns WHERE conversation = ? AND position >= ?", (conversation, replace_from))
            query = "SELECT COALESCE(MAX(position) + 1, 0) FROM turns WHERE conversation = ?"
            position = int(db.execute(query, (conversation,)).fetchone()[0])
            now = _now()
            db.execute(
                "INSERT INTO turns (conversation, position, question, answer, asked) VALUES (?,?,?,?,?)",
                (conversation, position, _storable(question), _storable(written_down(answer)), now),
            )
            title = "COALESCE(NULLIF(title, ''), ?)" if position else "?"
            db.execute(
                f"UPDATE conversations SET updated = ?, title = {title} WHERE id = ?",
                (now, _title(question), conversation),
            )
        return position

    def turns(self, conversation: str, owner: str) -> list[SavedTurn]:
        """All turns, oldest first. Raises ConversationError where the owner has no such conversation."""
        with self._lock:
            self._owned(conversation, owner)
            rows = self._db.execute(
                "SELECT position, turns.question, turns.answer, liked, asked FROM turns "
                "LEFT JOIN ratings ON turn = number WHERE turns.conversation = ? ORDER BY position",
                (conversation,),
            ).fetchall()
        kept = [json.loads(row[2]) for row in rows]
        articles = self._shelf({each for one in kept for each in article_ids(one)})
        turns = []
        for (position, question, _, liked, asked), one in zip(rows, kept, strict=True):
            answer, stale = read_again(one, articles)
            thumb = None if liked is None else bool(liked)
            turns.append(SavedTurn(position, question, answer, stale, thumb, datetime.fromisoformat(asked)))
        return turns

    def list(self, owner: str) -> Summaries:
        """The owner's conversations in which something was said, latest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, title, updated, COUNT(*) FROM conversations JOIN turns ON conversation = id "
                "WHERE owner = ? GROUP BY id ORDER BY updated DESC, id",
                (owner,),
            ).fetchall()
        return [Summary(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]

    def rename(self, conversation: str, owner: str, title: str) -> None:
        """Give a conversation another title. Raises ConversationError where it is empty."""
        named = _title(title)
        if not named:
            raise ConversationError("The title is empty: write a few words.")
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (named, conversation))

    def delete(self, conversation: str, owner: str) -> None:
        """Delete a conversation with its turns and ratings, for good."""
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
        with self._lock, suppress(sqlite3.OperationalError):  # deleted text must not stay in the write-ahead log
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def hand_over(self, before: str, owner: str) -> None:
        """Give an owner's conversations to another, as when a browser's own come under its reader's account."""
        with self._writing() as db:
            db.execute("UPDATE conversations SET owner = ? WHERE owner = ?", (owner, before))

    def delete_all(self, owner: str) -> None:
        """Delete all of an owner's conversations, for good."""
        for each in self._ids(owner):
            self.delete(each, owner)

    def rate(self, conversation: str, owner: str, position: int, liked: bool | None) -> None:
        """Keep a thumb up or down for one answer, or take it back (None)."""
        with self._writing() as db:
            self._owned(conversation, owner)
            query = "SELECT number, question, answer FROM turns WHERE conversation = ? AND position = ?"
            row = db.execute(query, (conversation, position)).fetchone()
            if row is None:
                raise ConversationError("The answer to rate is not in this conversation: reload the page.")
            if liked is None:
                db.execute("DELETE FROM ratings WHERE turn = ?", (row[0],))
                return
            kept: dict[str, Any] = json.loads(row[2])
            values = (row[0], conversation, int(liked), row[1], kept["text"], kept["generation"], _now())
            db.execute("INSERT OR REPLACE INTO ratings VALUES (?,?,?,?,?,?,?)", values)

    def ratings(self) -> Ratings:
        """Every rating of this home, oldest first, also of answers that were replaced."""
        with self._lock:
            query = "SELECT liked, question, answer, generation, rated FROM ratings ORDER BY rated, turn"
            rows = self._db.execute(query).fetchall()
        return [Rating(bool(row[0]), row[1], row[2], row[3], datetime.fromisoformat(row[4])) for row in rows]

    def markdown(self, conversation: str, owner: str) -> str:
        """A conversation as Markdown, its citations as footnotes."""
        turns = self.turns(conversation, owner)
        return as_markdown(self._owned(conversation, owner), turns)

    def _ids(self, owner: str) -> tuple[str, ...]:
        with self._lock:
            rows = self._db.execute("SELECT id FROM conversations WHERE owner = ?", (owner,)).fetchall()
        return tuple(str(row[0]) for row in rows)

    def _owned(self, conversation: str, owner: str) -> str:
        """The title of the owner's conversation. Raises ConversationError where there is none."""
        query = "SELECT title FROM conversations WHERE id = ? AND owner = ?"
        with self._lock:
            row = self._db.execute(query, (str(conversation), str(owner))).fetchone()
        if row is None:
            raise ConversationError("This conversation is not there, or no longer: start a new one.")
        return str(row[0])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all or nothing."""
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


def _title(question: str) -> str:
    line = " ".join(_storable(question).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat()
