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
    ],
)
def test_a_sentence_of_the_article_stays(line: str) -> None:
    article = read(f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY[:2], line, *BODY[2:])}</article>")
    assert line in lines(article)
