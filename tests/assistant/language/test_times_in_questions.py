"""A time in a question is a span of days, seen from the newest article."""

from datetime import date

import pytest

from assistant.language.times.questions import AskedEvent, asked_events, asked_time

TODAY = date(2025, 10, 27)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened in July?", "2025-07-01", "2025-07-31"),
        ("What happened in December?", "2024-12-01", "2024-12-31"),
        ("What was said on 13 March?", "2025-03-13", "2025-03-13"),
        ("What happened last week?", "2025-10-20", "2025-10-26"),
        ("What has changed since 5 October?", "2025-10-05", None),
        ("What was agreed before June 3?", None, "2025-06-02"),
        ("What was agreed after 3 June?", "2025-06-04", None),
        ("What happened between 3 May and 5 May?", "2025-05-03", "2025-05-05"),
        ("Who met on 9 September 2024?", "2024-09-09", "2024-09-09"),
        ("What happened yesterday?", "2025-10-26", "2025-10-26"),
        ("What has changed since Tuesday?", "2025-10-21", None),
        ("What was agreed in the week before 3 May?", "2025-04-26", "2025-05-02"),
    ],
)
def test_a_time_is_a_span_of_days(question: str, first: str | None, last: str | None) -> None:
    found = asked_time(question, TODAY)
    assert found is not None
    assert (found.first, found.last) == (first and date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize(
    "question", ["What may happen?", "Who marches?", "When did they meet?", "What did he say after she left?"]
)
def test_other_questions_name_no_time(question: str) -> None:
    assert asked_time(question, TODAY) is None


def test_a_weekday_by_itself_is_one_of_any_week() -> None:
    found = asked_time("Who said so on Tuesday?", TODAY)
    assert found is not None
    assert found.holds(date(2025, 10, 21)) and found.holds(date(2025, 10, 14))
    assert not found.holds(date(2025, 10, 22))


@pytest.mark.parametrize(
    ("question", "lead", "words"),
    [
        ("What did Holt say before the flood?", "before", "the flood"),
        ("what changed since the second round", "since", "the second round"),
        ("What did she say about the dam after the vote on the budget?", "after", "the vote"),
        ("What was said during the strike about wages?", "during", "the strike"),
    ],
)
def test_an_event_may_stand_for_a_time(question: str, lead: str, words: str) -> None:
    (found,) = asked_events(question)
    assert (found.lead, found.words) == (lead, words)
    assert question[found.start : found.end] == words


@pytest.mark.parametrize(
    "question", ["What happened before 3 May?", "What did he do after that?", "What was said since July?", "Who led?"]
)
def test_a_date_or_a_pronoun_is_no_event(question: str) -> None:
    assert asked_events(question) == ()


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What was said before the flood?", None, "2025-10-09"),
        ("What was said after the flood?", "2025-10-11", None),
        ("What was said during the flood?", "2025-10-10", "2025-10-11"),
        ("What was said in the two weeks after the flood?", "2025-10-11", "2025-10-25"),
    ],
)
def test_the_days_of_an_event_bound_the_time(question: str, first: str | None, last: str | None) -> None:
    (event,) = asked_events(question)
    found = asked_time(question, TODAY, [(event, (date(2025, 10, 10), date(2025, 10, 11)))])
    assert found is not None
    assert (found.first, found.last) == (first and date.fromisoformat(first), last and date.fromisoformat(last))


def test_an_event_that_no_article_dates_names_no_time() -> None:
    assert isinstance(asked_events("What was said before the flood?")[0], AskedEvent)
    assert asked_time("What was said before the flood?", TODAY, []) is None
