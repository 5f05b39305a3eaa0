"""Rich text, subtitles, feeds, and pages under the endings of programs."""

from datetime import UTC, datetime

import pytest

from index.errors import ArticleError
from index.ingestion.parsing import read_article

RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Times;}{\info{\title Ferries collide}{\author Ada Corvin}}\f0 "
    rb"Two ferries collided off Cape \'dcme.\par Nobody was hurt, the \u1087?\u1086?\u1088?\u1090? said.\par}"
)
VTT = """WEBVTT - Briefing

NOTE made by hand

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ada Corvin>Both ferries
<i>stay</i> in port

2
00:00:04.100 --> 00:00:06.000
<v Ada Corvin>until Monday &amp; longer.</v>

00:00:06.100 --> 00:00:08.000
<v Osk Lind>Nobody was hurt.

00:01:08.000 --> 00:01:10.000
<v Osk Lind>The pier is closed.
"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Tarn Warden</title><language>en</language><item><title>Ferries collide</title>
<pubDate>Fri, 13 Mar 2026 18:40:00 GMT</pubDate><description>Short.</description>
<content:encoded>&lt;p&gt;Two ferries collided.&lt;/p&gt;&lt;p&gt;It ended.&lt;/p&gt;</content:encoded></item>
<item><title>Pier closed</title><description>The pier is closed.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn Warden</title><entry><title>Ferries collide</title>
<updated>2026-03-13T18:40:00Z</updated><summary>Two ferries collided.</summary></entry></feed>"""


def test_rich_text_is_read_with_its_title_and_author() -> None:
    article = read_article("a.rtf", RTF)
    assert (article.title, article.author) == ("Ferries collide", "Ada Corvin")
    assert article.text == "Two ferries collided off Cape Üme.\n\nNobody was hurt, the порт said."


def test_subtitles_are_sentences_with_their_speakers() -> None:
    assert read_article("a.vtt", VTT.encode()).text.split("\n\n") == [
        "Ada Corvin: Both ferries stay in port until Monday & longer.",
        "Osk Lind: Nobody was hurt.",
        "Osk Lind: The pier is closed.",
    ]


def test_subtitles_of_a_film_have_numbers_and_commas_in_their_times() -> None:
    lines = ["The ferry left", "the port at nine.", "The ferry came back."]
    cues = [
        f"{n}\r\n00:00:0{n},000 --> 00:00:0{n},900\r\n{{\\an8}}<b>{words}</b>\r\n" for n, words in enumerate(lines, 1)
    ]
    text = read_article("a.srt", "\r\n".join(cues).encode("utf-8-sig")).text
    assert text == "The ferry left the port at nine. The ferry came back."


def test_a_feed_is_read_entry_by_entry() -> None:
    article = read_article("a.rss", RSS.encode())
    assert (article.title, article.publisher, article.language) == ("Tarn Warden", "Tarn Warden", "en")
    assert article.published == datetime(2026, 3, 13, 18, 40, tzinfo=UTC)
    assert article.text.split("\n\n") == [
        "Ferries collide (13.03.2026)", "Two ferries collided.", "It ended.", "Pier closed", "The pier is closed.",
    ]  # fmt: skip
    assert read_article("a.atom", ATOM.encode()).text == "Ferries collide (13.03.2026)\n\nTwo ferries collided."


@pytest.mark.parametrize(
    "before", ["", "<!-- made by hand -->\n", '<?xml-stylesheet href="f.xsl"?>', "<!DOCTYPE rss SYSTEM 'rss.dtd'>"]
)
def test_a_feed_is_a_feed_under_the_ending_of_all_xml(before: str) -> None:
    rss = RSS.replace("?><rss", f"?>{before}<rss")
    assert read_article("index.xml", rss.encode()).text == read_article("a.rss", RSS.encode()).text
    assert read_article("atom.xml", (before + ATOM).encode()).title == "Tarn Warden"
    fetched = read_article("https://tarn.example/feed", rss.encode(), content_type="text/xml; charset=utf-8")
    assert fetched.title == "Tarn Warden"


def test_a_feed_of_the_first_kind_is_read() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tarn Warden</title></channel><item>'
        "<title>Ferries collide</title><dc:date>2026-03-13</dc:date><description>It ended.</description></item>"
        "</rdf:RDF>"
    )
    assert read_article("news.xml", rdf.encode()).text == "Ferries collide (13.03.2026)\n\nIt ended."


def test_the_entities_of_a_feed_are_not_unpacked() -> None:
    declared = f'<!DOCTYPE r [<!ENTITY a "fog"><!ENTITY b "{"&a;" * 1_000}">]>'
    bomb = declared + RSS[21:].replace("The pier is closed.", "&b;" * 1_000)
    with pytest.raises(ArticleError, match=r"a\.rss"):
        read_article("a.rss", bomb.encode())


@pytest.mark.parametrize("ending", [".xhtml", ".shtml", ".php", ".aspx", ".xml"])
def test_a_page_is_a_page_under_any_of_its_endings(ending: str) -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferries</title>'
        "</head><body><article><p>Two ferries collided in thick fog, and nobody was hurt.</p></article></body></html>"
    )
    assert "Two ferries collided in thick fog" in read_article(f"a{ending}", page.encode()).text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.php", b"<?php echo 'It ended.'; ?>"), ("a.rtf", b"It ended."), ("a.vtt", b"It ended."),
        ("a.srt", b"1\n\n2"), ("a.rss", b"<rss><channel/></rss>"), ("a.atom", b"It ended."),
        ("a.xml", b"<settings><port>8000</port></settings>"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_kind_is_named(name: str, data: bytes) -> None:
    with pytest.raises(ArticleError, match=name.replace(".", r"\.")):
        read_article(name, data)
