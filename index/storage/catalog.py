"""The catalog: the SQLite file that is the library; everything else on disk is derived from it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from index.article import Article
from index.filters import Filter, publisher_key
from index.storage.listing import Listed
from index.storage.records import (
    ARTICLE_COLUMNS,
    PASSAGE_COLUMNS,
    ArticleRow,
    Holdings,
    PassageRow,
    SourceRow,
    article_row,
    digest_of,
    packed,
    passage_row,
)

#: From nothing to the schema in use; a step that was released is never edited.
STEPS = (
    """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, publisher TEXT, author TEXT,
    published TEXT, url TEXT, language TEXT, text_hash TEXT NOT NULL UNIQUE, url_key TEXT UNIQUE, added TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences BLOB NOT NULL, text_hash TEXT NOT NULL
);
CREATE INDEX passages_article ON passages(article);
CREATE INDEX passages_text ON passages(text_hash);
CREATE TABLE sources (
    source TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sources_article ON sources(article);
CREATE TABLE pending (number INTEGER PRIMARY KEY);
INSERT INTO meta VALUES ('generation', '0');
""",
    # An index of publishers and dates, so that filters need not read the articles' texts.
    "CREATE INDEX articles_about ON articles(publisher, published, title);",
)


class Catalog(Listed):
    """The library's SQLite file. Each thread reads by a connection of its own; one at a time writes."""

    def __init__(self, path: Path) -> None:
        """Open the catalog, making it where there is none. Raises LibraryError where it cannot be used."""
        super().__init__(path, STEPS)

    # Values of the library as a whole.

    def generation(self) -> int:
        """How often the library has been published; 0 for one that never held anything."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        """A value kept under a name."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def intact(self) -> bool:
        """Whether SQLite finds its file whole."""
        return bool(self.db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def publish(self) -> None:
        """Increase the generation by one; belongs in the transaction that changes articles."""
        self.db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")

    # Articles.

    def articles(self) -> list[ArticleRow]:
        """Every article, newest first, those without a date last."""
        rows = self.db.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY published IS NULL, published DESC, title, id"
        )
        return [article_row(row) for row in rows]

    def article_count(self) -> int:
        """How many articles the library holds."""
        return int(self.db.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def article(self, article_id: str) -> ArticleRow | None:
        """The article of that id."""
        return self._one("id", article_id)

    def article_by_text(self, text_hash: str) -> ArticleRow | None:
        """The article that holds exactly this text."""
        return self._one("text_hash", text_hash)

    def article_by_url(self, url_key: str) -> ArticleRow | None:
        """The article that came from this address."""
        return self._one("url_key", url_key)

    def _one(self, column: str, value: str) -> ArticleRow | None:
        row = self.db.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE {column} = ?", (value,)).fetchone()
        return None if row is None else article_row(row)

    def articles_of(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles of the given ids, by id."""
        return {each: row.article for each, row in self.rows_of(ids).items()}

    def rows_of(self, ids: Iterable[str]) -> dict[str, ArticleRow]:
        """The articles of the given ids with the time when they came in."""
        found: dict[str, ArticleRow] = {}
        for some in _portions(list(dict.fromkeys(ids))):
            marks = ",".join("?" * len(some))
            for row in self.db.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id IN ({marks})", some):
                found[row[0]] = article_row(row)
        return found

    def digests(self) -> dict[str, str]:
        """Each article's digest (`article_digest`), by its id."""
        rows = self.db.execute("SELECT id, text_hash, title, published FROM articles")
        return {id_: digest_of(hashed, title, published) for id_, hashed, title, published in rows}

    def put_article(self, row: ArticleRow) -> None:
        """Take in an article, or put it in the place of the one with its id."""
        a = row.article
        published = None if a.published is None else a.published.isoformat()
        self.db.execute(
            "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET title=excluded.title,"
            "text=excluded.text, source=excluded.source, publisher=excluded.publisher, author=excluded.author,"
            "published=excluded.published, url=excluded.url, language=excluded.language,"
            "text_hash=excluded.text_hash, url_key=excluded.url_key",
            (
                *(a.id, a.title, a.text, a.source, a.publisher, a.author, published, a.url, a.language),
                *(row.text_hash, row.url_key, row.added.isoformat()),
            ),
        )

    def delete_article(self, article_id: str) -> None:
        """Drop an article with its passages and sources."""
        self.db.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def articles_that_hold(self, stem: str) -> int:
        """About how many articles hold a stem, read from their texts; for when there is no word index."""
        part = stem[:-1] if len(stem) > 4 else stem  # stems end otherwise than words: “deleg”, “parti”
        query = "SELECT COUNT(*) FROM articles WHERE instr(lower(title || ' ' || text), ?)"
        return int(self.db.execute(query, (part,)).fetchone()[0])

    def holdings(self, where: Filter) -> Holdings:
        """A summary of the articles that pass a filter."""
        clauses, values = ["TRUE"], []
        for keys, holds in ((where.allowed, "publisher IN"), (where.refused, "COALESCE(publisher, '') NOT IN")):
            if keys:
                clauses.append(f"{holds} (SELECT value FROM json_each(?))")
                values.append(json.dumps([each for each in self.publishers() if publisher_key(each) in keys]))
        for bound, day in ((">=", where.after), ("<=", where.before)):
            if day is not None:
                clauses.append(f"substr(published, 1, 10) {bound} ?")
                values.append(day.isoformat())
        passing = f"FROM articles WHERE {' AND '.join(clauses)}"
        with self.snapshot():
            # A date before there were newspapers stands for none, as 0001-01-01 does.
            dated = "CASE WHEN published >= '1600' THEN substr(published, 1, 10) END"
            counted = f"SELECT COUNT(*), MIN({dated}), MAX({dated}) {passing}"
            count, first, last = self.db.execute(counted, values).fetchone()
            named = f"SELECT DISTINCT publisher {passing} AND publisher IS NOT NULL ORDER BY publisher"
            publishers = tuple(row[0] for row in self.db.execute(named, values))
            library = self.db.execute("SELECT COUNT(*) FROM articles").fetchone()[0]
            ids = [row[0] for row in self.db.execute(f"SELECT id {passing} LIMIT 1", values)] if count == 1 else []
            only = next(iter(self.articles_of(ids).values()), None)
        earliest, latest = (None if each is None else date.fromisoformat(each) for each in (first, last))
        return Holdings(library, count, publishers, earliest, latest, only)

    # Passages.

    def passage_count(self) -> int:
        """How many passages the library holds."""
        return int(self.db.execute("SELECT COUNT(*) FROM passages").fetchone()[0])

    def passage_counts(self) -> dict[str, int]:
        """How many passages each article has, by its id."""
        return dict(self.db.execute("SELECT article, COUNT(*) FROM passages GROUP BY article").fetchall())

    def passages(self) -> Iterator[PassageRow]:
        """Every passage, article by article, in reading order."""
        for row in self.db.execute(f"SELECT {PASSAGE_COLUMNS} FROM passages ORDER BY article, start"):
            yield passage_row(row)

    def passages_of_article(self, article_id: str) -> list[PassageRow]:
        """One article's passages, in reading order."""
        rows = self.db.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY start", (article_id,)
        )
        return [passage_row(row) for row in rows]

    def article_ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The article of each given passage that the library holds, in their order."""
        query = "SELECT number, article FROM passages WHERE number IN (SELECT value FROM json_each(?))"
        held = dict(self.db.execute(query, (json.dumps(list(numbers)),)).fetchall())
        return {number: held[number] for number in numbers if number in held}

    def passages_of(self, numbers: Iterable[int]) -> dict[int, PassageRow]:
        """The passages of the given numbers that the library holds, by number."""
        query = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number IN (SELECT value FROM json_each(?))"
        rows = self.db.execute(query, (json.dumps(list(numbers)),))
        return {row[0]: passage_row(row) for row in rows}

    def passages_by_text(self, hashes: Iterable[str]) -> dict[str, int]:
        """For each text hash that some passage has, that passage's number."""
        found: dict[str, int] = {}
        for some in _portions(list(dict.fromkeys(hashes))):
            marks = ",".join("?" * len(some))
            query = f"SELECT text_hash, number FROM passages WHERE text_hash IN ({marks})"
            found.update((row[0], row[1]) for row in self.db.execute(query, some))
        return found

    def numbers(self) -> set[int]:
        """The numbers of all passages."""
        return {row[0] for row in self.db.execute("SELECT number FROM passages")}

    def put_passages(self, article_id: str, rows: Sequence[PassageRow]) -> None:
        """Replace the passages of an article."""
        self.db.execute("DELETE FROM passages WHERE article = ?", (article_id,))
        self.db.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?,?)",
            [(r.number, r.article, r.start, r.end, packed(r.sentences), r.text_hash) for r in rows],
        )

    # Sources: which file gave which article.

    def sources(self) -> dict[str, SourceRow]:
        """Every file that an article was read from, by its path."""
        rows = self.db.execute("SELECT source, article, size, modified FROM sources")
        return {row[0]: SourceRow(*row) for row in rows}

    def source(self, source: str) -> SourceRow | None:
        """The record of one file."""
        query = "SELECT source, article, size, modified FROM sources WHERE source = ?"
        row = self.db.execute(query, (source,)).fetchone()
        return None if row is None else SourceRow(*row)

    def sources_of(self, article_id: str) -> list[str]:
        """The files that gave an article."""
        rows = self.db.execute("SELECT source FROM sources WHERE article = ? ORDER BY source", (article_id,))
        return [row[0] for row in rows]

    def put_source(self, row: SourceRow) -> None:
        """Record size and time of a file that was read."""
        self.db.execute(
            "INSERT OR REPLACE INTO sources VALUES (?,?,?,?)", (row.source, row.article, row.size, row.modified)
        )

    def delete_source(self, source: str) -> None:
        """Forget a file."""
        self.db.execute("DELETE FROM sources WHERE source = ?", (source,))

    # Passages that a writer is about to change in the derived stores, so that the next writer can sweep after a crash.

    def pending(self) -> set[int]:
        """Passage numbers that a write has begun to add or to drop."""
        return {row[0] for row in self.db.execute("SELECT number FROM pending")}

    def set_pending(self, numbers: Iterable[int]) -> None:
        """Note passage numbers that are about to be added or dropped."""
        self.db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(number,) for number in numbers])

    def clear_pending(self) -> None:
        """Forget the noted passage numbers: the write is complete."""
        self.db.execute("DELETE FROM pending")


def _portions(values: list[str] | list[int], size: int = 900) -> Iterator[list[str] | list[int]]:
    """Portions of values, as SQLite limits the number of values in one statement."""
    for first in range(0, len(values), size):
        yield values[first : first + size]
