"""The brief that ships with Talks: it says what it is, reads cleanly and is short."""

import re
from datetime import date
from pathlib import Path

import index.article
from index.ingestion.normalising import normalise
from index.ingestion.parsing import read_article

BRIEF = Path(index.article.__file__).parent / "articles" / "geneva-round-ends-without-deal.md"


def test_the_brief_says_what_it_is() -> None:
    brief = read_article(BRIEF)
    assert brief.title == "Geneva round on Ukraine ends without a deal"
    assert (brief.publisher, brief.published, brief.language) == ("Talks brief", date(2026, 2, 18), "en")
    assert (brief.author, brief.url) == (None, None)


def test_the_brief_is_500_to_700_words_in_whole_paragraphs() -> None:
    text = read_article(BRIEF).text
    assert 500 <= len(text.split()) <= 700
    assert all(paragraph.endswith((".", ".”", "said.")) for paragraph in text.split("\n\n"))
    assert normalise(text) == text


def test_every_quotation_in_the_brief_is_closed_and_short() -> None:
    text = read_article(BRIEF).text
    assert text.count("“") == text.count("”") > 10
    assert '"' not in text
    assert all(len(quotation.split()) <= 25 for quotation in re.findall("“([^”]*)”", text))


def test_the_brief_names_everyone_who_speaks_in_it() -> None:
    text = read_article(BRIEF).text
    for name in ("Zelensky", "Medinsky", "Umerov", "Witkoff", "Peskov", "Trump", "Kostyukov", "Dmitriev", "Kushner"):
        assert name in text
