"""Times in questions: from which day to which a question asks, and the events that it reckons from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.language.times.expressions import Expression, expressions
from assistant.language.times.resolving import Day, resolve

_AFTER = frozenset({"since", "after", "from", "following"})
_BEFORE = frozenset({"before", "until", "till", "by", "ahead of", "prior to"})
#: A question about a time is about what was, unless it says otherwise.
_WAS = "It was "
_EVENT = re.compile(
    r"\b(?P<lead>before|after|since|until|till|following|ahead of|prior to|during|(?:on )?the day of)\s+"
    r"(?P<what>(?!(?:he|she|it|they|we|you|i|that|this|what|who|which|when)\b)[^?!.,;:()]+)",
    re.IGNORECASE,
)
#: Where the words for an event end: "before the second round about the weapons".
_ENDS = re.compile(
    r"\s(?:about|on|regarding|concerning|did|do|does|what|who|how|why|where|according|and|but|in|with)\b.*"
)
_MOST_WORDS = 7
_DAYS = {"day": 1, "week": 7, "month": 31}


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """An event that a question reckons time from: its words at characters `start` to `end`, after the preposition."""

    lead: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The days `first` to `last` that a question asks about, both included; None is no bound. `words` say so in it.

    `weekday` (0 for Monday) where only that is named: any such day, of whichever week.
    """

    first: date | None
    last: date | None
    words: str
    weekday: int | None = None

    def holds(self, day: date) -> bool:
        """Does a day lie in it?"""
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def asked_events(question: str) -> tuple[AskedEvent, ...]:
    """The events that a question reckons from; a date is none.

    >>> [(each.lead, each.words) for each in asked_events("What did he say before the second round about the flood?")]
    [('before', 'the second round')]
    """
    found = []
    for match in _EVENT.finditer(question):
        words = _ENDS.sub("", match["what"]).rstrip()
        if words and len(words.split()) <= _MOST_WORDS and not expressions(f"{match['lead']} {words}"):
            start = match.start("what")
            found.append(AskedEvent(match["lead"].lower(), words, start, start + len(words)))
    return tuple(found)


def asked_time(
    question: str, today: date, events: Sequence[tuple[AskedEvent, tuple[date, date]]] = ()
) -> AskedTime | None:
    """The time that a question asks about, seen from `today`; None where it names none.

    `events` are those that it reckons from, each with its first and last day. A weekday by itself is one of any week,
    as it is a word of the article; "since Monday" is the last one.

    >>> asked_time("What happened in July?", date(2026, 2, 18)).first
    datetime.date(2025, 7, 1)
    """
    named = [_Named(event.start, event.end, event.lead, *days, event=True) for event, days in events]
    counted: list[Expression] = []
    weekday: int | None = None
    words: list[str] = []
    for each in expressions(question):
        if each.count is not None and each.side in {"before", "after"}:
            counted.append(each)  # "two weeks after the flood": from a day that is named behind
        elif each.weekday is not None and not each.which and each.lead not in _AFTER | _BEFORE:
            weekday = each.weekday
            words.append(question[each.start : each.end])
        elif (day := _day(each, question, today)) is not None:
            named.append(_Named(each.start, each.end, each.lead, day.day, day.last))
    for each in counted:
        named = [_reckoned(each, named_one) for named_one in named]
    first, last = _bounds(named)
    words += [question[each.start : each.end] for each in named]
    if not words or (first is not None and last is not None and first > last):
        return None
    return AskedTime(first, last, " ".join(words), weekday)


@dataclass(frozen=True, slots=True)
class _Named:
    """The first and the last day that some words of a question name, and the preposition before them."""

    start: int
    end: int
    lead: str
    first: date
    last: date
    event: bool = False


def _reckoned(count: Expression, named: _Named) -> _Named:
    """Days that are so many days, weeks or months before or after those that are named right behind."""
    if not 0 <= named.start - count.end <= 2 or count.count is None or count.unit not in _DAYS:
        return named
    far = timedelta(days=count.count * _DAYS[count.unit])
    if count.side == "before":
        return replace(named, lead="", first=named.first - far, last=named.first - timedelta(days=1))
    return replace(named, lead="", first=named.last, last=named.last + far)


def _bounds(named: Sequence[_Named]) -> tuple[date | None, date | None]:
    """The first and the last day that several times leave; what is said on the day of an event may be after it."""
    first: date | None = None
    last: date | None = None
    for each in named:
        if each.lead in _AFTER:
            first = each.first if each.lead in {"since", "from"} else each.last + timedelta(days=not each.event)
        elif each.lead in _BEFORE:
            last = each.last if each.lead in {"until", "till", "by"} else each.first - timedelta(days=1)
        elif first is None or each.first < first:
            first, last = each.first, max(each.last, last or each.last)
        else:
            last = max(each.last, last or each.last)
    return first, last


def _day(each: Expression, question: str, today: date) -> Day | None:
    if each.side in {"earlier", "later"}:
        return None  # counted from a day that only the articles tell
    words = question[each.start : each.end]
    found = resolve(each, _WAS + words, len(_WAS), today)
    return None if found is None else Day(found[0], found[1], each.start, each.end)
