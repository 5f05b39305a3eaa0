"""Entries and listings: the articles of a library with when they came in, for lists of them."""

from dataclasses import dataclass
from datetime import datetime

from index.article import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with when it came in (UTC) and how many passages it was cut into."""

    article: Article
    added: datetime
    passages: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of a library's articles: the newest `entries` of the `found` that match, among `total` that there are."""

    entries: tuple[Entry, ...]
    found: int
    total: int
