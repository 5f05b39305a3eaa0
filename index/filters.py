"""Filters: which articles a search may use, by publisher and date."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles may answer: by publisher (any case), and published on or between two days. None is no bound.

    `others` are further publishers beside `publisher`; those of `hidden` never answer.

    >>> Filter(hidden=("Morning Post",)).passes("morning post", None)
    False
    """

    publisher: str | None = None
    after: date | None = None
    before: date | None = None
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filter()

    @property
    def allowed(self) -> frozenset[str]:
        """The keys of the publishers that alone may answer; empty where any may."""
        names = (*self.others, *(() if self.publisher is None else (self.publisher,)))
        return frozenset(publisher_key(each) for each in names)

    @property
    def refused(self) -> frozenset[str]:
        """The keys of the publishers that may not."""
        return frozenset(publisher_key(each) for each in self.hidden)

    def passes(self, publisher: str | None, published: date | None) -> bool:
        """May an article of this publisher and day answer?"""
        key = publisher_key(publisher)
        if (self.allowed and key not in self.allowed) or key in self.refused:
            return False
        if self.after is None and self.before is None:
            return True
        if published is None:
            return False
        day = published.date() if isinstance(published, datetime) else published
        return (self.after is None or day >= self.after) and (self.before is None or day <= self.before)


def day_number(published: date | None) -> int | None:
    """The day of a date or datetime as a number that filters compare (its proleptic ordinal)."""
    return None if published is None else published.toordinal()


def publisher_key(publisher: str | None) -> str:
    """A publisher's name as filters compare it: without case and outer space."""
    return (publisher or "").strip().casefold()
