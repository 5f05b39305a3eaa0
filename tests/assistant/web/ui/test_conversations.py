"""Conversations stay: over a reload, over a restart, in a list; until they are deleted. Others do not see them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.reader import Reader

pytestmark = pytest.mark.browser

UMEROV, PESKOV = "What did Rustem Umerov say?", "What did Dmitry Peskov say?"


def past(reader: Reader) -> Locator:
    return reader.page.locator("#past").get_by_role("button")


def test_a_conversation_survives_a_reload_and_a_restart_of_the_server(reader: Reader, served: Served) -> None:
    reader.ask(UMEROV)
    reader.arrive()
    reader.question_stands(UMEROV)
    served.restart()
    reader.wrongs.clear()  # the browser complains, rightly, that the server was away
    reader.arrive()
    reader.question_stands(UMEROV)
    reader.marker().click()
    expect(reader.hit).to_contain_text("there is progress")
    reader.page.keyboard.press("Escape")
    reader.ask("Who is he?")
    expect(reader.chat.locator(".question")).to_have_count(2)


def test_conversations_are_listed_latest_first_and_reopened(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.chat.locator(".question")).to_have_count(0)
    reader.ask(PESKOV)
    expect(past(reader)).to_have_count(2)
    expect(past(reader).first).to_contain_text(PESKOV)
    past(reader).last.click()
    reader.question_stands(UMEROV)
    expect(past(reader).last).to_have_attribute("aria-current", "true")


def test_what_is_half_written_stays_when_another_conversation_opens_but_not_what_was_to_be_edited(
    reader: Reader,
) -> None:
    reader.ask(UMEROV)
    reader.box.fill("And what")
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.chat.locator(".question")).to_have_count(0)
    expect(reader.box).to_have_value("And what")
    past(reader).first.click()
    reader.question_stands(UMEROV)
    reader.chat.get_by_role("button", name="Edit").click()
    expect(reader.box).to_have_value(UMEROV)
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.box).to_have_value("And what")


def test_a_conversation_that_was_deleted_can_be_brought_back_at_once(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.page.get_by_role("button", name="Delete", exact=True).click()
    reader.says("Conversation deleted.")
    expect(past(reader)).to_have_count(0)
    reader.page.get_by_role("button", name="Undo").click()
    reader.question_stands(UMEROV)
    expect(past(reader)).to_have_count(1)
    reader.page.get_by_role("button", name="Delete", exact=True).click()
    reader.says("Conversation deleted.")
    reader.arrive()
    expect(reader.chat.locator(".question")).to_have_count(0)


def test_a_conversation_is_saved_as_markdown_with_its_citations(reader: Reader, tmp_path: Path) -> None:
    reader.ask(UMEROV)
    with reader.page.expect_download() as download:
        reader.page.get_by_label("Save the conversation as").select_option("markdown")
    download.value.save_as(tmp_path / "saved.md")
    saved = (tmp_path / "saved.md").read_text("utf-8")
    for said in (UMEROV, "there is progress, but no details", "Geneva round on Ukraine ends without a deal"):
        assert said in saved


def test_on_a_phone_the_list_opens_and_gives_way_to_the_conversation_chosen(visit: Callable[..., Reader]) -> None:
    reader = visit(390, 844, has_touch=True)
    reader.ask(UMEROV)
    toggle = reader.page.get_by_role("button", name="Conversations and filters")
    expect(past(reader)).to_be_hidden()
    toggle.tap()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    past(reader).first.tap()
    reader.says("Conversation opened.")
    expect(past(reader)).to_be_hidden()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    reader.go_to("Articles")
    toggle.tap()
    expect(past(reader)).to_be_visible()


def test_another_browser_sees_nothing_of_it(reader: Reader, visit: Callable[..., Reader]) -> None:
    reader.ask(UMEROV)
    other = visit()
    expect(past(other)).to_have_count(0)
    expect(other.chat.locator(".question")).to_have_count(0)
