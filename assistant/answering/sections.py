"""Sections: parts of an answer that stand apart, by day, by paper or by speaker, and the order of its quotes.

Which kind of question asks for sections is learned (`assistant.models.question_types`); what they are is read off the
citations: the day of what they tell, their paper, whose words they are.
"""

from collections.abc import Callable, Sequence
from datetime import date

from assistant.answer import Citation, Section
from assistant.models import QuestionType
from index.article import day_in_words

#: How likely a kind of question must be for its sections; rare kinds never become very likely.
LIKELY = 0.25


def sections_of(citations: Sequence[Citation], kind: QuestionType, *, differ: bool = False) -> tuple[Section, ...]:
    """The sections of an answer; none where all would be in one. `differ` where its papers are known to differ.

    >>> sections_of([], PLAIN)  # doctest: +SKIP
    ()
    """
    order = _order_of(kind)
    if order == "timeline":
        return _grouped(citations, _when)
    if order == "change":
        return _grouped(citations, lambda each: day_in_words(each.article.published))
    if order == "latest":
        newest = max((each.article.day for each in citations if each.article.day), default=None)
        by_age = sorted(citations, key=lambda each: -_ordinal(each.article.day) if each.article.day else 0)
        return _grouped(by_age, lambda each: _aged(each.article.day, newest))
    if order == "compare" or differ:
        by_paper = _grouped(citations, papers_of)
        return by_paper or _grouped(citations, lambda each: each.speaker.name if each.speaker else "")
    return ()


def _order_of(kind: QuestionType) -> str:
    """By what an answer is parted: the likeliest of the kinds that are; "" where none is likely."""
    kinds = kind.kinds
    likely = {name: kinds[name] for name in ("timeline", "change", "latest")}
    likely["compare"] = max(kinds["disagree"], kinds["compare"])
    best = max(likely, key=lambda name: likely[name])
    return best if likely[best] >= LIKELY else ""


def compares(kind: QuestionType) -> bool:
    """Does a question hold papers, or what people say, against each other?"""
    return _order_of(kind) == "compare"


def papers_of(citation: Citation) -> str:
    """The papers that print a citation's words; "" where one has no name."""
    names = [article.publisher or "" for article in (citation.article, *(each.article for each in citation.also))]
    return "" if "" in names else " and ".join(dict.fromkeys(names))


def _aged(day: date | None, newest: date | None) -> str:
    """The title of a day's section: whether it is the newest, or older than that."""
    if day is None or newest is None:
        return ""
    return f"{'Newest' if day == newest else 'Older'}: {day_in_words(day)}"


def in_order(citations: Sequence[Citation], kind: QuestionType) -> list[Citation]:
    """The citations numbered anew in the order in which they are shown: by day for timelines and changes.

    Those of one day keep the order of their article's text; what has no day comes last.
    """
    found = list(citations)
    order = _order_of(kind)
    if order == "timeline":
        found.sort(key=lambda each: (_ordinal(day_of(each)), each.article.id, each.start))
    elif order == "change":
        found.sort(key=lambda each: (_ordinal(each.article.published), each.article.id, each.start))
    return found


def day_of(citation: Citation) -> date | None:
    """The day of what a citation tells: as its words say, or that of its article."""
    return citation.date.day if citation.date else citation.article.published


def _when(citation: Citation) -> str:
    when = citation.date.in_words if citation.date else day_in_words(citation.article.published)
    return when[:1].upper() + when[1:]


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else date.max.toordinal()


def _grouped(citations: Sequence[Citation], title_of: Callable[[Citation], str]) -> tuple[Section, ...]:
    """The citations by title, in the order in which the titles first come; none where a title is missing or alone."""
    groups: dict[str, list[int]] = {}
    for citation in citations:
        groups.setdefault(title_of(citation), []).append(citation.number)
    if len(groups) < 2 or "" in groups:
        return ()
    return tuple(Section(title, tuple(numbers)) for title, numbers in groups.items())
