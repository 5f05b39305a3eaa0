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


def sections_of(citations: Sequence[Citation], question: QuestionType) -> tuple[Section, ...]:
    """The sections of an answer; none where all would be in one.

    >>> sections_of([], PLAIN)  # doctest: +SKIP
    ()
    """
    if question.kinds["timeline"] >= LIKELY:
        return _grouped(citations, lambda each: day_in_words(day_of(each)))
    if question.kinds["change"] >= LIKELY and question.kinds["change"] >= question.kinds["compare"]:
        return _grouped(citations, lambda each: day_in_words(each.article.published))
    if max(question.kinds["disagree"], question.kinds["compare"]) >= LIKELY:
        by_paper = _grouped(citations, lambda each: each.article.publisher or "")
        return by_paper or _grouped(citations, lambda each: each.speaker.name if each.speaker else "")
    return ()


def in_order(citations: Sequence[Citation], question: QuestionType) -> list[Citation]:
    """The citations numbered anew in the order in which they are shown: by day for timelines and changes.

    Those of one day keep the order of their article's text; what has no day comes last.
    """
    found = list(citations)
    if question.kinds["timeline"] >= LIKELY:
        found.sort(key=lambda each: (_ordinal(day_of(each)), each.article.id, each.start))
    elif question.kinds["change"] >= LIKELY:
        found.sort(key=lambda each: (_ordinal(each.article.published), each.article.id, each.start))
    return found


def day_of(citation: Citation) -> date | None:
    """The day of what a citation tells: as its words say, or that of its article."""
    return citation.date.day if citation.date else citation.article.published


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
