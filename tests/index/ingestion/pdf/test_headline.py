"""What the first page of a PDF says of the article: headline, byline, date line and the paper's name."""

from datetime import date

import pytest

from index.article import Article
from index.ingestion.parsing import read_article
from tests.index.ingestion.pdf.printed import Sheet

BODY = [
    "The ferries Ada and Bela collided off Cape Ume on Monday morning, and nobody on",
    "board was hurt. By Mara Lind stands in the log of the harbour, on June 3, 2019.",
]


def front_page(masthead: str = "", dated: str = "", headline: str = "", byline: str = "") -> Article:
    sheet = Sheet()
    sheet.line(masthead, 200, 60, 28, "Times-Bold")
    sheet.line(dated, 60, 80, 9)
    sheet.line(headline, 60, 125, 30, "Times-Bold")
    sheet.line(byline, 60, 150, 10, "Times-Bold")
    sheet.column(BODY, 60, 170)
    return read_article("front.pdf", sheet.bytes())


def test_a_front_page_is_named_by_its_headline_and_its_paper() -> None:
    article = front_page(
        "The Tarn Warden", "MONDAY, MARCH 16, 2026", "Ferries Collide in Fog", "By ADA CORVIN and OSK LIND"
    )
    assert (article.title, article.publisher) == ("Ferries Collide in Fog", "The Tarn Warden")
    assert (article.author, article.published) == ("Ada Corvin; Osk Lind", date(2026, 3, 16))
    assert article.text == " ".join(BODY)


def test_a_headline_alone_is_the_title_and_stands_for_no_paper() -> None:
    article = front_page(headline="Ferries Collide in Fog")
    assert (article.title, article.publisher, article.author, article.published) == (
        "Ferries Collide in Fog", None, None, None,
    )  # fmt: skip


def test_a_date_and_a_name_in_the_text_are_not_the_articles_own() -> None:
    article = front_page()
    assert (article.title, article.author, article.published) == ("front", None, None)


@pytest.mark.parametrize(
    "dated", ["March 16, 2026", "16 March 2026", "Tarn, 16 March 2026", "Published: March 16, 2026", "2026-03-16"]
)
def test_a_date_line_is_read_in_many_forms(dated: str) -> None:
    assert front_page(dated=dated).published == date(2026, 3, 16)
