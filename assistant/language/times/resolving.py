"""Temporal resolution: the day, week or month that words of time name, seen from an article's date."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from assistant.language.times.expressions import MONTHS, Expression, expressions
from assistant.language.times.tense import tense_at, tense_behind
from index.article import Article
from index.encoding import sentences

Precision = Literal["day", "week", "month"]

_DATELINE = re.compile(
    rf"^[^\n]{{2,60}}?,?\s(?P<month>{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s(?P<day>\d{{1,2}})\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told|added|announced|wrote|tweeted|stated|insisted|warned)\b[^,;]{0,40}$", re.IGNORECASE
)
#: "The clash came five days after shells struck": the day is that of what stands behind.
_CAME = re.compile(r"\b(?:came|comes|come|follows|followed|happened|takes place|took place|arrived|opened)\s*$")
#: A date line this many days before the article's date is the day that the article was written.
_FILED = 7
_LINE = "dateline"
#: A day without its year that is this near, in days, is that one, whatever the tense.
_CLOSE = 45


@dataclass(frozen=True, slots=True)
class Day:
    """What words of time at characters `start` to `end` of a text name.

    `day` is the day, or the first day of the week or month, as `precision` tells. `lead` is the preposition before
    the words; `saying` where it is the day on which something was said.
    """

    day: date
    precision: Precision
    start: int
    end: int
    lead: str = ""
    saying: bool = False

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.precision == "day":
            return self.day
        return self.day + timedelta(days=6) if self.precision == "week" else _month_end(self.day)


def days_of(article: Article, start: int = 0, end: int | None = None) -> tuple[Day, ...]:
    """The days that an article's words of time name between two places; none without the article's date.

    >>> article = Article(id="", title="", text="They met on Tuesday.", source="", published=date(2026, 2, 19))
    >>> [(each.day.isoformat(), each.precision) for each in days_of(article)]
    [('2026-02-17', 'day')]
    """
    stop = len(article.text) if end is None else end
    return tuple(each for each in _days(article.text, _written(article.published)) if start <= each.start < stop)


def days_in(article: Article, start: int, end: int) -> tuple[Day, ...]:
    """The days that the words of time of one passage name, read by itself, which is quicker than the whole article.

    Their places count from `start`.
    """
    return _days(article.text[start:end], _written(article.published))


def event_day(article: Article, start: int, end: int) -> Day | None:
    """The day of what the characters `start` to `end` of an article tell; None where they do not.

    Of several, the day of a deed goes before the day on which something was said of it, and a day before a span that
    has only begun or ends then ("since June").
    """
    found = days_of(article, start, end)
    return min(found, key=_rank, default=None)


def _rank(day: Day) -> tuple[bool, bool, bool, int, int]:
    lasting = day.lead in {"since", "until", "till", "from"}
    return (day.lead == _LINE, day.saying, lasting, ("day", "week", "month").index(day.precision), day.start)


def _written(published: date | datetime | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


@lru_cache(maxsize=512)
def _days(text: str, published: date | None) -> tuple[Day, ...]:
    if published is None:
        return tuple(each for each in (_absolute(found) for found in expressions(text)) if each is not None)
    line, anchor = _filed(text, published)
    found: list[Day] = []
    spans = sentences(text)
    at = 0
    for each in expressions(text):
        while at + 1 < len(spans) and spans[at + 1][0] <= each.start:
            at += 1
        low, high = spans[at] if spans else (0, len(text))
        sentence, place = text[low:high], each.start - low
        spoken = _spoken(found, each, anchor, tense_at(sentence, place, each.end - low))
        day = resolve(each, sentence, place, anchor, spoken)
        if day is not None:
            saying = bool(_SAYING.search(text[low : each.start]))
            lead = _LINE if each.start < line else each.lead
            found.append(Day(day[0], day[1], each.start, each.end, lead, saying))
    return tuple(found)


def _absolute(each: Expression) -> Day | None:
    if each.year is None or each.month is None:
        return None
    try:
        return Day(
            date(each.year, each.month, each.day or 1), "day" if each.day else "month", each.start, each.end, each.lead
        )
    except ValueError:
        return None  # 30 February


def _filed(text: str, published: date) -> tuple[int, date]:
    """Where an article's date line ends, and the day that it speaks from: that of the date line, else its own."""
    line = _DATELINE.match(text)
    if line is not None:
        month = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(line["month"].lower()))
        for year in (published.year, published.year - 1):
            try:
                day = date(year, month, int(line["day"]))
            except ValueError:
                continue
            if 0 <= (published - day).days <= _FILED:
                return line.end(), day
    return 0, published


def _spoken(found: Sequence[Day], each: Expression, anchor: date, tense: str) -> date | None:
    """The day spoken of last before some words: "two days later" is two days after that.

    What was is not counted from a day to come.
    """
    for day in reversed(found):
        if each.start - day.start > _REACH:
            break
        if day.precision == "day" and (day.day <= anchor or tense == "future"):
            return day.day
    return None


#: Characters back to the day from which "two days later" counts.
_REACH = 700


def resolve(
    each: Expression, sentence: str, place: int, anchor: date, spoken: date | None = None
) -> tuple[date, Precision] | None:
    """The day and precision of words of time at `place` of a sentence, seen from the day `anchor`.

    `spoken` is the day spoken of last. None where the words do not name a day, a week or a month.
    """
    try:
        if each.month is not None:
            return _by_month(each, sentence, place, anchor)
        if each.weekday is not None:
            return _by_weekday(each, sentence, place, anchor), "day"
        if each.count is not None:
            return _by_count(each, sentence, place, anchor, spoken)
        if each.unit is not None:
            return _by_unit(each, anchor)
        return _by_name(each.near, anchor, spoken)
    except (ValueError, OverflowError):
        return None  # 30 February; the year 10000


def _tense(each: Expression, sentence: str, place: int) -> str:
    end = place + each.end - each.start
    if each.lead in {"for", "from"} and not sentence[:place].rstrip().endswith(","):
        return "future"
    found = tense_at(sentence, place, end)
    if each.lead in {"by", "until", "till"} and found != "future":
        return "past" if tense_behind(sentence, end) == "past" else "future"
    return found


def _by_month(each: Expression, sentence: str, place: int, anchor: date) -> tuple[date, Precision] | None:
    assert each.month is not None
    precision: Precision = "day" if each.day else "month"
    if each.year is not None:
        return date(each.year, each.month, each.day or 1), precision
    years = [anchor.year - 1, anchor.year, anchor.year + 1]
    days = [date(year, each.month, each.day or 1) for year in years if _exists(year, each.month, each.day or 1)]
    if each.which in {"last", "past", "previous"}:
        return max(day for day in days if day < anchor.replace(day=1)), precision
    if each.which in {"next", "coming", "following"}:
        return min(day for day in days if day > anchor), precision
    if each.which == "this":
        return next(day for day in days if day.year == anchor.year), precision
    tense = _tense(each, sentence, place)
    last = [_month_end(day) if precision == "month" else day for day in days]
    nearest = min(days, key=lambda day: abs((day - anchor).days))
    if precision == "day" and abs((nearest - anchor).days) <= _CLOSE:
        return nearest, precision
    if tense == "future":
        return next(day for day, end in zip(days, last, strict=True) if end >= anchor), precision
    return max(day for day in days if day <= anchor) if tense == "past" else nearest, precision


def _month_begin(day: date, later: int = 0) -> date:
    """The first day of the month that is so many months later than a day's."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _exists(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def _by_weekday(each: Expression, sentence: str, place: int, anchor: date) -> date:
    assert each.weekday is not None
    back = (anchor.weekday() - each.weekday) % 7
    before, after = anchor - timedelta(days=back), anchor + timedelta(days=(-back) % 7)
    if each.which.endswith(" week"):
        monday = anchor - timedelta(days=anchor.weekday())
        weeks = {"last week": -7, "this week": 0, "next week": 7}[each.which]
        return monday + timedelta(days=weeks + each.weekday)
    if each.which in {"last", "past", "the previous", "previous"}:
        return before if back else anchor - timedelta(days=7)
    if each.which in {"next", "coming", "the following", "following"}:
        return after if back else anchor + timedelta(days=7)
    future = _tense(each, sentence, place) == "future"
    return after if future or (each.which == "this" and back) else before


def _by_unit(each: Expression, anchor: date) -> tuple[date, Precision] | None:
    step = {"last": -1, "past": -1, "the previous": -1, "next": 1, "coming": 1, "the following": 1, "this": 0}.get(
        each.which
    )
    if step is None or each.unit == "year":
        return None
    if each.unit == "month":
        return _month_begin(anchor, step), "month"
    monday = anchor - timedelta(days=anchor.weekday())
    if each.near == "weekend":
        saturday = monday + timedelta(days=5 + 7 * step)
        return saturday, "day"
    return monday + timedelta(days=7 * step), "week"


def _by_name(name: str, anchor: date, spoken: date | None) -> tuple[date, Precision] | None:
    if name.startswith(("that", "the same")):
        return None if spoken is None else (spoken, "day")
    step = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(name, 0)
    return anchor + timedelta(days=step), "day"


def _by_count(
    each: Expression, sentence: str, place: int, anchor: date, spoken: date | None
) -> tuple[date, Precision] | None:
    """Some days, weeks or months from the day spoken of, or from today: "two weeks earlier", "a month ago"."""
    if each.count is None or each.unit is None or each.unit == "year":
        return None
    behind = sentence[place + each.end - each.start :]
    sign = 1 if each.side in {"later", "after", "from now"} else -1
    start = anchor if each.side in {"ago", "from now"} else spoken
    if (
        each.side in {"before", "after"}
        and re.match(r"\s+\w", behind)
        and not re.match(r"\s+(?:at|in|on|and|but|as)\b", behind)
    ):
        if not _CAME.search(sentence[:place]):
            return None  # "two days after the vote" counts from a day that is not told
        start, sign = spoken or anchor, -sign
    if start is None or re.match(r"\s+than\b", behind) or re.search(r"\b(?:not|no)\s*$", sentence[:place]):
        return None
    if each.unit == "month":
        return _month_begin(start, sign * each.count), "month"
    moved = start + timedelta(days=sign * each.count * (7 if each.unit == "week" else 1))
    exact = each.unit == "day" or bool(re.match(r"\s+to the day", behind))
    if exact:
        return moved, "day"
    return moved - timedelta(days=moved.weekday()), "week"
