"""Reading web pages: the article of a page, and what the page says of it."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from index.ingestion.parsing import read_article
from tests.index.files import saved, the_error

PAGE = """<html lang="en-GB"><head><meta charset="utf-8"><title>Ferries collide | Harbour News</title>
<meta property="og:site_name" content="Harbour News"><link rel="canonical" href="https://news.example/ferries">
%s</head><body><nav><a href="/">Home</a></nav><article><h1>Ferries collide in fog</h1><p>By Ada Writer</p>
<p>Two ferries collided in thick fog on Monday, and nobody was hurt,
the harbour authority said in a “statement” to reporters.</p>
<p>The pier will be closed until Friday while divers look at the damage that was done to it.</p>
<table><tr><th>Ship</th><th>Age</th></tr><tr><td>Ada</td><td>31</td></tr></table>
</article><footer>Copyright 2021 Harbour News. Posted 3 May 2019</footer></body></html>"""


def test_a_web_page_gives_its_article_and_what_it_says_of_it(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2026-02-18T10:30:00+01:00">'
    meta += '<meta name="author" content="Ada Writer">'
    article = read_article(saved(tmp_path, "page.html", PAGE % meta))
    assert (article.title, article.publisher, article.author) == (
        "Ferries collide in fog",
        "Harbour News",
        "Ada Writer",
    )
    assert article.published == datetime(2026, 2, 18, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    assert (article.url, article.language) == ("https://news.example/ferries", "en-GB")
    assert "nobody was hurt, the harbour authority said in a “statement” to reporters.\n\nThe pier" in article.text
    assert "Ada | 31" in article.text
    assert "Copyright" not in article.text and "Home" not in article.text


@pytest.mark.parametrize(
    ("mark", "day"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-02-18"}</script>', 18),
        ('<meta itemprop="datePublished" content="2026-02-17">', 17),
        ('<time pubdate datetime="2026-02-16">Monday</time>', 16),
    ],
)
def test_a_web_page_dates_itself_by_its_marks(tmp_path: Path, mark: str, day: int) -> None:
    assert read_article(saved(tmp_path, "page.htm", PAGE % mark)).published == date(2026, 2, day)


def test_no_date_is_taken_from_what_merely_stands_on_a_web_page(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "page.html", PAGE % "")).published is None


def test_a_fetched_page_has_its_address_as_source() -> None:
    page = (PAGE % "").replace("canonical", "other").replace("utf-8", "wrong").encode("cp1252")
    article = read_article("https://paper.example/f?id=1", page, content_type="text/html; charset=cp1252")
    assert article.source == article.url == "https://paper.example/f?id=1"
    assert "“statement”" in article.text


def test_the_host_stands_for_the_publisher_where_the_page_names_none() -> None:
    page = (PAGE % "").replace("og:site_name", "other").replace("| Harbour News", "")
    article = read_article("https://www.paper.example/f", page.encode(), content_type="text/html")
    assert article.publisher == "paper.example"


def test_the_type_that_a_server_names_tells_the_format() -> None:
    assert read_article("https://paper.example/f", b"It ended.", content_type="text/plain; charset=utf-8").title == "f"
    assert read_article("https://paper.example/f.md", b"# It\n\nended.", content_type="text/plain").title == "It"


def test_a_web_page_without_an_article_is_named(tmp_path: Path) -> None:
    assert "page.html" in the_error(saved(tmp_path, "page.html", "<html><body></body></html>"))
