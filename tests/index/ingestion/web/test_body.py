"""The body of a page: all of the article, and nothing else."""

import json

import pytest

from index.errors import ArticleError
from index.ingestion.parsing import read_article
from tests.index.ingestion.web.pages import BODY, LEAD, lines, page, paragraphs, read

LONG = "The dredger worked on the basin from dawn until the bells of the town rang for supper, the water board wrote."
COLUMN = f"<div class='article-body'>{paragraphs(*BODY)}</div>"


def test_a_body_cut_into_containers_by_advertisements_is_whole() -> None:
    parts = [
        f'<div class="col"><div class="story-text col-inner">{paragraphs(text, LONG.replace("dawn", f"{n} o’clock"))}'
        "</div></div><aside><p>Advertisement</p></aside>"
        for n, text in enumerate(BODY)
    ]
    article = read(f"<main><h1>Old lock opens again</h1>{''.join(parts)}</main>")
    assert [line for line in lines(article) if line in BODY] == list(BODY)
    assert "Advertisement" not in article.text


def test_a_sentence_that_is_mostly_a_link_stays_in_its_place() -> None:
    linked = 'In 2019 Aland <a href="/a">crossed the basin in a rowing boat with two of his deputies for charity</a>.'
    article = read(f"<article><h1>Old lock opens again</h1>{paragraphs(BODY[0], linked, *BODY[1:])}</article>")
    assert "In 2019 Aland crossed the basin in a rowing boat with two of his deputies for charity." in lines(article)


def test_a_body_in_an_aside_is_the_article_and_the_cookie_notice_is_not() -> None:
    notice = paragraphs(
        "We use cookies and similar means so that this site works, to count visits and to choose advertising for you.",
        "Whatever you choose holds for this site and can be changed at any time at the foot of each of its pages.",
    )
    body = f'<aside class="main"><h1>Old lock opens again</h1>{paragraphs(*BODY)}</aside>'
    article = read(f'<div id="cookie-layer">{notice}</div>{body}')
    assert lines(article) == list(BODY)


def test_a_page_of_nothing_but_a_cookie_notice_holds_no_article() -> None:
    notice = paragraphs("We use cookies and similar means so that this site works, to count visits and to choose.")
    with pytest.raises(ArticleError, match="holds no article text"):
        read_article("lock.html", page(f'<div class="cookie-consent">{notice * 3}</div>'))


def test_what_stands_in_articlebody_alone_is_not_lost() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": "Old lock opens again", "articleBody": "\n".join(BODY)})
    article = read(
        f'<main><h1>Old lock opens again</h1><div class="x1">{paragraphs(BODY[0])}</div><section class="x2"><ul><li>'
        f"{BODY[1]}</li></ul></section><div>{paragraphs(*BODY[2:])}</div></main>",
        head=f'<script type="application/ld+json">{told}</script>',
    )
    assert all(text in article.text for text in BODY)


@pytest.mark.parametrize(
    "lead",
    [
        f'<p class="standfirst">{LEAD}</p>',
        f'<div class="ArticleHeader-dek"><span>{LEAD}</span></div>',
        f'<h2 class="article__excerpt">{LEAD}</h2>',
    ],
)
def test_a_lead_outside_the_body_comes_first(lead: str) -> None:
    article = read(f"<main><header><h1>Old lock opens again</h1>{lead}</header>{COLUMN}</main>")
    assert lines(article) == [LEAD, *BODY]


def test_a_lead_is_known_by_the_description_of_the_page() -> None:
    above = f"<h1>Old lock opens again</h1><p class='x7'>{LEAD}</p><p class='x8'>By rail and road</p>"
    article = read(
        f"<main><header>{above}</header>{COLUMN}</main>",
        head=f'<meta name="description" content="{LEAD[:60]}...">',
    )
    assert lines(article) == [LEAD, *BODY]


@pytest.mark.parametrize("lead", [f"<p>{LEAD}</p>", f"<h2>{LEAD}</h2>", f"<p class='news-teaser'>{LEAD}</p>"])
def test_a_lead_is_known_by_its_place_under_the_headline(lead: str) -> None:
    body = f"<header><h1>Old lock opens again</h1>{lead}</header><div class='text'>{paragraphs(*BODY * 2)}</div>"
    assert lines(read(body))[0] == LEAD


def test_the_line_of_a_picture_under_the_headline_is_no_lead() -> None:
    caption = "<div class='hero-image'><p>The lock keeper Ines Dorn stands at the gate in the rain.</p></div>"
    body = f"<header><h1>Old lock opens again</h1>{caption}</header><div class='text'>{paragraphs(*BODY)}</div>"
    assert lines(read(body)) == list(BODY)


def test_a_size_of_type_is_no_caption() -> None:
    body = f"<article><h1>Old lock opens again</h1><h2 class='caption-s-fx'>{LEAD}</h2>{paragraphs(*BODY)}</article>"
    assert lines(read(body))[0] == LEAD


def test_the_headline_is_not_said_again_below_the_lead_or_with_the_sites_name() -> None:
    again = "<h2>Old lock opens again</h2><p>Old lock opens again - Canal Post</p>"
    body = f"<article><h1>Old lock opens again</h1><p class='lead'>{LEAD}</p>{again}{paragraphs(*BODY)}</article>"
    assert lines(read(body)) == [LEAD, *BODY]


def test_a_lead_that_the_body_repeats_is_said_once() -> None:
    article = read(above=f"<p class='summary'>{BODY[0]}</p>")
    assert lines(article) == list(BODY)


def test_the_entries_of_a_live_blog_keep_their_times_and_headings() -> None:
    entries = "".join(
        f'<div class="entry"><time>{hour}:05</time><h3>{heading}</h3><p>{text}</p><div class="share">Share</div></div>'
        for hour, heading, text in zip(
            (18, 17, 16, 15), ("Lock opens", "Dorn on gates", "Mayor warns", "Band plays"), BODY, strict=True
        )
    )
    article = read(f"<main><h1>Live: the old lock opens again</h1><div class='live-blog'>{entries}</div></main>")
    assert lines(article)[:4] == ["18:05 – Lock opens", BODY[0], "17:05 – Dorn on gates", BODY[1]]
    assert lines(article)[-2:] == ["15:05 – Band plays", BODY[3]]


def test_numbered_lists_keep_their_numbers() -> None:
    points = "<li>Both gates are open.</li><li>The basin is deep enough.</li><li value='7'>A pilot is on board.</li>"
    article = read(above=f"<p>{BODY[0]}</p><ol start='2'>{points}</ol>")
    assert lines(article)[1:4] == ["2. Both gates are open.", "3. The basin is deep enough.", "7. A pilot is on board."]


def test_what_breaks_a_line_in_the_browser_parts_sentences() -> None:
    glued = "The gate was lifted at noon, the board said.<div class='gap'></div>It took an hour.<br>Nobody was hurt."
    text = read(above=f"<p>{glued}</p>").text
    assert "the board said.\n\nIt took an hour." in text and "hour.\n\nNobody" in text


def test_a_linked_word_in_a_container_of_its_own_stays_in_its_sentence() -> None:
    plan = "’s plan for the basin is changing, since its dredger is in Velden until autumn."
    body = f"<div><a href='/m'>Marsk</a></div><div>{plan}</div>"
    assert "Marsk’s plan for the basin is changing" in read(above=body).text


def test_a_card_under_the_mouse_is_no_part_of_the_sentence() -> None:
    card = '<span class="hovercard"><span>Ines Dorn</span> Keeper of the lock since 2015. Follow</span>'
    text = read(above=f"<p>Ines Dorn{card} opened the sluice with a golden key, as her predecessors had done.</p>").text
    assert "Ines Dorn opened the sluice" in text and "Keeper of the lock" not in text


def test_a_post_in_a_widget_is_read() -> None:
    post = (
        '<div class="embed-widget"><blockquote class="twitter-tweet"><p>Both gates are open and the water is high. We'
        " have waited eleven years for this day on the canal.</p>&mdash; Lock of Velden (@lock)</blockquote></div>"
    )
    body = f"<article><h1>Old lock opens again</h1>{paragraphs(*BODY[:2])}{post}{paragraphs(*BODY[2:])}</article>"
    assert "We have waited eleven years for this day on the canal." in read(body).text


def test_the_headline_is_not_said_again() -> None:
    article = read(f"<article><h1>OLD LOCK OPENS AGAIN</h1><p>Old lock opens again</p>{paragraphs(*BODY)}</article>")
    assert lines(article) == list(BODY)


def test_a_page_with_the_article_under_deep_nesting_is_read() -> None:
    article = read("<div>" * 240 + f"<h1>Old lock opens again</h1>{paragraphs(*BODY)}" + "</div>" * 240)
    assert BODY[3] in article.text
