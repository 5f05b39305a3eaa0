"""Quantities: numbers, units, dates and times in one normal form, so that they can be compared."""

import re

from assistant.language.tokens import Word, opens, words_of

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_HALVES = dict.fromkeys(("half", "halve", "halves", "halved", "halving"), 0.5)
_VALUES: dict[str, float] = {name: value for value, name in enumerate(_SMALL)} | _TENS | _HALVES
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_TIMES |= {f"{name}s": value for name, value in _TIMES.items()}
_ORDINALS = {
    name: value
    for value, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_PAIRS = frozenset("both pair couple duo twice twins double doubles doubled doubling twofold".split())
_UNITS = frozenset("second minute hour day night week weekend month year decade century".split())
_UNIT = {form: unit for unit in _UNITS for form in (unit, unit + "s", unit[:-1] + "ies" if unit[-1] == "y" else unit)}
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
NAMED_TIMES = {name: name for name in (*_MONTHS, *_WEEKDAYS)}
NAMED_TIMES |= {name[:3]: name for name in (*_MONTHS, *_WEEKDAYS) if name not in {"may"}}
NAMED_TIMES |= {"sept": "september", "tues": "tuesday", "thurs": "thursday"}
_DAY_TIMES = frozenset("morning afternoon evening night noon midnight yesterday today tomorrow tonight".split())
_SEASONS = frozenset("spring summer autumn winter".split())
_RELATIVE = frozenset({"this", "last", "next", "previous", "past", "coming", "earlier", "later"})
#: Words that are compared as numbers or times, and need no other likeness.
WORDS = frozenset(NAMED_TIMES) | frozenset(_VALUES) | frozenset(_TIMES)
_ABOUT_ONE = frozenset({"a", "an", "one", "single"})


def numbers(text: str) -> set[str]:
    """The numbers of a text, each with its unit of time where it counts one.

    >>> sorted(numbers("Two days of talks; 24 came, over a year ago"))
    ['1 year', '2 day', '24']
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
        unit = _unit(words, after)
        if unit:
            found.add(f"{value} {unit}")
        elif not (value == "1" and not words[at].text[0].isdigit()):  # "one of them" counts nothing
            found.add(value)
        at = after
    return found


def _number(words: tuple[Word, ...], at: int) -> tuple[str | None, int]:
    """The number that begins at a word, and where it ends; None where none does."""
    lower = words[at].lower
    if lower in _ORDINALS:
        return f"no. {_ORDINALS[lower]}", at + 1
    if lower[:1].isdigit():
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", lower)
        if ordinal:
            return f"no. {ordinal[1]}", at + 1
        if ":" in lower:
            return lower, at + 1
        value: float = float(re.sub(r",", "", lower).rstrip(".") if lower.count(".") < 2 else 0)
    elif lower in _ABOUT_ONE and at + 1 < len(words) and words[at + 1].lower in _TIMES:
        value = 1
    elif lower in _ABOUT_ONE and lower != "one":
        return ("1", at + 1) if _unit(words, at + 1, near=1) else (None, at)
    elif lower in _VALUES:
        value = _VALUES[lower]
    elif lower in _TIMES:
        return f"several {lower.removesuffix('s')}", at + 1
    else:
        return None, at
    after = at + 1
    while after < len(words):
        word = words[after].lower
        if word in _TIMES:
            value *= _TIMES[word]
        elif word in _VALUES and value in _TENS.values() and _VALUES[word] < 10:
            value += _VALUES[word]
        else:
            break
        after += 1
    return f"{value:g}" if value < 1_000_000 else str(int(value)), after


def _unit(words: tuple[Word, ...], at: int, near: int = 2) -> str:
    """The unit of time that a number before this word counts: "two more days"."""
    for word in words[at : at + near]:
        if word.lower in _UNIT:
            return _UNIT[word.lower]
    return ""


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
        elif lower in _UNIT and at and words[at - 1].lower in _RELATIVE:
            found.add(f"{words[at - 1].lower} {_UNIT[lower]}")
    return found


def _dated(words: tuple[Word, ...], at: int) -> bool:
    around = [words[i].lower for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(word[:1].isdigit() or word in {"in", "last", "next", "early", "late", "this"} for word in around)
