"""Temporal expression grammar: finds words of time, and tells what each says, before it is known which day that is."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

TimeUnit = Literal["day", "week", "month", "year"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple("january february march april may june july august september october november december".split())
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "no,a|an|one|the,two|a couple of|a pair of,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,"
        "fourteen,fifteen,sixteen,seventeen,eighteen,nineteen,twenty".split(",")
    )
    for word in words.split("|")
    if number
}
_UNITS: dict[str, TimeUnit] = {
    "day": "day",
    "night": "day",
    "week": "week",
    "weekend": "week",
    "month": "month",
    "year": "year",
}
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS) + "|sept"
_DAY = "|".join(WEEKDAYS) + "|mon|tues?|wed|thurs?|fri|sat|sun"
_NUMBER = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r"|\d{1,3}"
_LEAD = r"(?:(?P<lead>on|by|until|till|since|before|after|from|between|in|during|for|of|at)\s+)?"
_EARLY = r"(?:(?P<part>early|late|earlier|later|mid|the end of|the middle of|the beginning of|the start of)[\s-]+)?"
_FORMS = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})",
    rf"(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>\d{{4}}))?",
    rf"(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year2>\d{{4}})\b)?",
    r"(?:(?P<which>last|next|this|past|coming|previous|following)\s+)?"
    rf"(?P<month3>{_MONTH})\b(?:,?\s+(?P<year3>\d{{4}})\b)?",
    rf"(?:(?P<which2>last|next|this|past|coming|the following|the previous)\s+)?(?P<weekday>{_DAY})\b"
    r"(?:\s+(?P<ofweek>last week|next week|this week))?",
    r"(?P<near>yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening)"
    r"|the same (?:day|night|evening|morning)|that (?:day|night|evening|morning|afternoon))",
    r"(?P<which3>last|next|this|past|coming|the following|the previous)\s+(?P<unit>week(?:end)?|month|year)",
    rf"(?P<count>{_NUMBER})\s+(?P<unit2>day|week|month|year|night)s?\s+"
    r"(?P<side>earlier|later|ago|before|after|from now)\b",
    r"the\s+(?:day|night)\s+(?P<beside>before|after)\b",
    r"the\s+(?:next|following)\s+(?P<next>day|morning|evening)",
)
_EXPRESSION = re.compile(rf"\b{_LEAD}{_EARLY}(?:{'|'.join(_FORMS)})", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each)\s$", re.IGNORECASE)
#: Written so, these are mostly no times: "may", "march", "sat".
_PLAIN = frozenset({"may", "march", "mar", "sat", "sun", "wed", "mon", "fri", "dec", "jan", "apr", "aug", "second"})


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of time at characters `start` to `end` of a text, as they are written.

    `lead` is the preposition before them, "" where there is none; `part` which part of it is meant ("early"). Of the
    rest, those are set that the words give: a date (`year`, `month`, `day`), a `weekday` (0 for Monday), a unit with
    `which` of them ("last"), or a `count` of units to one `side` ("later").
    """

    start: int
    end: int
    lead: str = ""
    part: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: str = ""
    unit: TimeUnit | None = None
    count: int | None = None
    side: str = ""
    near: str = ""


@lru_cache(maxsize=5_000)
def expressions(text: str) -> tuple[Expression, ...]:
    """The words of time of a text, in its order.

    >>> [(each.weekday, each.which) for each in expressions("They met last Tuesday.")]
    [(1, 'last')]
    """
    found = []
    for match in _EXPRESSION.finditer(text):
        each = None if _EVERY.search(text, max(0, match.start() - 8), match.start()) else _read(text, match)
        if each is not None:
            found.append(each)
    return tuple(found)


def _read(text: str, match: re.Match[str]) -> Expression | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    name = groups.get("month") or groups.get("month2") or groups.get("month3") or groups.get("weekday") or ""
    if name and name.lower() in _PLAIN and not (name[:1].isupper() and _is_time(text, match, groups, name)):
        return None
    if name and name.islower() and text[match.start() :][:1].islower() and len(name) <= 3:
        return None
    found = Expression(
        match.start(), match.end(), groups.get("lead", "").lower(), groups.get("part", "").lower(), which=_which(groups)
    )
    if "iso" in groups:
        year, month, day = (int(each) for each in groups["iso"].split("-"))
        return replace(found, year=year, month=month, day=day)
    if groups.keys() & {"month", "month2", "month3"}:
        written = groups.get("year") or groups.get("year2") or groups.get("year3")
        of_month = groups.get("day") or groups.get("day2")
        return replace(
            found,
            year=int(written) if written else None,
            month=_month(name),
            day=int(of_month) if of_month else None,
        )
    if "weekday" in groups:
        return replace(found, weekday=_weekday(name))
    if "near" in groups:
        if groups["near"][:1].isupper() and text[: match.start()].rstrip()[-1:].isalnum():
            return None  # "USA Today"
        return replace(found, near=groups["near"].lower())
    if "unit" in groups:
        return replace(found, unit=_UNITS[groups["unit"].lower()], near=groups["unit"].lower())
    if "count" in groups:
        counted = groups["count"].lower()
        number = int(counted) if counted.isdigit() else _NUMBERS[counted]
        return replace(found, count=number, unit=_UNITS[groups["unit2"].lower()], side=groups["side"].lower())
    return replace(found, count=1, unit="day", side=groups.get("beside", "later").lower())


def _which(groups: dict[str, str]) -> str:
    """Which of several is meant: "last", "next"; "last week" where a weekday is one of that week."""
    if "ofweek" in groups:
        return groups["ofweek"].lower()
    return (groups.get("which") or groups.get("which2") or groups.get("which3") or "").lower()


def _is_time(text: str, match: re.Match[str], groups: dict[str, str], name: str) -> bool:
    """Is a word that has another meaning a time here: "in May", "May 3", "since March"?"""
    if "day" in groups or "day2" in groups or "year3" in groups or groups.keys() & {"lead", "part", "which", "which2"}:
        return True
    return name.lower() == "march" and text[: match.start()].rstrip()[-1:] not in {"", ".", "”", "“"}


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))


def _weekday(name: str) -> int:
    return next(i for i, day in enumerate(WEEKDAYS) if day.startswith(name.lower()[:3]))
