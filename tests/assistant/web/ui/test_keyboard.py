"""The keyboard alone: everything that can be done on the page, without a mouse."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.web.ui.reader import READY, REFUSED, Reader

pytestmark = pytest.mark.browser

UMEROV, PESKOV = "What did Rustem Umerov say?", "What did Dmitry Peskov say?"
#: Tab stops after which something counts as out of reach.
FAR = 90
#: Whether the focus is in the group of what is looked for, where arrow keys go on; else Tab does.
IN_ITS_GROUP = """at => {
  const group = at.closest('[data-group]');
  const now = document.activeElement;
  if (!group || now.closest('[data-group]') !== group) return '';
  return now.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? 'ArrowDown' : 'ArrowUp';
}"""
STOPS = """() => [...document.querySelectorAll('#log .turn')].map(turn =>
  [...turn.querySelectorAll('*')].filter(each => each.tabIndex >= 0 && each.offsetParent).length)"""


def reach(reader: Reader, wanted: Locator) -> None:
    """Come to something by Tab, and within its group by the arrow keys."""
    expect(wanted).to_be_visible()
    for _ in range(FAR):
        if wanted.evaluate("at => document.activeElement === at"):
            return
        reader.page.keyboard.press(wanted.evaluate(IN_ITS_GROUP) or "Tab")
    raise AssertionError(f"{wanted} cannot be reached by the keyboard")


def press(reader: Reader, wanted: Locator, key: str = "Enter") -> None:
    """Come to something, and press it."""
    reach(reader, wanted)
    reader.page.keyboard.press(key)


def type_in(reader: Reader, wanted: Locator, words: str) -> None:
    """Come to a field, and write into it."""
    reach(reader, wanted)
    reader.page.keyboard.press("ControlOrMeta+a")
    reader.page.keyboard.type(words)


def ask(reader: Reader, question: str) -> None:
    type_in(reader, reader.box, question)
    reader.page.keyboard.press("Enter")
    reader.question_stands(question)
    reader.says(re.compile("^Answer ready"))


def test_questions_are_asked_sources_read_and_quotes_copied_and_saved(reader: Reader) -> None:
    keys = reader.page.keyboard
    ask(reader, UMEROV)
    press(reader, reader.marker())
    expect(reader.hit).to_be_focused()
    if (step := reader.page.get_by_role("button", name="Next", exact=True)).is_visible():
        press(reader, step)
        expect(reader.hit).to_be_focused()
    keys.press("Escape")
    expect(reader.source).to_be_hidden()
    press(reader, reader.act("Copy quote 1"))
    reader.says("Quote copied.")
    press(reader, reader.act("Save 1"))
    reader.says("Saved to Clippings.")
    press(reader, reader.act("Helpful"), "Space")
    reader.says("Thank you.")
    press(reader, reader.act("Edit"))
    expect(reader.box).to_be_focused()
    expect(reader.editing).to_be_visible()
    keys.press("Escape")
    expect(reader.editing).to_be_hidden()
    ask(reader, "Which hotel hosted the delegations?")
    press(reader, reader.answer.locator(".nearest a").first)
    expect(reader.hit).to_be_focused()


def test_a_search_is_narrowed_and_conversations_are_kept_in_order(reader: Reader) -> None:
    page = reader.page
    type_in(reader, page.get_by_label("Publisher", exact=True).first, "talks")
    press(reader, page.locator("#papers").get_by_role("button", name="Hide Talks brief", exact=True))
    ask(reader, UMEROV)
    reader.says(REFUSED)
    press(reader, reader.act("Ask everywhere"))
    reader.says("Answer ready.")
    press(reader, page.get_by_role("button", name="Rename", exact=True))
    type_in(reader, page.get_by_label("New title"), "Kyiv’s side")
    page.keyboard.press("Enter")
    reader.says("Conversation renamed.")
    press(reader, page.get_by_role("button", name="Pin", exact=True))
    reader.says(re.compile("^Pinned"))
    press(reader, page.get_by_role("button", name="New conversation"))
    ask(reader, PESKOV)
    press(reader, page.locator("#past button").filter(has_text="Kyiv’s side"))
    reader.question_stands(UMEROV)
    press(reader, page.get_by_role("button", name="Delete", exact=True))
    reader.says("Conversation deleted.")
    press(reader, page.get_by_role("button", name="Undo"))
    reader.says("The conversation is back.")


def test_articles_are_added_read_corrected_and_removed(reader: Reader) -> None:
    page = reader.page
    press(reader, page.get_by_role("tab", name="Articles"))
    press(reader, page.get_by_role("button", name="Add articles"))
    type_in(reader, page.get_by_label("Title", exact=True), "Lighthouse lit")
    type_in(reader, page.get_by_label("Text", exact=True), "The lighthouse of Norhaven is lit again.")
    press(reader, page.get_by_role("button", name="Add the text"))
    reader.says("1 added.")
    press(reader, reader.library.get_by_role("button", name="Title"))
    title = reader.library.get_by_role("button", name="Lighthouse lit", exact=True)
    press(reader, title)
    expect(reader.source.locator(".headline")).to_be_focused()
    press(reader, page.get_by_role("button", name="Correct title, paper or date"))
    type_in(reader, page.locator("form.correction").get_by_label("Publisher"), "Norhaven Courier")
    page.keyboard.press("Enter")
    reader.says("Corrected: Lighthouse lit")
    page.keyboard.press("Escape")
    press(reader, page.get_by_role("button", name="Remove Lighthouse lit"))
    press(reader, page.get_by_role("button", name="Yes, remove").locator("visible=true"))
    reader.says("Removed: Lighthouse lit")


def test_people_are_read_and_clippings_noted(reader: Reader) -> None:
    page = reader.page
    press(reader, page.get_by_role("tab", name="People"))
    press(reader, page.locator("#people").get_by_role("button", name="Rustem Umerov"))
    expect(page.locator("#statements h3")).to_be_focused()
    press(reader, page.locator("#statements [data-act=save]").first)
    reader.says("Saved to Clippings.")
    press(reader, page.get_by_role("tab", name="Clippings"))
    clipping = page.locator(".clipping")
    type_in(reader, clipping.get_by_label(re.compile("^Note")), "For the lead")
    press(reader, clipping.get_by_role("button", name=re.compile("^Keep")))
    reader.says("Note kept.")
    press(reader, clipping.get_by_role("button", name=re.compile("^Delete")))
    reader.says("Clipping deleted.")


def test_a_finished_turn_has_three_stops_at_most_and_a_heading_to_jump_to(reader: Reader) -> None:
    for question in (UMEROV, "Which hotel hosted the delegations?", "What’s new?", "thanks!", PESKOV):
        reader.ask(question, re.compile("^Answer ready"))
    assert max(reader.page.evaluate(STOPS)) <= 3
    reader.page.reload()
    reader.says(READY)
    assert max(reader.page.evaluate(STOPS)) <= 3
    expect(reader.chat.get_by_role("heading", level=2, name="You asked")).to_have_count(5)
