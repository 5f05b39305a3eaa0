"""A time in a question is a span of days, seen from the newest article."""

from datetime import date

import pytest

from assistant.language.times.questions import asked_time

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
    ],
)
def test_a_time_is_a_span_of_days(question: str, first: str | None, last: str | None) -> None:
    found = asked_time(question, TODAY)
    assert found is not None
    assert (found.first, found.last) == (first and date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize(
    "question", ["What may happen?", "Who marches?", "When did they meet?", "Who said so on Tuesday?"]
)
def test_other_questions_name_no_time(question: str) -> None:
    assert asked_time(question, TODAY) is None
