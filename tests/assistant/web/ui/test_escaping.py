"""Wherever the page puts what somebody else wrote, it is characters: each place by itself, without a browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.answer import Answer, Checks, Citation, Passage
from assistant.conversations.serialization import SavedTurn, StaleQuote
from assistant.conversations.store import Summary
from assistant.web.ui import articles, rendering
from assistant.web.ui.escaping import plain
from assistant.web.ui.rooms import conversations, library, welcome
from assistant.web.ui.source_links import Reference
from assistant.web.ui.source_panel import source_panel
from index import Article, Entry, Listing
from index.storage import Holdings

NOW = datetime(2026, 2, 18, tzinfo=UTC)


def hostile(name: str) -> str:
    """What would be an element, end an attribute, or mean something to Markdown or a template."""
    return f"<x-y id=\"{name}\" title='{name}'>**{name}** [a](https://away.example) ${{1+1}}"


RAW = ("<x-y", 'id="quoted"', "**", "](", "${", "title='")
PARAGRAPHS = [f"{hostile(name)} ended." for name in ("before", "quoted", "after")]
TEXT = "\n\n".join(PARAGRAPHS)
START = TEXT.index(PARAGRAPHS[1])
ARTICLE = Article(
    "a1", hostile("title"), TEXT, hostile("source").replace("/", "|"), hostile("publisher"), hostile("author")
)
ENTRY = Entry(ARTICLE, NOW, 3)
HOLDINGS = Holdings(1, 1, (hostile("publisher"),), None, None, ARTICLE)
CITATION = Citation(1, PARAGRAPHS[1], START, START + len(PARAGRAPHS[1]), ARTICLE)
QUOTED = Answer(f"{PARAGRAPHS[1]} [1]", True, (CITATION,), notices=(hostile("notice"),), read_as=hostile("read as"))
WRITTEN = replace(
    QUOTED, text=f"It {hostile('written')} [1] so. [1]", mode="written", checks=Checks(sentences=1, kept=1)
)
REFUSED = Answer(hostile("refusal"), False, passages=(Passage(PARAGRAPHS[0], 0, len(PARAGRAPHS[0]), 0.5, ARTICLE),))
STALE = StaleQuote(2, hostile("stale"), hostile("gone"), hostile("its publisher"), None, None, None, gone=True)


def chat(answer: Answer) -> str:
    searched = {"only": [hostile("only")], "hide": [hostile("hidden")]}
    turn = SavedTurn(0, hostile("question"), answer, (STALE,), None, NOW, searched)
    return "".join(rendering.turns([turn]))


def source(start: int, end: int) -> str:
    reference = str(Reference.to(Citation(1, TEXT[start:end], start, end, ARTICLE)))
    return source_panel(reference, lambda _: ARTICLE)


#: Each place -> what it shows, and of which names the text must be found in it.
PLACES: dict[str, tuple[Callable[[], str], set[str]]] = {
    "an answer in quotes": (
        lambda: chat(QUOTED),
        {"question", "quoted", "notice", "read as", "title", "publisher", "gone", "its publisher", "only", "hidden"},
    ),
    "a written answer": (lambda: chat(WRITTEN), {"question", "written", "quoted", "title"}),
    "a refusal": (lambda: chat(REFUSED), {"refusal", "before", "title", "publisher"}),
    "an answer that grows": (lambda: rendering.so_far("Why?", QUOTED, "Writing…"), {"quoted"}),
    "an answer being written": (
        lambda: rendering.so_far(hostile("question"), WRITTEN, hostile("working")),
        {"question", "written", "working"},
    ),
    "waiting": (lambda: rendering.pending(hostile("question"), hostile("working")), {"question", "working"}),
    "what to ask next": (lambda: rendering.suggested([hostile("idea")]), {"idea"}),
    "the first screen": (lambda: welcome.welcome([ENTRY], HOLDINGS), {"title", "publisher"}),
    "the source": (
        lambda: source(CITATION.start, CITATION.end),
        {"title", "publisher", "author", "before", "quoted", "after"},
    ),
    "a row of the table": (
        lambda: library.table(Listing((ENTRY,), 1, 1), "", "newest", 1, editable=True),
        {"title", "publisher", "source"},
    ),
    "an article that comes in": (lambda: articles.running_line(hostile("file")), {"file"}),
    "one that failed": (lambda: articles.failed_line(hostile("file"), hostile("reason")), {"file", "reason"}),
    "one that may not": (lambda: articles.refused(hostile("reason")).work, {"reason"}),
    "the form that corrects": (lambda: library.correction_form(ARTICLE), {"title", "publisher", "author"}),
    "how adding goes": (lambda: articles.ArticlesUpdate("", hostile("status")).html, {"status"}),
    "the conversations": (
        lambda: conversations.listed([Summary("c1", hostile("conversation"), NOW, 1)], ""),
        {"conversation"},
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_somebody_wrote_is_characters(place: str) -> None:
    show, names = PLACES[place]
    html = show()
    assert not [raw for raw in RAW if raw in html]
    for name in names:
        assert plain(f'<x-y id="{name}"') in html


def test_a_quote_that_begins_and_ends_within_paragraphs_is_characters() -> None:
    html = source(START - 8, START + 30)
    assert html.count("<mark") == 2
    assert not [raw for raw in RAW if raw in html]
