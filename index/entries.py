"""Entries and listings: articles with when they came in and their number of passages, as lists show them."""

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
    """Some `entries`, in the order asked for, of the `found` articles that match, among `total` that there are."""

    entries: tuple[Entry, ...]
    found: int
    total: int
