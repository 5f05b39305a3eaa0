"""The day of a page: the article's own, in whatever form the page writes it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.ingestion.timestamps import parsed_moment
from tests.index.ingestion.web.pages import BODY, paragraphs, read

HOUR = timezone(timedelta(hours=1))
EVENING = datetime(2026, 5, 8, 17, 20)


def json_ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


@pytest.mark.parametrize(
    ("written", "language", "meant"),
    [
        ("2026-05-08T17:20:00.000Z", "en", EVENING.replace(tzinfo=UTC)),
        ("2026-05-08 17:20:00 UTC", "en", EVENING.replace(tzinfo=UTC)),
        ("2026-05-08T17:20:00+0100", "en", EVENING.replace(tzinfo=HOUR)),
        ("Fri, 08 May 2026 17:20:00 +0100", "en", EVENING.replace(tzinfo=HOUR)),
        ("8 May 2026 17:20 GMT", "en", EVENING.replace(tzinfo=UTC)),
        ("Fri May 08 17:20:00 CET 2026", "en", EVENING.replace(tzinfo=HOUR)),
        ("Fri May 08 2026 17:20:00 GMT+0100 (Central European Standard Time)", "en", EVENING.replace(tzinfo=HOUR)),
        ("5:20 p.m. EDT May 8, 2026", "en", EVENING.replace(tzinfo=timezone(timedelta(hours=-4)))),
        ("08.05.2026, 17:20 Uhr", "de", EVENING),
        ("8. Mai 2026", "de", date(2026, 5, 8)),
        ("8 мая 2026", "ru", date(2026, 5, 8)),
        ("8 травня 2026, 17:20", "uk", EVENING),
        ("8 de mayo de 2026", "es", date(2026, 5, 8)),
        ("May 8th, 2026", "en", date(2026, 5, 8)),
        ("05/08/2026", "en-US", date(2026, 5, 8)),
        ("08/05/2026", "en-GB", date(2026, 5, 8)),
        ("20260508", "en", date(2026, 5, 8)),
        ("1778260800", "en", datetime(2026, 5, 8, 17, 20, tzinfo=UTC)),
        ("Friday at five", "en", None),
        ("May 2026", "en", None),
        ("2026-05-38", "en", None),
    ],
)
def test_a_moment_is_read_in_every_form(written: str, language: str, meant: date | None) -> None:
    assert parsed_moment(written, language) == meant


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published" itemprop="datePublished" content="2026-05-08T17:20:00Z">',
        '<meta property="article:published:time" content="2026-05-08T17:20:00Z">',
        '<meta name="dcterms.created" content="2026-05-08T17:20:00Z">',
        '<meta name="parsely-pub-date" content="2026-05-08T17:20:00Z">',
        json_ld(datePublished="Fri May 08 17:20:00 UTC 2026"),
        '<script type="application/ld+json">{"@type": "NewsArticle",\n"name": "two\nlines", "datePublished": '
        '"2026-05-08T17:20:00Z",}</script>',
    ],
)
def test_the_marks_of_a_page_date_it(head: str) -> None:
    assert read(head=head).published == EVENING.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "above",
    [
        '<header><time datetime="2026-05-08">Friday</time></header>',
        '<div class="dateline">Published: May 8, 2026</div>',
        "<p>8 May 2026</p>",
        '<div class="meta">Updated May 9, 2026</div><div class="meta">Published May 8, 2026</div>',
    ],
)
def test_a_dateline_at_the_headline_dates_a_page_without_marks(above: str) -> None:
    assert read(above=above).published == date(2026, 5, 8)


def test_a_placeholder_is_no_date() -> None:
    shown = '<div class="stamp">May 8, 2026</div>'
    assert read(head=json_ld(datePublished="0001-01-01T00:00:00Z")).published is None
    assert read(head=json_ld(datePublished="1970-01-01T00:00:00Z"), above=shown).published == date(2026, 5, 8)


def test_a_list_of_other_articles_dates_nothing() -> None:
    other = '<article><h3>Fire in Marsk</h3><time datetime="2025-01-02">2 Jan</time></article>'
    others = f'<section class="related">{other}</section>'
    article = f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY)}</article>"
    assert read(others + article + others).published is None


def test_the_day_of_the_claim_is_not_that_of_the_fact_check() -> None:
    claim = {"@type": "Claim", "datePublished": "2024-12-24", "author": {"@type": "Person", "name": "Rolf Trick"}}
    review = {
        "@type": "ClaimReview",
        "datePublished": "2026-05-08",
        "author": {"name": "Nora Blum"},
        "itemReviewed": claim,
    }
    head = f'<script type="application/ld+json">{json.dumps(review)}</script>'
    article = read(head=head)
    assert (article.published, article.author) == (date(2026, 5, 8), "Nora Blum")


def test_the_day_is_that_of_the_outlets_own_clock() -> None:
    article = read(
        head=json_ld(datePublished="2026-05-09T02:20:00Z"),
        above='<time datetime="2026-05-08T22:20:00-0400">May 8</time>',
    )
    assert article.published == datetime(2026, 5, 8, 22, 20, tzinfo=timezone(timedelta(hours=-4)))


def test_a_dateline_is_near_the_logo_where_no_heading_shows_the_title() -> None:
    menu = "<div><span>1 May 2001</span></div>" + "<i></i>" * 400
    logo = "<h1><a href='/'>Canal Post</a></h1>"
    body = f"{menu}{logo}<div>8 May 2026</div><article>{paragraphs(*BODY)}</article>"
    assert str(read(body).published) == "2026-05-08"


def test_a_birthday_that_a_page_shows_is_not_its_date() -> None:
    born = "<div><span>Born</span> <span>28 January 1975</span></div>"
    assert read(f"<article><h1>Old lock opens again</h1>{born}{paragraphs(*BODY)}</article>").published is None
