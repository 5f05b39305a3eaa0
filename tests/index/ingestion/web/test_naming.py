"""What an article of a page is called: title, author, publisher, address."""

import pytest

from index.ingestion.parsing import read_article
from tests.index.ingestion.web.pages import BODY, page, paragraphs, read

SITE = '<meta property="og:site_name" content="Canal Post">'


@pytest.mark.parametrize(
    "title",
    [
        "Old lock opens again - Canal Post",
        "Old lock opens again | Region | Canal Post",
        "Canal Post: Old lock opens again",
        "Old lock opens again",
    ],
)
def test_a_title_is_without_site_and_section(title: str) -> None:
    article = read(title=title, head=f'{SITE}<meta property="og:title" content="{title}">')
    assert article.title == "Old lock opens again"


def test_a_logo_or_a_menu_is_no_title() -> None:
    menus = "<header><h1>Canal Post</h1></header><nav><h1>Service and contact</h1></nav>"
    body = f"{menus}<main><h2>Old lock opens again</h2>{paragraphs(*BODY)}</main>"
    assert read(body, title="Canal Post : Old lock opens again").title == "Old lock opens again"


def test_a_heading_that_leads_to_the_front_page_is_the_logo() -> None:
    logo = "<h1><a class='logo' href='/en-us'>canal <span>back to canal home</span></a></h1>"
    body = f"{logo}<article><h1>Old lock opens again</h1>{paragraphs(*BODY)}</article>"
    assert read(body, title="Old lock, canal: barges to come home").title == "Old lock opens again"


def test_what_the_logo_says_is_cut_off() -> None:
    body = f"<h1><a href='/'>The Canal Post – daily</a></h1><article>{paragraphs(*BODY)}</article>"
    assert read(body, title="Old lock opens again | The Canal Post – daily").title == "Old lock opens again"


def test_the_host_is_a_name_of_the_site() -> None:
    head = '<meta property="og:url" content="https://www.canal-post.example/old-lock-opens-again">'
    body = f"<article>{paragraphs(*BODY)}</article>"
    assert read(body, head=head, title="Old lock opens again | canal-post.example").title == "Old lock opens again"


def test_the_headline_that_readers_see_is_the_title() -> None:
    assert read(title="Lock, Velden, barges: everything you need to know").title == "Old lock opens again"


def test_the_heading_of_an_entry_is_not_the_title_of_the_page() -> None:
    entry = f"<article><h2>Lock opens again</h2>{paragraphs(*BODY)}</article>"
    assert read(f"<main><h1>Live: barges in Velden</h1>{entry}</main>").title == "Live: barges in Velden"


def test_a_heading_in_another_language_is_no_title() -> None:
    body = f"<article><h1>Alte Schleuse wieder geöffnet, aber nicht ganz</h1>{paragraphs(*BODY)}</article>"
    assert read(body).title == "Old lock opens again"


def test_a_kicker_in_the_headline_is_cut_off() -> None:
    body = f"<article><h1><span>Shipping</span> Old lock opens again</h1>{paragraphs(*BODY)}</article>"
    assert read(body, head='<meta property="og:title" content="Old lock opens again">').title == "Old lock opens again"


@pytest.mark.parametrize(
    ("above", "author"),
    [
        ('<p class="byline">by Nora Blum<br>Friday, May 8, 2026</p>', "Nora Blum"),
        ('<p class="byline">By Nora Blum, Staff writer</p>', "Nora Blum"),
        ('<p class="byline">By Nora Blum and Karel Oost</p>', "Nora Blum; Karel Oost"),
        ('<span class="author">Admin</span>', None),
        ('<span class="author">Username</span>', None),
        ('<div class="author">Last Updated: May 9, 2026</div>', None),
        ('<span class="author">@norablum</span>', None),
        ('<a rel="author" href="/n">Nora Blum</a>', "Nora Blum"),
        ('<p class="author">Von Nora Blum</p>', "Nora Blum"),
        ('<span class="byline">Canal Post Staff</span>', "Canal Post Staff"),
    ],
)
def test_an_author_is_a_person_or_the_staff(above: str, author: str | None) -> None:
    assert read(above=above).author == author


def json_ld(said: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {said}}}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (meta("citation_author", "Blum, Nora") + meta("citation_author", "Oost, Karel"), "Nora Blum; Karel Oost"),
        (meta("article:author", "https://social.example/canalpost") + meta("author", "Nora Blum"), "Nora Blum"),
        (json_ld('"author": [{"name": "Nora Blum"}, {"name": "Karel A. Oost"}]'), "Nora Blum; Karel A. Oost"),
    ],
)
def test_authors_are_those_of_the_marks(head: str, author: str) -> None:
    assert read(head=head).author == author


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (SITE, "Canal Post"),
        (meta("og:site_name", "canalpost"), "canalpost"),
        (meta("og:site_name", "Canal Post - News of the water, every day"), "Canal Post"),
        (meta("og:site_name", "@canal_post") + meta("application-name", "Canal Post"), "Canal Post"),
        (meta("og:site_name", "https://www.canalpost.example"), "canalpost.example"),
        (meta("twitter:site", "@canal_post") + json_ld('"publisher": {"name": "Canal Post"}'), "Canal Post"),
        (meta("og:site_name", "Canal Post Media GmbH"), "Canal Post Media"),
        (
            meta("publisher", "© 2026 Canal Post") + meta("og:url", "https://www.canalpost.example/2026"),
            "canalpost.example",
        ),
    ],
)
def test_a_publisher_is_an_outlets_name(head: str, publisher: str) -> None:
    assert read(head=head).publisher == publisher


def test_a_front_page_is_no_address_of_an_article() -> None:
    assert read(head='<link rel="canonical" href="https://canalpost.example/">').url is None
    assert read(head='<base href="https://canalpost.example/"><meta property="og:url" content="/region/">').url is None
    own = "https://canalpost.example/region/old-lock-opens"
    assert read(head=f'<link rel="canonical" href="/"><meta property="og:url" content="{own}">').url == own


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "utf-8", "no-such-thing"])
def test_valid_utf8_wins_over_whatever_charset_is_named(charset: str) -> None:
    text = "Žofie Ålund of the café “Brücke” said it rained – for nine days, and that nobody had asked her before."
    data = page(f"<article><h1>Old lock opens again</h1>{paragraphs(text, *BODY)}</article>").replace(
        b"utf-8", charset.encode()
    )
    assert text in read_article("lock.html", data).text
    fetched = read_article("https://a.example/x", data, content_type=f"text/html; charset={charset}")
    assert text in fetched.text


def test_a_damaged_byte_or_a_nul_costs_itself_and_not_the_page() -> None:
    text = "Žofie Ålund of the café “Brücke” said it rained – for nine days, and that nobody had asked her before."
    data = page(f"<p class='ad'>caf@@</p><article><h1>Old lock opens again</h1>{paragraphs(text, *BODY)}</article>")
    for damage in (b"\xe9", b"\0", b"\xff\xfe"):
        assert text in read_article("lock.html", data.replace(b"@@", damage)).text


def test_an_old_page_in_its_own_encoding_is_read() -> None:
    text = "“It’s open,” the keeper of the café said – and Žofie laughed, for she had waited there since the morning."
    data = page(f"<article><h1>Old lock opens again</h1>{paragraphs(text, *BODY)}</article>").decode()
    assert text in read_article("lock.html", data.replace("utf-8", "iso-8859-1").encode("cp1252")).text


def test_marks_that_are_no_json_are_passed_over() -> None:
    assert read(head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>').title
    deep = "[" * 100_000
    assert read(head=f'<script type="application/ld+json">{deep}</script>').text.startswith(BODY[0])
