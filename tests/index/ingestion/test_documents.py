"""Bylines and date lines are told from sentences that only begin like them."""

from datetime import date

import pytest

from index.ingestion.documents import byline, dateline, head_of
from index.ingestion.parsing import read_article

DAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By ADA CORVIN", "Ada Corvin"),
        ("By Ada Corvin, Osk Lind and Tove van Ries", "Ada Corvin; Osk Lind; Tove van Ries"),
        ("By noon the ferry had left", None),
        ("By Monday evening", None),
        ("Ada Corvin", None),
    ],
)
def test_a_byline_names_people(line: str, author: str | None) -> None:
    assert byline(line) == author


@pytest.mark.parametrize(
    "line", ["MONDAY, MARCH 16, 2026", "Tarn, 16 March 2026", "Published: March 16, 2026", "16.03.2026"]
)
def test_a_date_line_is_a_date_and_nothing_else(line: str) -> None:
    assert dateline(line) == DAY
    assert dateline(f"The port opens on {line} at noon.") is None


def test_a_transcript_is_dated_by_its_heading() -> None:
    assert head_of("PRESS BRIEFING OF THE PORT - MARCH 16, 2026\n9:18 a.m.\n\nMR. LIND: Good morning.") == (None, DAY)
    assert head_of("Statement of the port of Tarn, 16 March 2026\n\nIt ended.") == (None, DAY)
    assert head_of("The port opens again on Monday - March 16, 2026\n\nIt ended.") == (None, None)


def test_a_text_says_in_its_first_lines_who_wrote_it_and_when() -> None:
    article = read_article("a.txt", b"Ferries collide\n\nBy Ada Corvin\n16 March 2026\n\nTwo ferries collided.")
    assert (article.author, article.published) == ("Ada Corvin", DAY)
    given = read_article(
        "a.txt", b"---\nauthor: Osk Lind\npublished: 2026-03-01\n---\nBy Ada Corvin\n16 March 2026\n\nIt ended."
    )
    assert (given.author, given.published) == ("Osk Lind", date(2026, 3, 1))
    late = read_article("a.txt", b"Two ferries collided.\n" * 6 + b"16 March 2026\n")
    assert late.published is None
