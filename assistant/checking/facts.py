"""Fact check: numbers, dates and quoted words of a sentence that its sources do not hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.language import numbers, words_of
from assistant.language.equivalents import about_number, rivals, same_number, same_time
from assistant.language.quantities import MONTHS, NAMED_TIMES, UNIT_OF, UNITS, WORDS, times
from assistant.language.tokens import folded, quotations

#: Before a number, these say that it is not the very one.
_MORE = re.compile(r"\b(?:more than|over|above|at least|some|about|around|roughly|nearly \w+ times)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less than|fewer than|under|below|almost|nearly|some|about|around|roughly)\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;] ")
_BOUNDS = {
    "more": re.compile(r"\b(?:more than|over(?= [$€£]?\d)|at least|no (?:fewer|less) than)\b", re.IGNORECASE),
    "less": re.compile(
        r"\b(?:(?<!no )(?:fewer|less) than|under(?= [$€£]?\d)|at most|no more than|almost|nearly)\b", re.IGNORECASE
    ),
}


def day_facts(sentence: str, published: date | None) -> set[str]:
    """The facts of a sentence that an article's own date holds: where it gives the whole day, "18 February".

    A month or a year alone is no such fact: what happened "in May" need not have, because the article is of May.
    """
    if published is None:
        return set()
    month = MONTHS[published.month - 1]
    day = rf"{published.day}(?:st|nd|rd|th)?"
    whole = rf"\b(?:{day} (?:of )?{month}|{month} {day}|{month[:3]}\.? {day}|{day} {month[:3]})\b"
    if not re.search(whole, sentence, re.IGNORECASE):
        return set()
    return {str(published.day), f"no. {published.day}", str(published.year), month}


@dataclass(frozen=True, slots=True)
class Lacking:
    """The numbers and times of a sentence that its sources lack, as a reader would call them.

    `missing` stand in no form there, or others of their kind stand in their place. `loose` may follow from what stands
    there: "both" of two names, "first" of what came before, "a year" of last year.
    """

    missing: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


def lacking(sentence: str, sources: Sequence[str], published: Iterable[date | None]) -> Lacking:
    """The numbers and times of a sentence that its sources lack.

    >>> lacking("Both fell in 2019.", ["Holm and Berg fell."], [])
    Lacking(missing=('the number 2019',), loose=('the number 2',))
    """
    held_numbers: set[str] = set()
    held_times: set[str] = set()
    for text in sources:
        held_numbers |= numbers(text)
        held_times |= times(text)
    days = {fact for each in published for fact in day_facts(sentence, each)}
    bare_numbers = {number.split()[0] for number in held_numbers if " " in number and not number.startswith("no.")}
    missing: list[str] = []
    loose: list[str] = []
    for number in sorted(numbers(sentence) - held_numbers - days):
        if (" " in number or number not in bare_numbers) and not same_number(number, held_numbers):
            (loose if _may_follow(number, sentence, held_numbers) else missing).append(f"the number {number}")
    missing += _bounds(sentence, sources)
    missing += [] if missing else _moved(sentence, sources)
    for time in sorted(times(sentence) - held_times - days):
        if not same_time(time, held_times):
            named = time in NAMED_TIMES.values() or bool(rivals(time, held_times))
            (missing if named else loose).append(f"the time “{time}”")
    return Lacking(tuple(missing), tuple(loose))


def unsupported(sentence: str, sources: Sequence[str], published: Iterable[date | None]) -> list[str]:
    """The numbers and times of a sentence that stand in no form in its sources."""
    return list(lacking(sentence, sources, published).missing)


def _may_follow(number: str, sentence: str, held: set[str]) -> bool:
    """May a number that is written in words follow from words that are no number, or from other numbers?"""
    value, _, unit = number.partition(" ")
    if value == "no.":
        return not re.search(rf"\b{unit}(?:st|nd|rd|th)\b", sentence) and not any(
            each.startswith("no.") for each in held
        )
    if re.search(rf"\b{re.escape(value)}\b", sentence):
        return False  # in figures
    if about_number(number, held, more=bool(_MORE.search(sentence)), less=bool(_LESS.search(sentence))):
        return True
    if value == "1" and unit in UNITS:
        return not any(each.rpartition(" ")[2] in UNITS for each in held)  # "within a year" of last year
    if "." in value and float(value) < 1:
        return not any("." in each.split()[0] and float(each.split()[0]) < 1 for each in held if each[:2] == "0.")
    return number == "2"


def _bounds(sentence: str, sources: Sequence[str]) -> list[str]:
    """The "more than" or "less than" of a sentence where its sources only say the other."""
    here, there = (
        {kind for kind, rule in _BOUNDS.items() if rule.search(text)} for text in (sentence, " ".join(sources))
    )
    return [f"“{kind} than”" for kind in sorted(here - there)] if there else []


def _moved(sentence: str, sources: Sequence[str]) -> list[str]:
    """The numbers of a sentence that its sources give to something else: "the youngest is 61" for "the oldest is"."""
    held = [part for text in sources for part in _PARTS.split(text)]
    moved = []
    for part in _PARTS.split(sentence):
        counted = numbers(part)
        there = [each for each in held if counted & numbers(each)]
        own = [word for word in words_of(part) if not (word.plain or word.lower in WORDS or word.lower in UNIT_OF)]
        words = {word.key for word in own if not (word.country or word.text[0].isdigit())}
        elsewhere = {word.key for each in held if each not in there and numbers(each) for word in words_of(each)}
        if len(counted) == 1 and there and words & elsewhere:
            beside = {word.key for each in there for word in words_of(each)}
            if not (words & beside) and words <= elsewhere:
                moved += [f"the number {number} with “{part.strip()}”" for number in counted]
    return moved


def misquoted(sentence: str, sources: Iterable[str]) -> list[str]:
    """The quotations of a sentence that do not stand so, in quotation marks, in its sources.

    Parts left out at "..." may be missing. Single words set off by quotation marks count alike.
    """
    held = [f" {folded(each)} " for source in sources for each in quotations(source)]
    wrong = []
    for quotation in quotations(sentence):
        parts = [folded(part) for part in re.split(r"\.\.\.|…|\[\.\.\.\]", quotation)]
        if not all(any(f" {part} " in words for words in held) for part in parts if part):
            wrong.append(quotation.strip())
    return wrong
