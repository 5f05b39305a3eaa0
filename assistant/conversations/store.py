"""The conversation store: conversations and ratings in one SQLite file, each seen by its owner only."""

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.answer import Answer
from assistant.conversations.branches import bring_back, put_aside, replaced_at
from assistant.conversations.export import as_markdown
from assistant.conversations.file import FILE_NAME, LONGEST_OWNER, ConversationError, KeptFile, now, storable
from assistant.conversations.serialization import SavedTurn, StaleQuote, article_ids, read_again, written_down

__all__ = ["FILE_NAME", "ConversationError", "Conversations", "Rating", "SavedTurn", "StaleQuote", "Summary"]

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its title, when something was last said in it (UTC), and its number of turns."""

    id: str
    title: str
    updated: datetime
    turns: int
    pinned: bool = False


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


class Conversations(KeptFile):
    """The conversations of one home; safe to share among threads, and among processes.

    >>> talks = Conversations("/news/library")  # doctest: +SKIP
    >>> conversation = talks.create("reader")
    >>> talks.add_turn(conversation, "reader", "Who led the delegation?", answer)
    0
    >>> [turn.question for turn in talks.turns(conversation, "reader")]
    ['Who led the delegation?']
    """

    def create(self, owner: str) -> str:
        """Begin a conversation; returns its id, which cannot be guessed."""
        if not 0 < len(owner) <= LONGEST_OWNER:
            raise ConversationError("The conversation has no owner: reload the page, then ask again.")
        conversation, at = secrets.token_urlsafe(24), now()
        with self._writing() as db:
            db.execute(
                "INSERT INTO conversations (id, owner, title, created, updated) VALUES (?,?,?,?,?)",
                (conversation, owner, "", at, at),
            )
        return conversation

    def add_turn(
        self,
        conversation: str,
        owner: str,
        question: str,
        answer: Answer,
        *,
        replace_from: int | None = None,
        searched: Mapping[str, Any] | None = None,
    ) -> int:
        """Keep a question with its answer at the end; its position comes back.

        `replace_from` puts the turns from that position on aside before, as when a question is edited; `restore` brings
        them back. `searched` is what the search was narrowed to.
        """
        with self._writing() as db:
            title = self._owned(conversation, owner)
            first = db.execute(
                "SELECT question FROM turns WHERE conversation = ? AND position = 0", (conversation,)
            ).fetchone()
            by_question = not title or (first is not None and title == _title(first[0]))
            if replace_from is not None:
                put_aside(db, conversation, replace_from, unless_asked=storable(question))
            query = "SELECT COALESCE(MAX(position) + 1, 0) FROM turns WHERE conversation = ?"
            position = int(db.execute(query, (conversation,)).fetchone()[0])
            at, narrowed = now(), None if searched is None else json.dumps(searched)
            db.execute(
                "INSERT INTO turns (conversation, position, question, answer, asked, searched) VALUES (?,?,?,?,?,?)",
                (conversation, position, storable(question), storable(written_down(answer)), at, narrowed),
            )
            if position == 0 and by_question:  # one that was renamed keeps its name
                title = _title(question)
            db.execute("UPDATE conversations SET updated = ?, title = ? WHERE id = ?", (at, title, conversation))
        return position

    def restore(self, conversation: str, owner: str, position: int) -> None:
        """Bring back what an edit at this position replaced; what stands there now is put aside in its turn.

        Raises ConversationError where nothing was replaced there.
        """
        with self._writing() as db:
            self._owned(conversation, owner)
            if not bring_back(db, conversation, position):
                raise ConversationError("There is no earlier answer at this place: reload the page.")

    def turns(self, conversation: str, owner: str, *, first: int = 0) -> list[SavedTurn]:
        """The turns from a position on, oldest first. Raises ConversationError where the owner has none such."""
        with self._lock:
            self._owned(conversation, owner)
            rows = self._db.execute(
                "SELECT position, turns.question, turns.answer, liked, asked, searched FROM turns "
                "LEFT JOIN ratings ON turn = number WHERE turns.conversation = ? AND position >= ? ORDER BY position",
                (conversation, first),
            ).fetchall()
            replaced = replaced_at(self._db, conversation)
        kept = [json.loads(row[2]) for row in rows]
        articles = self._shelf({each for one in kept for each in article_ids(one)})
        turns = []
        for (position, question, _, liked, asked, searched), one in zip(rows, kept, strict=True):
            answer, stale = read_again(one, articles)
            turns.append(
                SavedTurn(
                    position,
                    question,
                    answer,
                    stale,
                    None if liked is None else bool(liked),
                    datetime.fromisoformat(asked),
                    None if searched is None else json.loads(searched),
                    replaced.get(position, 0),
                )
            )
        return turns

    def questions(self, conversation: str, owner: str) -> "list[str]":
        """All questions, oldest first. Raises ConversationError where the owner has no such conversation."""
        with self._lock:
            self._owned(conversation, owner)
            query = "SELECT question FROM turns WHERE conversation = ? ORDER BY position"
            return [row[0] for row in self._db.execute(query, (conversation,))]

    def count(self, conversation: str, owner: str) -> int:
        """How many turns there are. Raises ConversationError where the owner has no such conversation."""
        return len(self.questions(conversation, owner))

    def has(self, conversation: str, owner: str) -> bool:
        """Whether the owner has this conversation."""
        with self._lock:
            return self._found(conversation, owner) is not None

    def title(self, conversation: str, owner: str) -> str:
        """Its title. Raises ConversationError where the owner has no such conversation."""
        return self._owned(conversation, owner)

    def list(self, owner: str, words: str = "") -> Summaries:
        """The owner's conversations in which something was said, those pinned first, then the latest.

        With `words`, in upper or lower case, only those that have them in their title, questions or answers.
        """
        with self._lock:
            rows = self._db.execute(
                "SELECT id, title, updated, COUNT(*), pinned FROM conversations JOIN turns ON conversation = id "
                "WHERE owner = ? AND removed IS NULL GROUP BY id ORDER BY pinned DESC, updated DESC, id",
                (owner,),
            ).fetchall()
            wanted = words.strip().casefold()
            holding = self._holding(owner, wanted) if wanted else set()
        shown = [row for row in rows if not wanted or row[0] in holding or wanted in row[1].casefold()]
        return [Summary(row[0], row[1], datetime.fromisoformat(row[2]), row[3], bool(row[4])) for row in shown]

    def rename(self, conversation: str, owner: str, title: str) -> None:
        """Give a conversation another title. Raises ConversationError where it is empty."""
        named = _title(title)
        if not named:
            raise ConversationError("The title is empty: write a few words.")
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (named, conversation))

    def pin(self, conversation: str, owner: str, pinned: bool) -> None:
        """Keep a conversation at the top of the list, or no longer."""
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("UPDATE conversations SET pinned = ? WHERE id = ?", (int(pinned), conversation))

    def remove(self, conversation: str, owner: str) -> None:
        """Delete a conversation so that it can be brought back for ten minutes; after that it is gone for good."""
        self._forget("conversations")
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("UPDATE conversations SET removed = ? WHERE id = ?", (now(), conversation))

    def bring_back(self, conversation: str, owner: str) -> None:
        """Take a removal back. Raises ConversationError where it is too late."""
        with self._writing() as db:
            query = "UPDATE conversations SET removed = NULL WHERE id = ? AND owner = ?"
            if not db.execute(query, (conversation, owner)).rowcount:
                raise ConversationError("This conversation was deleted too long ago to be brought back.")

    def delete(self, conversation: str, owner: str) -> None:
        """Delete a conversation with its turns and ratings, for good."""
        with self._writing() as db:
            self._owned(conversation, owner)
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
        self._wipe()

    def discard_if_empty(self, conversation: str, owner: str) -> None:
        """Drop a conversation in which nothing was answered yet."""
        with self._writing() as db:
            empty = "NOT EXISTS (SELECT 1 FROM turns WHERE turns.conversation = conversations.id)"
            db.execute(f"DELETE FROM conversations WHERE id = ? AND owner = ? AND {empty}", (conversation, owner))

    def hand_over(self, before: str, owner: str) -> None:
        """Give an owner's conversations to another, as when a browser's own come under its reader's account."""
        with self._writing() as db:
            for table in ("conversations", "clippings"):
                db.execute(f"UPDATE {table} SET owner = ? WHERE owner = ?", (owner, before))

    def delete_all(self, owner: str) -> None:
        """Delete all of an owner's conversations and clippings, for good."""
        with self._writing() as db:
            for table in ("conversations", "clippings"):
                db.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))
        self._wipe()

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
            values = (row[0], conversation, int(liked), row[1], kept["text"], kept["generation"], now())
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

    def _holding(self, owner: str, wanted: str) -> set[str]:
        """The owner's conversations with these words in a question or an answer."""
        query = (
            "SELECT conversation, question, answer FROM turns JOIN conversations ON id = conversation WHERE owner = ?"
        )
        rows: sqlite3.Cursor = self._db.execute(query, (owner,))
        return {row[0] for row in rows if wanted in f"{row[1]}\n{json.loads(row[2])['text']}".casefold()}

    def _owned(self, conversation: str, owner: str) -> str:
        """The title of the owner's conversation. Raises ConversationError where there is none."""
        found = self._found(conversation, owner)
        if found is None:
            raise ConversationError("This conversation is not there, or no longer: start a new one.")
        return found

    def _found(self, conversation: str, owner: str) -> str | None:
        query = "SELECT title FROM conversations WHERE id = ? AND owner = ? AND removed IS NULL"
        with self._lock:
            row = self._db.execute(query, (str(conversation), str(owner))).fetchone()
        return None if row is None else str(row[0])


def _title(question: str) -> str:
    line = " ".join(storable(question).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
