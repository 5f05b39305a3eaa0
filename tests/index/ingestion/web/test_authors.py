"""Who wrote an article of a page: people, or the staff, in the ways in which papers sign."""

import pytest

from index.ingestion.web.authors import people
from tests.index.ingestion.web.pages import BODY, paragraphs, read


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("ByNora Blum", ["Nora Blum"]),
        ("Byby Nora Blum", ["Nora Blum"]),
        ("By Nora BlumStaff Writer", ["Nora Blum"]),
        ("Nora Blum; Link Copied", ["Nora Blum"]),
        ("Erstellt von Nora Blum", ["Nora Blum"]),
        ("Text und Interview: Nora Blum", ["Nora Blum"]),
        ("Posted by Nora Blum on May 8, 2026", ["Nora Blum"]),
        ("Nora Blum in Velden And Karel Oost For The Canal Post", ["Nora Blum", "Karel Oost"]),
        ("By NORA BLUM The Associated Press", ["NORA BLUM"]),
        ("Nora Blum Chief Water Correspondent", ["Nora Blum"]),
        ("Nora Blum and agencies", ["Nora Blum"]),
        ("Nora Blum, BBC News, Velden", ["Nora Blum"]),
        ("Nora O&#x27;Blum", ["Nora O'Blum"]),
        ("April June Blum", ["April June Blum"]),
        ("AFP in Velden", ["AFP"]),
        ("Games Editor", []),
        ("Posted on", []),
        ("Von", []),
        ("No Author", []),
        ("About Nora Blum", []),
        ("Canal Post Verlag GmbH, Velden, Germany", []),
    ],
)
def test_a_byline_is_its_people(byline: str, names: list[str]) -> None:
    assert people(byline) == names


NORA = '{"@type": "Person", "@id": "#4", "name": "Nora Blum"}'
GRAPH = '<script type="application/ld+json">{"@graph": [%s, ' + NORA + "]}</script>"


@pytest.mark.parametrize(
    "head",
    [
        GRAPH % '{"@type": "NewsArticle", "author": {"@id": "#4"}}',
        GRAPH % '{"@type": "WebPage", "author": {"@id": "#4"}}',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Nora Blum">',
    ],
)
def test_an_author_may_stand_elsewhere_in_the_marks(head: str) -> None:
    assert read(head=head).author == "Nora Blum"


def test_twitters_other_pairs_are_no_author() -> None:
    head = '<meta name="twitter:label1" content="Place"><meta name="twitter:data1" content="Old Velden">'
    assert read(head=head).author is None


def test_a_byline_goes_before_who_put_the_page_there() -> None:
    head = GRAPH % '{"@type": "WebPage", "author": {"@id": "#4"}}'
    assert read(head=head, above='<p class="byline">By Karel Oost</p>').author == "Karel Oost"


@pytest.mark.parametrize(
    ("above", "author"),
    [
        ("<div>Region</div><div>By Nora Blum | 8 May 2026</div>", "Nora Blum"),
        ("<p>Von Nora Blum und Karel Oost</p>", "Nora Blum; Karel Oost"),
        ("<address>By Nora van der Blum</address>", "Nora van der Blum"),
        ("<p>By the old lock, eleven barges wait.</p>", None),
        ("<small itemprop='author'>Nora Blum</small>", "Nora Blum"),
        ("<div class='sig hasnt-bio'><span class='byline'>By Nora Blum</span></div>", "Nora Blum"),
        (
            "<address><a rel='author'>Nora Blum</a> and <a rel='author'>Karel Oost</a></address>",
            "Nora Blum; Karel Oost",
        ),
        ("<div class='ScAuthorNameSection'>Nora Blum</div>", "Nora Blum"),
        ("<div class='authorInfo'><a>Water News</a> <a rel='author'>Nora Blum</a></div>", "Nora Blum"),
    ],
)
def test_a_byline_stands_at_the_headline(above: str, author: str | None) -> None:
    assert read(above=above).author == author


def test_people_go_before_the_newsroom_that_the_marks_name() -> None:
    head = '<meta name="author" content="Canal Post Staff">'
    assert read(head=head).author == "Canal Post Staff"
    assert read(head=head, above='<p class="byline">By Karel Oost</p>').author == "Karel Oost"


def test_a_byline_is_found_outside_the_headlines_own_container() -> None:
    body = f"<main><div><div><h1>Old lock opens again</h1></div></div><p>By Nora Blum</p>{paragraphs(*BODY)}</main>"
    assert read(body).author == "Nora Blum"


def test_a_line_far_from_the_headline_is_no_byline() -> None:
    body = f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY * 2)}<p>By Nora Blum</p></article>"
    assert read(body).author is None
