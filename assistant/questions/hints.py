"""Query hints: the publishers and dates that a question names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.quantities import MONTHS
from assistant.language.times.questions import AskedTime
from index.article import Article
from index.filters import day_number, publisher_key

_WORD = re.compile(r"\w+")
#: Days after which the last of a time is still news.
_LATER = 2

_MONTH = "|".join(f"{month}|{month[:3]}\\." for month in MONTHS)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}),? (\d{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hints:
    """The publishers (as keys) and days that a question names."""

    publishers: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    time: AskedTime | None = None

    def publisher_fits(self, article: Article) -> bool:
        """Is the article by a publisher that the question names?"""
        return bool(self.publishers) and publisher_key(article.publisher) in self.publishers

    def day_fits(self, article: Article) -> bool:
        """Was the article published on a day that the question names, or within the time that it asks about?

        What happens on the last days of that is reported a little later.
        """
        if self.days or self.time is None:
            return bool(self.days) and day_number(article.published) in self.days
        day = article.day
        if day is None or self.time.weekday is not None:
            return False
        return self.time.holds(day) or (self.time.last is not None and self.time.holds(day - timedelta(days=_LATER)))


#: Every way to write a publisher's name, with its key, by the longest word in it: few questions hold that.
PublisherNames = Mapping[str, Sequence[tuple[str, str]]]


def hints(question: str, names: PublisherNames, time: AskedTime | None = None) -> Hints:
    """What the question names of the library's publishers, and of dates; `time` is what it asks about.

    >>> hints("What did The Verge report on 2023-11-24?", publisher_names(["The Verge"])).publishers
    frozenset({'the verge'})
    """
    words = {word.casefold() for word in _WORD.findall(question)}
    near = sorted({name for word in words & names.keys() for name, _ in names[word]}, key=len, reverse=True)
    if not near:
        return Hints(days=frozenset(_days(question)), time=time)
    keys: dict[str, set[str]] = {}
    for word in words & names.keys():
        for name, key in names[word]:
            keys.setdefault(name.casefold(), set()).add(key)
    pattern = re.compile("|".join(map(_either_case, near)))
    named = (keys[match.group().casefold()] for match in pattern.finditer(question))
    return Hints(frozenset[str]().union(*named), frozenset(_days(question)), time)


def publisher_names(publishers: Iterable[str]) -> PublisherNames:
    """The names by which `hints` knows the publishers; made once for a library, not for each question."""
    names: dict[str, list[tuple[str, str]]] = {}
    for publisher in publishers:
        for name in _ways(publisher):
            longest = max(_WORD.findall(name), key=len, default="").casefold()
            names.setdefault(longest, []).append((name, publisher_key(publisher)))
    return names


def _either_case(name: str) -> str:
    """One word, such as Fortune or Time, is only a name when it is written like one; several may be in any case."""
    body = re.escape(name)
    return rf"(?<!\w){body}(?!\w)" if " " not in name else rf"(?<!\w)(?i:{body})(?!\w)"


def _ways(publisher: str) -> Iterable[str]:
    short = re.split(r"\s[|–—-]\s|:", publisher)[0].strip()
    for name in {publisher.strip(), short, re.sub(r"\.(com|org|net|co\.uk)$", "", short)}:
        if len(name) > 2:
            yield name
            if name.lower().startswith("the ") and " " in name[4:]:
                yield name[4:]


def _days(question: str) -> Iterable[int]:
    found = [(year, month, day) for year, month, day in _ISO.findall(question)]
    found += [(year, _month(month), day) for month, day, year in _MONTH_DAY.findall(question)]
    found += [(year, _month(month), day) for day, month, year in _DAY_MONTH.findall(question)]
    for year, month, day in found:
        try:
            yield date(int(year), int(month), int(day)).toordinal()
        except ValueError:
            continue  # 2026-02-30 is no day, and so no hint


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, start=1) if month.startswith(name.lower().rstrip(".")))
