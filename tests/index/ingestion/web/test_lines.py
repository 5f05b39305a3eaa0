"""Lines in an article's column that are none of its words."""

import pytest

from tests.index.ingestion.web.pages import BODY, lines, paragraphs, read


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/x"><strong>READ MORE: Aland to dredge 90 basins, says rival</strong></a>',
        "<strong>DON’T MISS:</strong> Dorn furious at Aland <strong>[REVEALED]</strong>",
        "Also on kanal.example: <a href='/y'>Barge sinks with ninety barrels</a>",
        '<a href="/x">Brewery pays $449K for a barge that nobody wants</a>',
        "<a href='/app'>CLICK HERE TO GET THE KANAL APP</a>",
        "Sign up for our newsletter and have the news of the canal in your inbox every morning.",
        "Follow us on Telegram and X.",
        "Do you have a tip? Nora Blum can be reached at nblum@kanal.example.",
        "Copyright 2026 The Canal Post. All rights reserved. It may not be published or rewritten.",
        "Photo: Nora Blum/Getty Images",
        "(Image credit: Canal Post)",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "By Nora Blum and Karel Oost",
        "Published 6:40 p.m. ET March 13, 2026",
        "13 March 2026, 18:40",
        "Lesen Sie auch: <a href='/z'>Neunzig Fässer im Kanal</a>",
        "Читайте також: <a href='/z'>Баржа затонула</a>",
        "Advertisement",
        "Related articles",
        "Most read in Canals",
        "Keep reading: <a href='/q'>Ninety barrels sink</a>",
        "Never miss a barge by signing up to our daily newsletter.",
        "To view the full story, please subscribe to The Canal Post.",
        "This post contains references to products of our partners, and links.",
        "Barges wait below the old lock. (Nora Blum/Getty)",
        "The keeper of the lock in a picture of last year. (Reuters)",
        "Karel Oost contributed to this report.",
        "— With assistance by Karel Oost and Piet Aland",
        "Weitere Artikel zum Thema",
        "Noticias relacionadas",
        "VELDEN, Marsk –",
    ],
)
def test_a_foreign_line_is_no_evidence(line: str) -> None:
    article = read(f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY[:2], line, *BODY[2:])}</article>")
    assert lines(article) == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Read more slowly, the keeper told the children, who had come to learn the names of all the gates.",
        "Share prices of the brewery rose by 3 per cent after the meeting.",
        "By Friday, the councils said, the first barge would have passed.",
        "Follow the water, he said, and you will find the leak.",
        "More on that day came than ever before: 900 people stood on the bridge.",
        "“Sign up,” the mayor called, and forty men signed up for the brass band.",
        "The picture by Reuters shows the barge under the bridge, she said.",
        "It was 13 March 2026.",
        "Copyright law does not cover the names of locks, a judge in Marsk decided.",
        "See you on Monday.",
        "Related articles of the treaty, on barges and on locks, were left for a later meeting of the councils.",
        "Never miss the moment when both gates open, the keeper told the children.",
        "The brewery contributed to this year's repairs with ninety barrels of beer.",
        "“We have waited for this lock since the winter of the flood” (the mayor to Reuters)",
    ],
)
def test_a_sentence_of_the_article_stays(line: str) -> None:
    article = read(f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY[:2], line, *BODY[2:])}</article>")
    assert line in lines(article)


def test_an_article_ends_with_its_words() -> None:
    tail = "<h3>Categories</h3><ul><li><a href='/a'>Canals (31)</a></li><li><a href='/b'>Locks (4)</a></li></ul>"
    body = f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY)}{tail}</article>"
    assert lines(read(body)) == list(BODY)


def test_a_list_of_links_above_an_article_is_none_of_it() -> None:
    above = "<ul><li><a href='/a'>CANALS</a></li><li><a href='/b'>LOCKS</a></li></ul>"
    assert lines(read(above=above)) == list(BODY)


def test_a_list_that_the_article_ends_with_stays() -> None:
    tail = "<ul><li>Barges of more than forty metres wait below the lock.</li></ul>"
    body = f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY)}{tail}</article>"
    assert lines(read(body)) == [*BODY, "- Barges of more than forty metres wait below the lock."]


def test_what_the_paper_says_of_its_author_is_none_of_the_article() -> None:
    bio = "Nora Blum covers canals for the Canal Post and was a reporter in Velden before."
    body = f"<article><h1>Old lock opens again</h1><p class='byline'>By Nora Blum</p>{paragraphs(*BODY, bio)}</article>"
    assert lines(read(body)) == list(BODY)
    other = bio.replace("Nora Blum", "Ines Dorn")
    assert lines(read(body.replace(bio, other)))[-1] == other
