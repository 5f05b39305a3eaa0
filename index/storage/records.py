"""Catalog records: rows as values, and how SQLite holds them."""

import hashlib
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime

from index.aliases import Span
from index.article import Article

#: The columns that `article_row` and `passage_row` take, in their order.
ARTICLE_COLUMNS = "id, title, text, source, publisher, author, published, url, language, text_hash, url_key, added"
PASSAGE_COLUMNS = 'number, article, start, "end", sentences, text_hash'


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as the catalog holds it: whose it is, and where it lies in the article's text."""

    number: int
    article: str
    start: int
    end: int
    sentences: tuple[Span, ...]
    text_hash: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with the keys by which it is recognised, and when it came in."""

    article: Article
    text_hash: str
    url_key: str | None
    added: datetime


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file that an article was read from; `size` in bytes and `modified` in nanoseconds tell whether it changed."""

    source: str
    article: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """A summary of some articles of a library; `library` is the number of all its articles.

    `publishers` are their names, in order; `first` and `last` the days of the earliest and the latest that has a date.
    `only` is the article where it is a single one.
    """

    library: int
    articles: int
    publishers: tuple[str, ...]
    first: date | None
    last: date | None
    only: Article | None


def packed(spans: tuple[Span, ...]) -> bytes:
    """Sentence offsets as the catalog keeps them: two unsigned numbers of four bytes each."""
    return struct.pack(f"<{2 * len(spans)}I", *(offset for span in spans for offset in span))


def _unpacked(blob: bytes) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in struct.iter_unpack("<II", blob))


def passage_row(row: tuple[int, str, int, int, bytes, str]) -> PassageRow:
    """A passage from its columns."""
    number, article, start, end, sentences, text_hash = row
    return PassageRow(number, article, start, end, _unpacked(sentences), text_hash)


def article_row(row: tuple[str, ...]) -> ArticleRow:
    """An article from its columns."""
    id_, title, text, source, publisher, author, published, url, language, text_hash, url_key, added = row
    article = Article(id_, title, text, source, publisher, author, published_day(published), url, language)
    return ArticleRow(article, text_hash, url_key, datetime.fromisoformat(added).astimezone(UTC))


def published_day(value: str | None) -> date | datetime | None:
    """A date, or a time, as the catalog writes it."""
    if value is None:
        return None
    return date.fromisoformat(value) if len(value) == len("2026-02-18") else datetime.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article to add, and the file that it came from, where there is one."""

    row: ArticleRow
    source: SourceRow | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """Articles to remove, by id, and files to forget."""

    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def text_hash(text: str) -> str:
    """A hash by which equal texts are recognised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def digest_of(text_hash: str, title: str, published: str | None) -> str:
    """A digest of all of an article that its words are understood by: its text, its title and its date."""
    return hashlib.sha256(f"{text_hash}\0{title}\0{published}".encode("utf-8", "replace")).hexdigest()[:32]


def article_digest(article: Article) -> str:
    """The same of an article at hand; `Catalog.digests` gives it for all of the library's."""
    published = None if article.published is None else article.published.isoformat()
    return digest_of(text_hash(article.text), article.title, published)


def now() -> datetime:
    """The present moment, in UTC to the second."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True, eq=False)
class PassageOfArticle:
    """A passage with its article, as of one generation."""

    row: PassageRow
    article: Article
