"""Sections of an answer, and the order of its quotes."""

from dataclasses import replace
from datetime import date

from assistant.answer import Citation, EventDate, Speaker
from assistant.answering.sections import in_order, sections_of
from assistant.models import PLAIN, QuestionType
from index.article import Article


def asked(kind: str) -> QuestionType:
    return QuestionType(dict.fromkeys(PLAIN.kinds, 0.0) | {kind: 0.6}, PLAIN.needs)


def cite(number: int, publisher: str, day: int, event: int | None = None, speaker: str = "") -> Citation:
    article = Article(f"{publisher}-{day}", "Talks", "They met.", "a.txt", publisher, None, date(2026, 3, day))
    return Citation(
        number,
        "They met.",
        0,
        9,
        article,
        Speaker(speaker, None, "reported") if speaker else None,
        EventDate(date(2026, 3, event), "day", "then") if event else None,
    )


def test_a_timeline_goes_by_the_day_of_what_happened_and_not_of_the_paper() -> None:
    late, early = cite(1, "Warden", 10, event=2), cite(2, "Warden", 9)
    ordered = in_order([early, late], asked("timeline"))
    assert [each.number for each in ordered] == [1, 2]
    sections = sections_of(ordered, asked("timeline"))
    assert [each.title for each in sections] == ["2 March 2026", "9 March 2026"]


def test_what_happened_in_a_month_stands_under_the_month() -> None:
    month = replace(cite(1, "Warden", 9), date=EventDate(date(2026, 2, 1), "month", "in February"))
    week = replace(cite(2, "Warden", 9), date=EventDate(date(2026, 3, 2), "week", "last week"))
    titles = [each.title for each in sections_of([month, week], asked("timeline"))]
    assert titles == ["February 2026", "The week of 2 March 2026"]


def test_a_change_goes_by_the_day_of_the_paper() -> None:
    ordered = in_order([cite(1, "Warden", 10), cite(2, "Warden", 3)], asked("change"))
    assert [each.title for each in sections_of(ordered, asked("change"))] == ["3 March 2026", "10 March 2026"]


def test_papers_that_disagree_stand_apart() -> None:
    found = sections_of([cite(1, "Warden", 3), cite(2, "Courier", 3), cite(3, "Warden", 4)], asked("disagree"))
    assert [(each.title, each.citations) for each in found] == [("Warden", (1, 3)), ("Courier", (2,))]


def test_within_one_paper_the_speakers_stand_apart() -> None:
    both = [cite(1, "Warden", 3, speaker="Halvorsen"), cite(2, "Warden", 4, speaker="Bellini")]
    assert [each.title for each in sections_of(both, asked("compare"))] == ["Halvorsen", "Bellini"]


def test_one_section_is_none_and_a_plain_question_has_none() -> None:
    both = [cite(1, "Warden", 3), cite(2, "Courier", 3)]
    assert sections_of(both, asked("fact")) == ()
    assert sections_of(both[:1], asked("disagree")) == ()
    assert in_order(both[::-1], asked("fact")) == both[::-1]
