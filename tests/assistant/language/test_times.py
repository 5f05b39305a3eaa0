"""Words of time name the day that a reader of the article takes them for."""

from datetime import date, datetime

import pytest

from assistant.language.times.resolving import days_of, event_day
from index.article import Article


def article(text: str, published: date | None) -> Article:
    return Article(id="", title="", text=text, source="", published=published)


#: Thursday, 19 February 2026.
THURSDAY = date(2026, 2, 19)

DAYS = [
    ("The envoys met on Tuesday.", "2026-02-17"),
    ("The envoys will meet on Tuesday.", "2026-02-24"),
    ("The envoys are to meet on Tuesday.", "2026-02-24"),
    ("He said that the envoys would meet on Tuesday.", "2026-02-24"),
    ("They agreed to meet on Tuesday.", "2026-02-24"),
    ("The harbour was closed on Thursday.", "2026-02-19"),
    ("The next round begins on Friday.", "2026-02-20"),
    ("The envoys left last Friday.", "2026-02-13"),
    ("They meet again next Wednesday.", "2026-02-25"),
    ("The bill must be paid by Monday.", "2026-02-23"),
    ("By Monday the water had gone.", "2026-02-16"),
    ("The pass stays shut until Sunday.", "2026-02-22"),
    ("A meeting was called for Saturday.", "2026-02-21"),
    ("On Sunday the ferry sank.", "2026-02-15"),
    ("The ferry sank yesterday.", "2026-02-18"),
    ("The ferry sank last night.", "2026-02-18"),
    ("The ferry sails tonight.", "2026-02-19"),
    ("The ferry sails tomorrow.", "2026-02-20"),
    ("The ferry sank ten days ago.", "2026-02-09"),
    ("The ferry sank on 3 February.", "2026-02-03"),
    ("The ferry sank on February 3rd.", "2026-02-03"),
    ("The ferry sank on Dec. 30.", "2025-12-30"),
    ("The new law applies from 1 June.", "2026-06-01"),
    ("The report is due by 1 June.", "2026-06-01"),
    ("The ferry sank on 1 June.", "2025-06-01"),
    ("The ferry sank on 1 June 2019.", "2019-06-01"),
    ("The ferry sank on June 1, 2019.", "2019-06-01"),
    ("The first case came to light on 2019-06-01.", "2019-06-01"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_words_of_time_name_a_day(text: str, day: str) -> None:
    found = days_of(article(text, THURSDAY))
    assert [(each.day.isoformat(), each.precision) for each in found] == [(day, "day")]


@pytest.mark.parametrize(
    ("text", "day", "last"),
    [
        ("The ferry sank last week.", "2026-02-09", "2026-02-15"),
        ("The envoys meet next week.", "2026-02-23", "2026-03-01"),
        ("The ferry sank earlier this week.", "2026-02-16", "2026-02-22"),
        ("The ferry sank earlier this month.", "2026-02-01", "2026-02-28"),
        ("The ferry sank last month.", "2026-01-01", "2026-01-31"),
        ("The ferry sank in December.", "2025-12-01", "2025-12-31"),
        ("The council will vote in December.", "2026-12-01", "2026-12-31"),
        ("The ferry sank in March 2024.", "2024-03-01", "2024-03-31"),
        ("The line has been closed since June.", "2025-06-01", "2025-06-30"),
    ],
)
def test_weeks_and_months_keep_their_precision(text: str, day: str, last: str) -> None:
    (found,) = days_of(article(text, THURSDAY))
    assert (found.day.isoformat(), found.last.isoformat()) == (day, last)
    assert found.precision in {"week", "month"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The army attacked on Tuesday. A day later it left.", "2026-02-18"),
        ("The minister was named on Tuesday. He replaces a general, who went the day before.", "2026-02-16"),
        ("The truce began on 2 February. Two weeks earlier to the day, the bridge fell.", "2026-01-19"),
        ("The envoy spoke on Thursday. Her visit came five days after shells struck the port.", "2026-02-14"),
    ],
)
def test_what_was_earlier_or_later_counts_from_the_day_spoken_of(text: str, day: str) -> None:
    assert days_of(article(text, THURSDAY))[-1].day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "You may march on.",
        "They speak every Sunday.",
        "It was two days after the vote.",
        "A year ago nobody knew.",
        "He sat and wed.",
        "The daily Business Today wrote so.",
        "It fell on 30 February.",
        "Three days later nothing had changed.",
    ],
)
def test_what_names_no_day_is_left_alone(text: str) -> None:
    assert days_of(article(text, THURSDAY)) == ()


def test_the_day_of_the_deed_goes_before_the_day_on_which_it_was_told() -> None:
    text = "TOLBY, Feb 18 (Wire) - A ferry sank on Monday, the harbour master said on Wednesday."
    found = event_day(article(text, THURSDAY), 0, len(text))
    assert found is not None and found.day == date(2026, 2, 16)
    assert text[found.start : found.end] == "on Monday"


def test_an_article_speaks_from_its_date_line() -> None:
    text = "TOLBY, Feb 18 (Wire) - The truce was signed late on Wednesday."
    late = article(text, datetime(2026, 2, 19, 0, 20))
    assert [each.day.isoformat() for each in days_of(late)] == ["2026-02-18", "2026-02-18"]


def test_without_the_article_s_date_only_whole_dates_are_days() -> None:
    text = "They met on Tuesday, after the truce of 3 May 2024."
    assert [each.day for each in days_of(article(text, None))] == [date(2024, 5, 3)]


def test_a_sentence_without_words_of_time_has_no_day() -> None:
    text = "They met on Tuesday. Nothing was signed."
    assert event_day(article(text, THURSDAY), 21, len(text)) is None


@pytest.mark.parametrize(
    "text", ["", "on", "the day before", "9999-12-31", "0000-00-00", "99 weeks ago", "on 31 June", "999 months later"]
)
def test_no_text_is_too_odd(text: str) -> None:
    for each in days_of(article(text, date(1, 1, 2))):
        assert 0 <= each.start < each.end <= len(text)
