"""The statements of a library's articles, kept in the home so that each article is read once.

`statements.sqlite3` holds nothing that the articles do not say again: it may be deleted at any time. An article's rows
stand under a digest of its text, title and date and of the rules that it was read by, and are made anew where that is
another; so neither an edit, nor a crash, nor an update of Talks leaves anything stale.
"""

import json
import logging
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answer import EventDate, Speaker
from assistant.retrieval.statement_reading import StatementSpan, rules, statements_in
from index.article import Article
from index.home import Home
from index.storage.migrations import transaction
from index.storage.records import article_digest

log = logging.getLogger("talks")

FILE_NAME = "statements.sqlite3"
#: The tables are these; a file with others is made anew.
VERSION = 2
_TABLES = """
CREATE TABLE articles (id TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE said (
    article TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, name TEXT NOT NULL, office TEXT,
    kind TEXT NOT NULL, day TEXT, "precision" TEXT, words TEXT, parts TEXT,
    PRIMARY KEY (article, start)
) WITHOUT ROWID;
"""
#: Articles asked for in one statement of SQL.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements of an article are a speaker's."""

    article: str
    speaker: Speaker
    count: int


class StatementStore:
    """The file of one home; safe to share among threads, and among processes.

    Where it cannot be used, what is read is kept in memory.
    """

    def __init__(self, home: Home, *, look: bool = False) -> None:
        """Open the file, making it where there is none; `look` whether all of it is whole, 100 ms for 20 MB."""
        self.path = home.folder / FILE_NAME
        self._lock = threading.Lock()
        self._db = _opened(self.path, look)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def missing(self, digests: Mapping[str, str]) -> set[str]:
        """Of the articles with these digests (`Catalog.digests`), the ids of those that must be read (anew)."""
        with self._lock:
            held = dict(self._db.execute("SELECT id, digest FROM articles"))
        read_by = rules()
        return {each for each, digest in digests.items() if held.get(each) != f"{digest} {read_by}"}

    def put(self, articles: Iterable[Article]) -> dict[str, tuple[StatementSpan, ...]]:
        """Read articles and keep what is said in them; gives it by the article's id."""
        read = {each.id: (f"{article_digest(each)} {rules()}", statements_in(each)) for each in articles}
        rows = [_row(id_, said) for id_, (_, found) in read.items() for said in found]
        with self._lock, transaction(self._db) as db:
            db.executemany("DELETE FROM said WHERE article = ?", [(each,) for each in read])
            db.executemany("INSERT OR REPLACE INTO said VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
            db.executemany(
                "INSERT OR REPLACE INTO articles VALUES (?,?)", [(id_, key) for id_, (key, _) in read.items()]
            )
        return {id_: found for id_, (_, found) in read.items()}

    def drop(self, ids: Collection[str]) -> None:
        """Forget articles that the library no longer holds."""
        if ids:
            with self._lock, transaction(self._db) as db:
                db.executemany("DELETE FROM said WHERE article = ?", [(each,) for each in ids])
                db.executemany("DELETE FROM articles WHERE id = ?", [(each,) for each in ids])

    def keep_only(self, ids: Collection[str]) -> None:
        """Forget all articles but these."""
        with self._lock:
            held = {each for (each,) in self._db.execute("SELECT id FROM articles")}
        self.drop(held - set(ids))

    def said_in(self, ids: Sequence[str]) -> dict[str, tuple[StatementSpan, ...]]:
        """What is said in each of the articles, in its order; for articles that are not `missing`."""
        found: defaultdict[str, list[StatementSpan]] = defaultdict(list)
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            with self._lock:
                rows = self._db.execute(
                    f"SELECT * FROM said WHERE article IN ({marks}) ORDER BY article, start", some
                ).fetchall()
            for id_, start, end, name, office, kind, day, precision, words, parts in rows:
                when = None if day is None else EventDate(date.fromisoformat(day), precision, words)
                each = tuple((at, Speaker(name, *called)) for at, *called in json.loads(parts or "[]"))
                found[id_].append(StatementSpan(start, end, Speaker(name, office, kind), when, each))
        return {each: tuple(found.get(each, ())) for each in ids}

    def kept(self, articles: Sequence[Article]) -> dict[str, tuple[StatementSpan, ...]]:
        """What is said in those of the articles that have been read as they are now, by their ids; reads none."""
        marks = ",".join("?" * len(articles))
        with self._lock:
            held = dict(
                self._db.execute(
                    f"SELECT id, digest FROM articles WHERE id IN ({marks})", [each.id for each in articles]
                )
            )
        read_by = rules()
        return self.said_in([each.id for each in articles if held.get(each.id) == f"{article_digest(each)} {read_by}"])

    def tallies(self) -> dict[str, list[Tally]]:
        """How much each speaker says, by article, in the order in which they first speak there."""
        with self._lock:
            rows = self._db.execute(
                "SELECT article, name, office, MAX(kind), COUNT(*) FROM said GROUP BY article, name, office "
                "ORDER BY article, MIN(start)"
            ).fetchall()
        found: defaultdict[str, list[Tally]] = defaultdict(list)
        for id_, name, office, kind, count in rows:
            found[id_].append(Tally(id_, Speaker(name, office, kind), count))
        return found


def published(home: Home, arrived: Sequence[Article], gone: Sequence[str]) -> None:
    """Read what has just been published, while its writer is at it: some 15 ms an article."""
    with closing(StatementStore(home)) as store:
        store.put(arrived)
        store.drop(gone)


def _row(article: str, said: StatementSpan) -> tuple[str | int | None, ...]:
    when = said.date
    told = (None, None, None) if when is None else (when.day.isoformat(), when.precision, when.words)
    parts = json.dumps([(at, each.office, each.kind) for at, each in said.parts]) if said.parts else None
    return (article, said.start, said.end, said.speaker.name, said.speaker.office, said.speaker.kind, *told, parts)


def _opened(path: Path, look: bool) -> sqlite3.Connection:
    """The file, made anew where it is damaged or another Talks's; in memory where there can be none."""
    for last in (False, True):
        try:
            return _prepared(sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False), look)
        except sqlite3.OperationalError as error:  # no room, no right to write
            log.warning("What people say is not kept in %s: %s", path, error)
            break
        except sqlite3.DatabaseError as error:
            log.warning("%s is damaged, and made anew: %s", path, error)
            for ending in ("", "-wal", "-shm"):
                with suppress(OSError):
                    path.with_name(path.name + ending).unlink()
            if last:
                break
    return _prepared(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))


def _prepared(db: sqlite3.Connection, look: bool = False) -> sqlite3.Connection:
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if look and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("a part of it is torn")
        with transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    db.execute(f'DROP TABLE "{name}"')
                for statement in _TABLES.split(";")[:-1]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        db.close()
        raise
    return db
