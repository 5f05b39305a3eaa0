"""Times in questions: the days from which and to which a question asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.times.expressions import Expression, expressions
from assistant.language.times.resolving import Day, resolve

_AFTER = frozenset({"since", "after", "from"})
_BEFORE = frozenset({"before", "until", "till", "by"})
#: A question about a time is about what was, unless it says otherwise.
_WAS = "It was "


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The days `first` to `last` that a question asks about, both included; None is no bound. `words` say so in it."""

    first: date | None
    last: date | None
    words: str

    def holds(self, day: date) -> bool:
        """Does a day lie in it?"""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def asked_time(question: str, today: date) -> AskedTime | None:
    """The time that a question asks about, seen from `today`; None where it names none.

    A weekday alone names none: it is a word of the article, whichever week that is of.

    >>> asked_time("What happened in July?", date(2026, 2, 18))
    AskedTime(first=datetime.date(2025, 7, 1), last=datetime.date(2025, 7, 31), words='in July')
    """
    first: date | None = None
    last: date | None = None
    words: list[str] = []
    for each in expressions(question):
        day = _day(each, question, today)
        if day is None:
            continue
        if each.lead in _AFTER:
            first = day.last + timedelta(days=1) if each.lead == "after" else day.day
        elif each.lead in _BEFORE:
            last = day.day - timedelta(days=1) if each.lead == "before" else day.last
        elif first is None or day.day < first:
            first, last = day.day, max(day.last, last or day.last)
        else:
            last = max(day.last, last or day.last)
        words.append(question[each.start : each.end])
    if not words or (first is not None and last is not None and first > last):
        return None
    return AskedTime(first, last, " ".join(words))


def _day(each: Expression, question: str, today: date) -> Day | None:
    if each.weekday is not None and not each.which:
        return None
    if each.side in {"earlier", "later", "before", "after"}:
        return None  # counted from a day that only the articles tell
    words = question[each.start : each.end]
    found = resolve(each, _WAS + words, len(_WAS), today)
    return None if found is None else Day(found[0], found[1], each.start, each.end)
