"""Lists of what the catalog holds, read without any article's text: in an order, by words, publisher and date."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Literal, get_args

from index.filters import Filter
from index.storage.records import published_day
from index.storage.sqlite import Database

Order = Literal["newest", "oldest", "title", "publisher", "added"]
ORDERS: tuple[Order, ...] = get_args(Order)

_NEWEST = "published IS NULL, published DESC, title, id"
#: Each with what articles lack it last, and the newest first among equals.
_COLUMNS: dict[Order, str] = {
    "newest": _NEWEST,
    "oldest": "published IS NULL, published, title, id",
    "title": f"title COLLATE NOCASE, {_NEWEST}",
    "publisher": f"publisher IS NULL, publisher COLLATE NOCASE, {_NEWEST}",
    "added": f"added DESC, {_NEWEST}",
}


class Listed(Database):
    """The part of the catalog that lists articles."""

    def newest(self, most: int, passes: Callable[[str | None, date | None], bool]) -> list[str]:
        """The ids of the newest articles whose publisher and date pass, at most so many, those without a date last."""
        order = f"SELECT id, publisher, published FROM articles ORDER BY {_NEWEST}"
        passing = (row[0] for row in self.db.execute(order) if passes(row[1], published_day(row[2])))
        return list(islice(passing, most))

    def matching(self, words: str, order: Order = "newest", where: Filter = Filter()) -> list[str]:
        """The ids of the articles with these words, in upper or lower case, in title or publisher, in this order."""
        query = f"SELECT id, title, publisher, published FROM articles ORDER BY {_COLUMNS[order]}"
        wanted = words.strip().casefold()
        return [
            row[0]
            for row in self.db.execute(query)
            if wanted in f"{row[1]} {row[2] or ''}".casefold()
            and (not where or where.passes(row[2], published_day(row[3])))
        ]

    def publishers(self) -> list[str]:
        """The names of all publishers, in order."""
        rows = self.db.execute("SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY publisher")
        return [row[0] for row in rows]

    def publisher_counts(self) -> dict[str, int]:
        """How many articles each publisher has, by its name."""
        counted = "SELECT publisher, COUNT(*) FROM articles WHERE publisher IS NOT NULL GROUP BY publisher"
        return dict(self.db.execute(counted).fetchall())
