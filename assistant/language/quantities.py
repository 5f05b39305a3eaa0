"""Quantities: numbers, units, dates and times in one normal form, so that they can be compared."""

import re
from dataclasses import dataclass

from assistant.language.tokens import Word, opens, words_of

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_HALVES = dict.fromkeys(("half", "halve", "halves", "halved", "halving"), 0.5)
_VALUES: dict[str, float] = {name: value for value, name in enumerate(_SMALL)} | _TENS | _HALVES
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_TIMES |= {f"{name}s": value for name, value in _TIMES.items()}
_TIMES |= {"mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
#: Stand for a power of ten only behind figures, without a space: "£40m", "10k".
_GLUED = {"k": 1_000, "m": 10**6, "b": 10**9}
_ORDINALS = {
    name: value
    for value, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_PAIRS = frozenset("both pair couple duo twice twins double doubles doubled doubling twofold".split())
UNITS = frozenset("second minute hour day night week weekend month year decade century".split())
UNIT_OF = {form: unit for unit in UNITS for form in (unit, unit + "s", unit[:-1] + "ies" if unit[-1] == "y" else unit)}
#: What else is counted, by its short and its long forms.
_MEASURES = {
    form: forms.split()[0]
    for forms in (
        "km kilometre kilometres kilometer kilometers kms", "metre metres meter meters", "cm centimetre centimetres",
        "mile miles mi", "ft foot feet", "kg kilogram kilograms kilo kilos", "tonne tonnes ton tons",
        "mph", "kph kmh", "mw megawatt megawatts", "gw gigawatt gigawatts", "degree degrees",
        "dollar dollars usd", "euro euros eur", "pound pounds gbp", "rouble roubles ruble rubles", "hryvnia hryvnias",
        "yuan", "yen",
    )
    for form in forms.split()
}  # fmt: skip
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "₽": "rouble", "₴": "hryvnia", "¥": "yen"}
#: Behind "40m", which is then a length.
_LENGTHS = frozenset("tall long high wide deep thick apart away above below from race sprint".split())
_PARTS_OF = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_PARTS_OF |= {f"{name}s": part for name, part in _PARTS_OF.items()}
MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NAMED_TIMES = {name: name for name in (*MONTHS, *_WEEKDAYS)}
NAMED_TIMES |= {name[:3]: name for name in (*MONTHS, *_WEEKDAYS) if name not in {"may"}}
NAMED_TIMES |= {"sept": "september", "tues": "tuesday", "thurs": "thursday"}
_DAY_TIMES = frozenset("morning afternoon evening night noon midnight yesterday today tomorrow tonight".split())
_SEASONS = frozenset("spring summer autumn winter".split())
_RELATIVE = frozenset({"this", "last", "next", "previous", "past", "coming", "earlier", "later"})
#: Words that are compared as numbers or times, and need no other likeness.
WORDS = frozenset(NAMED_TIMES) | frozenset(_VALUES) | frozenset(_TIMES) | frozenset(_GLUED) | frozenset({"am", "pm"})
_ABOUT_ONE = frozenset({"a", "an", "one", "single"})


def numbers(text: str) -> set[str]:
    """The numbers of a text, each with its unit where it counts one.

    >>> sorted(numbers("Two days of talks; 24 came, over a year ago"))
    ['1 year', '2 day', '24']
    >>> sorted(numbers("$2.1bn at 5pm in the 1990s, a third of it 30km away"))
    ['0.333333', '17:00', '1990s', '2100000000 dollar', '30 km']
    """
    words = words_of(text)
    found: set[str] = set()
    at = 0
    while at < len(words):
        value, after = _number(words, at)
        if value is None:
            if words[at].lower in _PAIRS:
                found.add("2")
            at += 1
            continue
        apart = text[words[after - 1].end :][:1] == ","  # "on the second, six days later"
        unit = ("" if apart else _unit(words, after)) or _CURRENCIES.get(
            text[words[at].start - 1 : words[at].start], ""
        )
        if unit and value[-1].isdigit() and ":" not in value:
            found.add(f"{value} {unit}")
        elif not (value == "1" and not words[at].text[0].isdigit()):  # "one of them" counts nothing
            found.add(value)
        at = after
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """A number at characters `start` to `end` of a text, with the words behind it that say of what: "240 prisoners"."""

    value: str
    start: int
    end: int
    of: tuple[Word, ...]


def counts(text: str) -> list[Count]:
    """The things that a text counts, each with up to three words of what they are; no days, years or times of day.

    >>> [(each.value, [word.lower for word in each.of]) for each in counts("On 3 May a dozen red lorries were seen.")]
    [('12', ['red', 'lorries'])]
    """
    words = words_of(text)
    found: list[Count] = []
    at = 0
    while at < len(words):
        value, after = _number(words, at)
        if value is None and words[at].lower in _ABOUT_ONE and words[at + 1 : at + 2] and words[at + 1].lower in _TIMES:
            value, after = _multiplied(words, 1, at + 1)
        if (
            value is None
            or not value.replace(".", "").isdigit()
            or words[at].lower == "one"
            or _is_date(words, at, after)
        ):
            at = max(after, at + 1)
            continue
        of: list[Word] = []
        for word in words[after : after + 3]:
            between = text[(of[-1].end if of else words[after - 1].end) : word.start]
            if word.plain or between.strip() or word.lower in _VALUES or word.lower in NAMED_TIMES:
                break
            of.append(word)
        found.append(Count(value, words[at].start, words[after - 1].end, tuple(of)))
        at = after
    return found


def _is_date(words: tuple[Word, ...], at: int, after: int) -> bool:
    """Is the number a day of a month, or a year?"""
    beside = {words[i].lower for i in (at - 1, after) if 0 <= i < len(words)}
    year = words[at].lower.isdigit() and len(words[at].lower) == 4 and words[at].lower[:2] in {"18", "19", "20"}
    months = {name for name, whole in NAMED_TIMES.items() if whole in MONTHS}
    day = words[at].lower not in {"a", "an"}  # "on 3 May a dozen came" counts them
    return (day and bool(beside & months)) or (year and after == at + 1)


def _number(words: tuple[Word, ...], at: int) -> tuple[str | None, int]:
    """The number that begins at a word, and where it ends; None where none does."""
    lower = words[at].lower
    part, after = _fraction(words, at)
    if part is not None:
        return f"{part:g}", after
    if lower in _ORDINALS:
        return f"no. {_ORDINALS[lower]}", at + 1
    if lower[:1].isdigit():
        return _figures(words, at)
    if lower in _ABOUT_ONE and at + 1 < len(words) and words[at + 1].lower in _TIMES:
        return _multiplied(words, 1, at + 1)
    if lower == "half" and at + 2 < len(words) and words[at + 1].lower == "a" and words[at + 2].lower in _TIMES:
        return _multiplied(words, 0.5, at + 2)  # "half a dozen"
    if lower in _ABOUT_ONE and lower != "one":
        return ("1", at + 1) if _unit(words, at + 1, near=1) else (None, at)
    if lower in _VALUES:
        return _multiplied(words, _VALUES[lower], at + 1)
    if lower in _TIMES:
        return f"several {lower.removesuffix('s')}", at + 1
    return None, at


def _figures(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """The number that is written in figures, and where it ends."""
    lower = words[at].lower
    ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", lower)
    if ordinal:
        return f"no. {ordinal[1]}", at + 1
    if lower.endswith("s"):  # "1990s"
        return lower, at + 1
    clock, after = _clock(words, at)
    if clock:
        return clock, after
    plain = re.fullmatch(r"[\d,]+(?:\.\d*)?", lower)
    if not plain:
        return lower, at + 1  # "12.5st", "1.2.3": whatever it is, it is that
    return _multiplied(words, float(lower.replace(",", "").rstrip(".")), at + 1)


def _clock(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """The time of day that a number is, on 24 hours: "5pm" and "5.00 p.m." are 17:00; "" where it is none."""
    match = re.fullmatch(r"(\d\d?)(?:[.:](\d\d))?", words[at].lower)
    if not match or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return (words[at].lower, at + 1) if ":" in words[at].lower else ("", at)
    following = [word.lower for word in words[at + 1 : at + 3]]
    half = next((f for f in ("am", "pm") if following[:1] == [f] or following == list(f)), "")
    if not half and ":" not in words[at].lower:
        return "", at
    hour = int(match[1]) % 12 + 12 * (half == "pm") if half else int(match[1])
    return f"{hour}:{match[2] or '00'}", at + 1 + (len(half) if half and following[0] != half else bool(half))


def _fraction(words: tuple[Word, ...], at: int) -> tuple[float | None, int]:
    """The fraction that begins at a word: "a third of", "two thirds", "a quarter"; None where none does."""
    if at + 1 == len(words) or words[at + 1].lower not in _PARTS_OF:
        return None, at
    count, name = words[at].lower, words[at + 1].lower
    goes_on = at + 2 < len(words) and words[at + 2].lower == "of"
    if count in _ABOUT_ONE and (goes_on or name == "quarter"):
        return 1 / _PARTS_OF[name], at + 2
    whole = float(count) if count.isdigit() else _VALUES.get(count, 0)
    if name.endswith("s") and whole >= 1:
        return whole / _PARTS_OF[name], at + 2
    return None, at


def _multiplied(words: tuple[Word, ...], value: float, after: int) -> tuple[str, int]:
    """A number with the words behind it that multiply it or are added to it, and where they end."""
    while after < len(words):
        word = words[after]
        is_glued = word.start == words[after - 1].end
        if word.lower in _TIMES:
            value *= _TIMES[word.lower]
        elif word.lower in _GLUED and is_glued and not _is_length(words, after):
            value *= _GLUED[word.lower]
        elif word.lower in _VALUES and value in _TENS.values() and _VALUES[word.lower] < 10:
            value += _VALUES[word.lower]
        else:
            break
        after += 1
    if [word.lower for word in words[after : after + 3]] == ["and", "a", "half"]:
        value, after = value + 0.5, after + 3
    return f"{value:g}" if value < 1_000_000 else str(round(value)), after


def _is_length(words: tuple[Word, ...], at: int) -> bool:
    """Does the "m" behind a number stand for metres?"""
    return words[at].lower == "m" and at + 1 < len(words) and words[at + 1].lower in _LENGTHS


def _unit(words: tuple[Word, ...], at: int, near: int = 2) -> str:
    """The unit that a number before this word counts: of time ("two more days"), or of measure right behind it."""
    for word in words[at : at + near]:
        if word.lower in UNIT_OF:
            return UNIT_OF[word.lower]
    if at < len(words) and words[at].lower == "m" and words[at].start == words[at - 1].end:
        return "metre"
    return _MEASURES.get(words[at].lower, "") if at < len(words) else ""


def times(text: str) -> set[str]:
    """Days, months, times of day and the like that a text names, without figures.

    >>> sorted(times("On Wed. morning, as in Feb. or last month"))
    ['february', 'last month', 'morning', 'wednesday']
    """
    words = words_of(text)
    found: set[str] = set()
    for at, word in enumerate(words):
        lower = word.lower
        if (lower in NAMED_TIMES or lower.removesuffix("s") in _WEEKDAYS) and word.capital:
            if lower in {"may", "march", "sun", "mar"} and opens(text, word) and not _dated(words, at):
                continue  # "May I?"
            found.add(NAMED_TIMES.get(lower, lower.removesuffix("s")))
        elif lower in _DAY_TIMES or (lower in _SEASONS and not word.capital):
            found.add(lower)
        elif lower in UNIT_OF and at and words[at - 1].lower in _RELATIVE:
            found.add(f"{words[at - 1].lower} {UNIT_OF[lower]}")
    return found


def _dated(words: tuple[Word, ...], at: int) -> bool:
    around = [words[i].lower for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(word[:1].isdigit() or word in {"in", "last", "next", "early", "late", "this"} for word in around)
