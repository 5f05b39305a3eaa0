"""Hostile text is shown as the plain characters it is: nothing in it runs, nothing is fetched."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, expect

from assistant.answer import Answer, Citation
from assistant.conversations.store import Conversations
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.escaping import visible
from assistant.web.ui.source_links import Reference
from assistant.web.ui.source_panel import source_panel
from index import Article, Index
from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.payloads import ALL, AWAY, FORBIDDEN
from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser

TITLE = "<img src=x onerror=\"document.title='run'\"> ${document.title='run'} **Talks** {{value}}"
PUBLISHER = f"<b>Post</b> ![p]({AWAY}/publisher.png) ${{1+1}}"
OPENING = "The ferry captain Odd Sivertsen said the ferry sails again in May."
BODY = "\n\n".join([OPENING, *(payload.replace("\n", " ") for payload in ALL), "The ferry captain thanked everyone."])


def unharmed(reader: Reader) -> None:
    """Nothing ran, and no request left; the latter every test checks at its end."""
    assert reader.page.title() == "Talks"


def only_characters(part: Locator) -> None:
    """Nothing in this part of the page was made by the text in it."""
    made = part.locator(FORBIDDEN).and_(part.page.locator(":not([data-tick])"))  # the page's own tick of a row
    expect(made).to_have_count(0)
    expect(part.locator('a[href*="away.example"], a[href^="javascript"]')).to_have_count(0)


def seen(text: str) -> str:
    """How the page spells a text: unseen marks by their number, and space as space."""
    return " ".join(visible(text).split())


def kept(served: Served) -> str:
    """The text of the hostile article as the library keeps it."""
    with Index(served.home, encoder=served.encoder) as index:
        return next(each.text for each in index.articles() if each.text.startswith(OPENING))


@pytest.fixture
def hostile(reader: Reader) -> Iterator[Reader]:
    """A reader who has put the hostile article into the library."""
    reader.paste(TITLE, BODY, publisher=PUBLISHER, published="2026-02-20")
    reader.says("1 added.")
    yield reader
    reader.go_to("Articles")
    row = reader.library.get_by_role("row").filter(has_text="onerror")
    row.get_by_role("button", name="Remove").first.click()
    row.get_by_role("button", name="Yes, remove").click()
    expect(reader.library.get_by_text("onerror")).to_have_count(0)


def test_a_hostile_article_is_characters_in_the_table_the_filter_the_answer_and_the_source(
    hostile: Reader, served: Served
) -> None:
    only_characters(hostile.library)
    only_characters(hostile.work)
    expect(hostile.library).to_contain_text(TITLE)
    expect(hostile.library).to_contain_text(PUBLISHER)
    hostile.go_to("Chat")
    hostile.page.get_by_label("Publisher", exact=True).first.fill("post</b>")
    only_characters(hostile.page.locator("#papers"))
    hostile.page.locator("#papers").get_by_role("button", name=f"Only {PUBLISHER}").click()
    only_characters(hostile.page.locator("#chips"))
    hostile.ask("What did Odd Sivertsen say about the ferry?")
    only_characters(hostile.answer)
    expect(hostile.answer.locator(".sources")).to_contain_text(TITLE)
    hostile.marker().click()
    only_characters(hostile.page.locator("#source-text"))
    paragraphs = hostile.page.locator("#source-text .article p").all_inner_texts()
    assert [" ".join(each.split()) for each in paragraphs] == [seen(each) for each in kept(served).split("\n\n")]
    hostile.page.keyboard.press("Escape")
    hostile.ask("How many goals did the striker score?", REFUSED)
    only_characters(hostile.answer)
    unharmed(hostile)


def read(shown: Locator) -> list[str]:
    """The texts as one reads them, each scrolled to: what is far out of sight is not laid out."""
    texts = []
    for each in shown.all():
        each.scroll_into_view_if_needed()
        texts.append(each.inner_text())
    return texts


def test_hostile_questions_are_shown_as_they_were_typed(visit: Callable[..., Reader], served: Served) -> None:
    reader = told(visit, served, [(payload, Answer("The articles do not say.", answered=False)) for payload in ALL])
    shown = reader.chat.locator(".question")
    expect(shown).to_have_count(len(ALL))
    for payload, text in zip(ALL, read(shown), strict=True):
        assert " ".join(text.removeprefix("You asked:").split()) == seen(payload)
    only_characters(reader.chat.locator(".message-wrap"))
    unharmed(reader)


def test_a_hostile_question_that_is_typed_edited_and_asked_again_stays_characters(reader: Reader) -> None:
    question = f"<img src={AWAY}/q.png> ![x]({AWAY}/q2.png) ${{document.title='run'}} Umerov?"
    reader.box.fill(question)
    reader.box.press("Enter")
    reader.question_stands(question)
    expect(reader.act("Try again")).to_be_visible()
    reader.chat.get_by_role("button", name="Edit").click()
    expect(reader.box).to_have_value(question)
    expect(reader.page.locator("#past")).to_contain_text("<img src=")
    only_characters(reader.page.locator("#past"))
    only_characters(reader.chat.locator(".message-wrap"))
    unharmed(reader)


@pytest.mark.parametrize("mode", ["quotes", "written"])
def test_hostile_answers_are_shown_as_they_were_written(
    visit: Callable[..., Reader], served: Served, mode: str
) -> None:
    exchanges = [("What is new?", Answer(payload.replace("\n\n", " "), answered=True, mode=mode)) for payload in ALL]
    reader = told(visit, served, exchanges)
    shown = reader.chat.locator(".answer .said")
    expect(shown).to_have_count(len(ALL))
    for payload, text in zip(ALL, read(shown), strict=True):
        assert " ".join(text.split()) == seen(payload)
    only_characters(reader.chat.locator(".message-wrap"))
    unharmed(reader)


def test_an_original_that_is_no_web_page_is_not_linked() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "http://a@b.example/", "https://x.example/\u202egpj", "//x"):
        article = Article("one", "One", "Words.", "pasted", url=url)
        reference = Reference.to(Citation(1, "Words.", 0, 6, article))
        assert "href" not in source_panel(str(reference), lambda _, article=article: article)


def told(visit: Callable[..., Reader], served: Served, exchanges: list[tuple[str, Answer]]) -> Reader:
    """A reader who comes back to a conversation in which this was asked and answered."""
    reader = visit()
    reader.ask("What did Rustem Umerov say?")
    kept = Conversations(served.home)
    memory = latest(kept)
    for question, answer in exchanges:
        kept.add_turn(memory.conversation or "", memory.owner, question, answer)
    kept.close()
    reader.page.reload()
    reader.says("Ready for questions.")
    expect(reader.chat.locator(".user-row")).to_have_count(len(exchanges) + 1)
    reader.chat.locator(".turn").first.evaluate("turn => turn.remove()")
    return reader


def latest(kept: Conversations) -> Memory:
    """Whose conversation was last added to, and which."""
    with closing(sqlite3.connect(kept.path)) as db:
        row = db.execute("SELECT owner, id FROM conversations ORDER BY updated DESC LIMIT 1").fetchone()
    return Memory(row[0], row[1])
