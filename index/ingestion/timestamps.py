"""Date parsing: dates and times in the forms that pages and files use."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "uk",
    "ru",
    "cs",
    "sk",
    "sv",
    "da",
    "nb",
    "fi",
    "ro",
    "tr",
)
_ENGLISH_MORE = {"sept": 9}
_OFFSETS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120,
    "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "jst": 540, "aest": 600, "aedt": 660,
}  # fmt: skip
_CLOCKS = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_ZONE = r"(?P<zone>z(?![a-z])|(?:utc|gmt)?\s?[+-]\d{1,2}:?\d{2}|" + "|".join(
    sorted([*_OFFSETS, *_CLOCKS], key=len, reverse=True)
) + r")(?![a-z])"  # fmt: skip
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?!\d)(?::(?P<second>\d{2})(?:[.,:]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?(?![a-z]))?(?:\s*\(?" + _ZONE + ")?"
)
_TIME = re.compile(r"(?<![\d.:/-])" + _CLOCK)
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)(?:t|\s+)?(?:" + _CLOCK + ")?")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:[./]|\s?[年년]\s?)(?P<m>\d{1,2})(?:[./]|\s?[月월]\s?)(?P<d>\d{1,2})(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<sign>[./-]|\. )(?P<b>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d{2}|\d{2})(?!\d)"
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z|"
    r"[+-]\d{4})?)?"
)
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?")
_REACH = 30  # characters between a day and the time that belongs to it


def parsed_moment(text: str, language: str | None = None) -> date | datetime | None:
    """The first whole date in `text`, with its time and its offset from UTC where they stand beside it.

    Read are ISO dates with the usual slips ("2026-03-13 18:40:00 UTC"), those of mails ("Fri, 13 Mar 2026 18:40:00
    -0600"), of Java and JavaScript ("Fri Mar 13 18:40:00 CET 2026"), "13.03.2026, 18:40", "March 13, 2026", and months
    by name in the page's language. None where day, month or year is missing; of "03/04/2026" the month is first
    only in American English.

    >>> parsed_moment("Published 6:40 p.m. ET March 13, 2026")
    datetime.datetime(2026, 3, 13, 18, 40, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=72000)))
    >>> parsed_moment("13. März 2026", "de")
    datetime.date(2026, 3, 13)
    >>> parsed_moment("Friday")
    """
    found = moments(text, language)
    return found[0][1] if found else None


def moments(text: str, language: str | None = None) -> list[tuple[int, date | datetime]]:
    """Every whole date in `text` with the place where it starts, in the order of the text."""
    text = text.strip().lower()[:400]
    if _SECONDS.fullmatch(text):
        return [(0, datetime.fromtimestamp(int(text[:10]), UTC))]
    if compact := _COMPACT.fullmatch(text):
        day = _day(compact["y"], compact["m"], compact["d"])
        return [(0, _at(day, compact, None))] if day else []
    found: list[tuple[int, date | datetime]] = []
    for pattern in (_ISO, _YEAR_FIRST, _NUMBERS, _named(language)):
        for match in pattern.finditer(text):
            day = _matched_day(match, language)
            if day is not None and all(not start <= match.start() < start + 6 for start, _ in found):
                found.append((match.start(), _with_time(day, match, text)))
    return sorted(found, key=lambda one: one[0])


def _matched_day(match: re.Match[str], language: str | None) -> date | None:
    named = match.groupdict()
    if "a" in named:
        first, second = int(named["a"]), int(named["b"])
        month_first = second > 12 or (
            named["sign"] == "/" and first <= 12 and (language or "").lower() in ("en-us", "en_us")
        )
        day, month = (second, first) if month_first else (first, second)
        year = named["y"] if len(named["y"]) == 4 else "20" + named["y"]
        return _day(year, month, day)
    if "m" in named:
        return _day(named["y"], named["m"], named["d"])
    for suffix in ("1", "2", "3"):
        if named["name" + suffix]:
            month = _months(language)[named["name" + suffix]]
            return _day(named["y" + suffix], month, named["d" + suffix])
    return None


def _with_time(day: date, match: re.Match[str], text: str) -> date | datetime:
    named = match.groupdict()
    if named.get("hour"):
        return _at(day, match, None)
    if named.get("clock3"):
        time = _TIME.match(named["clock3"])
        return _at(day, time, named["zone3"]) if time else day
    time = _TIME.search(text, match.end(), match.end() + _REACH)
    if time is None:
        before = list(_TIME.finditer(text, max(0, match.start() - _REACH), match.start()))
        time = before[-1] if before else None
    return _at(day, time, None) if time else day


def _at(day: date, time: re.Match[str], zone: str | None) -> date | datetime:
    named = time.groupdict()
    if not named.get("hour"):
        return day
    hour, minute, second = int(named["hour"]), int(named["minute"]), int(named.get("second") or 0)
    if named.get("half"):
        hour = hour % 12 + (12 if named["half"] == "p" else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)
        offset = _offset(zone or named.get("zone"), moment)
        return moment if offset is None else moment.replace(tzinfo=timezone(offset) if offset else UTC)
    except ValueError:
        return day


def _offset(zone: str | None, moment: datetime) -> timedelta | None:
    if not zone:
        return None
    zone = zone.strip()
    if zone in _OFFSETS:
        return timedelta(minutes=_OFFSETS[zone])
    if zone in _CLOCKS:
        try:
            return ZoneInfo(_CLOCKS[zone]).utcoffset(moment)
        except (OSError, ValueError, LookupError):  # a system without the table of zones
            return None
    number = re.search(r"([+-])(\d{1,2}):?(\d{2})$", zone)
    if number is None:
        return None
    minutes = int(number[2]) * 60 + int(number[3])
    return timedelta(minutes=-minutes if number[1] == "-" else minutes)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months(language: str | None) -> dict[str, int]:
    """Names of months, long and short: those of the page's language and English, of many where it names none."""
    from babel import Locale, UnknownLocaleError

    own = re.split(r"[-_]", language or "")[0].lower()
    table: dict[str, int] = {}
    for code in [own, "en"] if own else _LANGUAGES:
        try:
            months = Locale.parse(code).months
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    plain = str(name).lower().rstrip(".")
                    if plain and not plain[0].isdigit() and len(plain) > 1:
                        table.setdefault(plain, number)
    return _ENGLISH_MORE | table


@cache
def _named(language: str | None) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_months(language), key=len, reverse=True)))
    day = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?"
    name = r"(?P<name{0}>" + names.replace("{", "{{").replace("}", "}}") + r")(?!\w)\.?"
    year = r"(?P<y{0}>(?:1[89]|20)\d{{2}})(?!\d)"
    return re.compile(
        "(?:"
        + (
            r"(?<![\d.:])"
            + day
            + r"[\s\-/]{{0,3}}(?:de |of |del |d')?\s?"
            + name
            + r"[\s,\-/.]{{0,3}}(?:de |del )?"
            + year
        ).format(1)
        + "|"
        + (r"(?<!\w)" + name + r"\s{{0,2}}" + day + r",?\s{{0,2}}(?:,|at)?\s?" + year).format(2)
        + "|"
        + (
            r"(?<!\w)"
            + name
            + r"\s"
            + day
            + r"\s(?P<clock3>\d\d:\d\d:\d\d)\s(?:(?P<zone3>[a-z]{{1,5}}(?:[+-]\d{{1,2}}:?\d\d)?)\s)?"
            + year
        ).format(3)
        + ")"
    )
