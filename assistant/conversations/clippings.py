"""Clippings: quotes that a reader saved, in collections and with notes, kept in the home with the conversations."""

import csv
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.conversations.export import plain
from assistant.conversations.file import LONGEST_OWNER, ConversationError, KeptFile, now, storable
from index.article import Article, day_in_words

#: The collection of what was saved without naming one.
FIRST = "Unsorted"
LONGEST_NAME, LONGEST_NOTE = 80, 4_000
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Clipping:
    """A saved quote: what was kept of it then, and whether its article still holds it word for word (`holds`)."""

    id: str
    collection: str
    note: str
    question: str
    speaker: str
    quote: str
    article: str
    start: int
    title: str
    publisher: str | None
    author: str | None
    published: date | None
    url: str | None
    made: datetime
    holds: bool


class Clippings(KeptFile):
    """The clippings of one home, each seen by its owner only; safe to share among threads and processes.

    >>> kept = Clippings("/news/library")  # doctest: +SKIP
    >>> kept.save("reader", article, 0, 12, question="Who led?")
    """

    def save(
        self,
        owner: str,
        article: Article,
        start: int,
        end: int,
        *,
        speaker: str = "",
        question: str = "",
        collection: str = "",
    ) -> str:
        """Keep characters `start` to `end` of an article; returns the clipping's id. Saving them twice keeps one."""
        if not 0 < len(owner) <= LONGEST_OWNER:
            raise ConversationError("The clipping has no owner: reload the page, then save it again.")
        quote = article.text[start:end]
        published = None if article.published is None else article.published.isoformat()[:10]
        self._forget("clippings")
        with self._writing() as db:
            query = "SELECT id FROM clippings WHERE owner = ? AND article = ? AND quote = ? AND removed IS NULL"
            there = db.execute(query, (owner, article.id, quote)).fetchone()
            if there is not None:
                return str(there[0])
            if db.execute("SELECT COUNT(*) FROM clippings WHERE owner = ?", (owner,)).fetchone()[0] >= MOST:
                raise ConversationError(f"There are {MOST:,} clippings already: delete some first.")
            made = secrets.token_urlsafe(12)
            values = (made, owner, _name(collection) or FIRST, "", storable(question), storable(speaker), quote)
            about = (article.id, start, article.title, article.publisher, article.author, published, article.url)
            marks = ",".join("?" * 16)
            db.execute(f"INSERT INTO clippings VALUES ({marks})", (*values, *about, now(), None))
        return made

    def list(self, owner: str, words: str = "") -> "list[Clipping]":
        """The owner's clippings by collection, latest first; with `words`, those that hold them anywhere."""
        with self._lock:
            rows = self._db.execute(
                "SELECT id, collection, note, question, speaker, quote, article, start, title, publisher, author, "
                "published, url, made FROM clippings WHERE owner = ? AND removed IS NULL "
                "ORDER BY collection, made DESC",
                (owner,),
            ).fetchall()
        articles = self._shelf({row[6] for row in rows})
        wanted = words.strip().casefold()
        found = []
        for row in rows:
            if wanted and wanted not in "\n".join(str(each or "") for each in row[1:11]).casefold():
                continue
            article, published = articles.get(row[6]), None if row[11] is None else date.fromisoformat(row[11])
            holds = article is not None and row[5] in article.text
            made = datetime.fromisoformat(row[13])
            found.append(
                Clipping(
                    id=row[0],
                    collection=row[1],
                    note=row[2],
                    question=row[3],
                    speaker=row[4],
                    quote=row[5],
                    article=row[6],
                    start=row[7],
                    title=row[8],
                    publisher=row[9],
                    author=row[10],
                    published=published,
                    url=row[12],
                    made=made,
                    holds=holds,
                )
            )
        return found

    def change(self, clipping: str, owner: str, *, note: str, collection: str) -> None:
        """Write another note, or put it into another collection."""
        values = (storable(note)[:LONGEST_NOTE], _name(collection) or FIRST, clipping, owner)
        self._on("UPDATE clippings SET note = ?, collection = ? WHERE id = ? AND owner = ?", values)

    def remove(self, clipping: str, owner: str) -> None:
        """Delete a clipping so that it can be brought back for ten minutes; after that it is gone for good."""
        self._on("UPDATE clippings SET removed = ? WHERE id = ? AND owner = ?", (now(), clipping, owner))

    def bring_back(self, clipping: str, owner: str) -> None:
        """Take a removal back."""
        self._on("UPDATE clippings SET removed = NULL WHERE id = ? AND owner = ?", (clipping, owner))

    def _on(self, statement: str, values: Sequence[object]) -> None:
        with self._writing() as db:
            if not db.execute(statement, values).rowcount:
                raise ConversationError("This clipping is not there, or no longer: reload the page.")


def as_markdown(clippings: Sequence[Clipping]) -> str:
    """Clippings as Markdown, a section for each collection.

    >>> as_markdown([])
    '# Clippings\\n'
    """
    parts, collection = ["# Clippings"], None
    for each in clippings:
        if each.collection != collection:
            collection = each.collection
            parts.append(f"## {plain(collection)}")
        parts.append("\n".join(f"> {line}".rstrip() for line in plain(each.quote).splitlines()))
        address = f" <{each.url}>" if (each.url or "").startswith(("http://", "https://")) else ""
        parts.append(f"— {plain(credit(each))}{address}")
        parts += [plain(each.note)] if each.note else []
    return "\n\n".join(parts) + "\n"


def as_csv(clippings: Sequence[Clipping]) -> str:
    """Clippings as CSV, safe to open in a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["collection", "quote", "speaker", "title", "publisher", "published", "url", "note", "question"])
    for each in clippings:
        day = "" if each.published is None else each.published.isoformat()
        line = [each.collection, each.quote, each.speaker, each.title, each.publisher or "", day, each.url or ""]
        writer.writerow([no_formula(cell) for cell in (*line, each.note, each.question)])
    return "\ufeff" + made.getvalue()


def credit(clipping: Clipping) -> str:
    """Who said it, where and when, and whether the article has changed since."""
    changed = "" if clipping.holds else "(the article has changed or is gone since)"
    day = day_in_words(clipping.published)
    return ", ".join(each for each in (clipping.speaker, clipping.title, clipping.publisher, day, changed) if each)


def no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> no_formula("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _name(collection: str) -> str:
    return " ".join(storable(collection).split())[:LONGEST_NAME]
