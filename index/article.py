"""The article: the value that every citation points into; its JSON form; its date in words."""

from dataclasses import dataclass
from datetime import date, datetime

from typing_extensions import TypedDict  # typing's own cannot be read by pydantic before Python 3.12


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, with its normalised text.

    Every offset in Talks (of a passage, a sentence, a citation) counts characters of `text`,
    from 0, end exclusive, so `article.text[start:end]` is always what was meant.

    `published` is a `datetime` where the article gives a time of day, a `date` where it gives
    only the day, and None where it gives neither. `source` is the absolute path or the URL that
    the article was read from. A field that the article does not give is None, never guessed; only
    `title` falls back to the name of the file.

    >>> Article(id="", title="Talks end", text="Talks ended.", source="/news/talks.txt").publisher
    """

    id: str
    title: str
    text: str
    source: str
    publisher: str | None = None
    author: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    language: str | None = None

    @property
    def day(self) -> date | None:
        """The day that it was published on, without the time of day; None where that is not given."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


class ArticleInfo(TypedDict):
    """An article without its text. `published` is like 2026-02-18, with a time where there is one."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    source: str


def article_info(article: Article) -> ArticleInfo:
    """An article without its text, as JSON holds it.

    >>> article_info(Article("1", "Talks end", "…", "/news/a.txt", published=date(2026, 2, 18)))["published"]
    '2026-02-18'
    """
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": None if article.published is None else article.published.isoformat(),
        "url": article.url,
        "language": article.language,
        "source": article.source,
    }


def day_in_words(published: date | datetime | None) -> str:
    """The day of a date as a newspaper writes it: 18 February 2026; nothing for None.

    >>> day_in_words(date(2026, 2, 18))
    '18 February 2026'
    """
    return "" if published is None else f"{published.day} {published:%B} {published.year}"
