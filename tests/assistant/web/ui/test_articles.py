"""The library on the page: add articles in three ways, ask about them at once, take them out again."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser

BRIDGE = """\
The bridge over the Vester river was opened to traffic on Sunday, Mayor Lucia Ferrante said.

It cost 60 million crowns and took seven years to build.
"""
MILL = "The old paper mill of Hallby burned down on Thursday night. Fire chief Anders Holm said nobody was hurt."


def test_the_table_says_what_is_in_the_library(reader: Reader) -> None:
    reader.go_to("Articles")
    row = reader.library.locator("tbody tr").first
    for said in ("Geneva round on Ukraine ends without a deal", "Talks brief", "18 February 2026", ".md"):
        expect(row).to_contain_text(said)


def test_pasted_text_is_found_by_the_next_question_and_gone_when_it_is_removed(reader: Reader) -> None:
    reader.paste("Bridge opens in Vesterby", BRIDGE, publisher="Vester Post", published="2026-02-22")
    row = reader.library.get_by_role("row").filter(has_text="Bridge opens in Vesterby")
    expect(row).to_contain_text("Vester Post")
    expect(row).to_contain_text("22 February 2026")
    expect(row).to_contain_text("pasted")
    reader.go_to("Chat")
    reader.ask("When was the bridge over the Vester river opened?")
    expect(reader.answer.locator("blockquote").first).to_contain_text("on Sunday")
    reader.only("Talks brief")
    reader.ask("What did the bridge over the Vester river cost?", REFUSED)
    reader.remove("Bridge opens in Vesterby")
    reader.go_to("Chat")
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.chat.locator(".question")).to_have_count(0)
    reader.ask("When was the bridge over the Vester river opened?", REFUSED)


def test_an_article_is_added_from_its_address(reader: Reader, web: str) -> None:
    reader.unfold()
    reader.page.get_by_label("Addresses, one on a line").fill(f"{web}/harbour\n{web}/nothing\nfile:///etc/passwd")
    reader.page.get_by_role("button", name="Add from the web").click()
    reader.says("1 added, 2 could not be added.")
    expect(reader.work.locator(".failed").first).to_contain_text("status 404")
    expect(reader.work.locator(".failed").last).to_contain_text("is not a web address")
    reader.go_to("Chat")
    reader.ask("Which ship was the first to enter the harbour of Porto Sereno?")
    reader.marker().click()
    expect(reader.hit).to_contain_text("Albatros")
    expect(reader.source.get_by_role("link", name="Open the original at this sentence: 127.0.0.1")).to_have_attribute(
        "href", re.compile(f"^{re.escape(web)}/harbour#:~:text=")
    )
    reader.page.keyboard.press("Escape")
    reader.remove("Harbour opens again")


def test_the_chat_goes_on_while_an_article_is_fetched(reader: Reader, web: str, patience: threading.Event) -> None:
    reader.unfold()
    reader.page.get_by_label("Addresses, one on a line").fill(f"{web}/slow")
    reader.page.get_by_role("button", name="Add from the web").click()
    expect(reader.work.get_by_role("progressbar")).to_be_visible()
    reader.go_to("Chat")
    reader.ask("What did Rustem Umerov say?")
    reader.go_to("Articles")
    expect(reader.work.get_by_role("progressbar")).to_be_visible()
    patience.set()
    expect(reader.work.locator(".failed")).to_contain_text("status 404")


def test_several_files_are_added_each_with_its_line_and_its_failure(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "mill.md").write_text(f"# Paper mill burns down\n\n{MILL}\n", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    reader.unfold()
    reader.page.locator("#files input[type=file]").set_input_files([tmp_path / "mill.md", tmp_path / "empty.txt"])
    reader.says("1 added, 1 could not be added.")
    expect(reader.work.locator(".done")).to_contain_text("Paper mill burns down")
    expect(reader.work.locator(".failed")).to_contain_text("empty.txt")
    reader.go_to("Chat")
    reader.ask("What did fire chief Anders Holm say?")
    expect(reader.answer).to_contain_text("nobody was hurt")
    reader.remove("Paper mill burns down")


def test_an_article_stays_until_its_removal_is_confirmed(reader: Reader) -> None:
    title = "Geneva round on Ukraine ends without a deal"
    reader.go_to("Articles")
    reader.page.get_by_role("button", name=f"Remove {title}").click()
    keep = reader.page.get_by_role("button", name="Keep it").locator("visible=true")
    expect(keep).to_be_focused()
    keep.click()
    expect(reader.page.get_by_role("button", name=f"Remove {title}")).to_be_focused()
    expect(reader.library).to_contain_text(title)


def test_pasted_text_without_a_title_is_refused_with_a_reason_and_stays_in_the_form(reader: Reader) -> None:
    reader.paste("", "Words without a title.")
    expect(reader.work.locator(".failed")).to_contain_text("has no title")
    expect(reader.page.get_by_label("Text", exact=True)).to_have_value("Words without a title.")


def test_the_index_is_rebuilt_and_answers_as_before(reader: Reader) -> None:
    reader.go_to("Articles")
    reader.page.get_by_role("button", name="Rebuild the index").click()
    reader.says("Rebuild finished.")
    expect(reader.work).to_contain_text("passages")
    reader.go_to("Chat")
    reader.ask("What did Rustem Umerov say?")


def test_an_article_is_found_by_its_title(reader: Reader) -> None:
    reader.go_to("Articles")
    find = reader.page.get_by_label("Find by title or publisher")
    find.fill("no such words")
    expect(reader.page.locator("#library")).to_contain_text("No article has these words")
    find.fill("geneva")
    expect(reader.library.locator("tbody tr")).to_have_count(1)
