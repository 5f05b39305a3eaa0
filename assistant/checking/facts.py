"""Fact check: numbers, dates and quoted words of a sentence that its sources do not hold."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.language import numbers, words_of
from assistant.language.quantities import _MONTHS, _UNIT, WORDS, times
from assistant.language.tokens import folded, quotations

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
    month = _MONTHS[published.month - 1]
    day = rf"{published.day}(?:st|nd|rd|th)?"
    whole = rf"\b(?:{day} (?:of )?{month}|{month} {day}|{month[:3]}\.? {day}|{day} {month[:3]})\b"
    if not re.search(whole, sentence, re.IGNORECASE):
        return set()
    return {str(published.day), f"no. {published.day}", str(published.year), month}


def unsupported(sentence: str, sources: Sequence[str], published: Iterable[date | None]) -> list[str]:
    """The numbers and times of a sentence that its sources lack, as a reader would call them."""
    held_numbers: set[str] = set()
    held_times: set[str] = set()
    for text in sources:
        held_numbers |= numbers(text)
        held_times |= times(text)
    days = {fact for each in published for fact in day_facts(sentence, each)}
    bare_numbers = {number.split()[0] for number in held_numbers if " " in number and not number.startswith("no.")}
    lacking = [
        f"the number {number}"
        for number in sorted(numbers(sentence) - held_numbers - days)
        if " " in number or number not in bare_numbers
    ]
    lacking += _bounds(sentence, sources)
    lacking += [] if lacking else _moved(sentence, sources)
    return lacking + [f"the time “{each}”" for each in sorted(times(sentence) - held_times - days)]


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
        own = [word for word in words_of(part) if not (word.plain or word.lower in WORDS or word.lower in _UNIT)]
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
