"""Two people at one library: what one adds and removes, the other sees, and loses nothing by it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.assistant.web.ui.reader import Reader

pytestmark = pytest.mark.browser

TITLE = "Lighthouse of Norhaven lit"
TEXT = "The lighthouse of Norhaven is lit again, its keeper Petra Valk said. It was dark for eleven years."


def test_what_one_adds_and_removes_the_other_finds_in_table_filter_and_answer(visit: Callable[..., Reader]) -> None:
    editor, other = visit(), visit()
    other.go_to("Articles")
    expect(other.library).to_be_visible()
    other.go_to("Chat")
    editor.paste(TITLE, TEXT, "Norhaven Courier")
    editor.says("1 added.")

    other.page.get_by_label("Publisher", exact=True).first.fill("norh")
    expect(other.page.locator("#papers")).to_contain_text("Norhaven Courier")
    other.ask("Who is the keeper of the lighthouse of Norhaven?")
    expect(other.answer).to_contain_text("Petra Valk")
    other.go_to("Articles")
    expect(other.library.get_by_text(TITLE).first).to_be_visible()

    editor.remove(TITLE)
    other.go_to("Chat")
    expect(other.answer).to_contain_text("Petra Valk")  # what was said stays
    other.go_to("Articles")
    expect(other.library.get_by_text(TITLE)).to_have_count(0)


def test_whoever_removes_what_another_has_removed_is_told_so_and_keeps_what_stands_in_the_form(
    visit: Callable[..., Reader],
) -> None:
    editor, other = visit(), visit()
    editor.paste(TITLE, TEXT)
    editor.says("1 added.")
    other.unfold()
    expect(other.library.get_by_text(TITLE).first).to_be_visible()
    other.page.get_by_label("Text", exact=True).fill("Half a text")
    editor.remove(TITLE)
    other.page.get_by_role("button", name=f"Remove {TITLE}").click()
    other.page.get_by_role("button", name="Yes, remove").locator("visible=true").click()
    expect(other.work).to_contain_text("not removed: it is no longer in the library.")
    expect(other.library.get_by_text(TITLE)).to_have_count(0)
    expect(other.page.get_by_label("Text", exact=True)).to_have_value("Half a text")


def test_after_a_removal_the_keyboard_is_at_the_next_article(visit: Callable[..., Reader]) -> None:
    editor = visit()
    editor.paste(TITLE, TEXT)
    editor.says("1 added.")
    editor.remove(TITLE)
    expect(editor.library.locator("[data-remove]").first).to_be_focused()
