"""Asking: the answer comes with its markers, and can be followed up, stopped, asked again, changed, copied, rated."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.conversations.store import Conversations
from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser

UMEROV = "there is progress, but no details can be disclosed at this stage."


def test_a_question_is_answered_in_quotes_with_markers_and_its_source_listed_once(reader: Reader) -> None:
    reader.ask("What did Rustem Umerov say?")
    expect(reader.answer.locator("blockquote").first).to_contain_text(UMEROV)
    expect(reader.marker()).to_be_visible()
    expect(reader.answer.locator(".sources li")).to_have_count(1)
    expect(reader.answer.locator(".sources li")).to_contain_text("18 February 2026")


def test_an_example_question_from_the_article_is_answered(reader: Reader) -> None:
    example = reader.chat.locator(".idea").first
    question = example.inner_text()
    example.click()
    reader.question_stands(question)
    reader.says("Answer ready.")


def test_a_follow_up_is_understood_from_what_was_asked_before(reader: Reader) -> None:
    reader.ask("Who is Rustem Umerov?")
    reader.ask("What did he say about progress?")
    expect(reader.answer).to_contain_text(UMEROV)


def test_a_suggested_question_is_asked_by_pressing_it(reader: Reader) -> None:
    reader.ask("What did Rustem Umerov say?")
    idea = reader.answer.locator(".idea").first
    question = idea.inner_text()
    idea.press("Enter")
    reader.question_stands(question)
    reader.says(re.compile("^Answer ready"))


def test_what_the_articles_do_not_say_is_refused_with_the_nearest_passages_to_read(reader: Reader) -> None:
    reader.ask("Which hotel hosted the delegations?", REFUSED)
    refusal = reader.answer.locator(".refusal")
    expect(refusal).to_contain_text("The articles do not say")
    expect(refusal.locator("a.cite")).to_have_count(0)
    refusal.locator(".nearest a").first.click()
    expect(reader.hit).to_be_focused()


def test_an_empty_question_asks_nothing(reader: Reader) -> None:
    reader.box.fill("   ")
    reader.box.press("Enter")
    reader.says("Write a question first.")
    reader.ask("What did Rustem Umerov say?")
    expect(reader.chat.locator(".question")).to_have_count(1)


def test_asking_again_replaces_the_answer(reader: Reader) -> None:
    reader.ask("What did Rustem Umerov say?")
    reader.act("Try again").click()
    expect(reader.chat.locator(".working, .answer").last).to_be_visible()
    reader.says("Answer ready.")
    expect(reader.answer).to_contain_text(UMEROV)
    expect(reader.chat.locator(".question")).to_have_count(1)


def test_an_edited_question_replaces_itself_and_all_that_came_after(reader: Reader) -> None:
    question = "Who is <Rustem> *Umerov* & what is his office?"
    reader.ask(question, "Answer ready.")
    reader.ask("What did Steve Witkoff say?")
    reader.chat.get_by_role("button", name="Edit").first.click()
    expect(reader.box).to_have_value(question)
    reader.ask("What did Dmitry Peskov say?")
    expect(reader.chat.locator(".question")).to_have_count(1)
    expect(reader.answer).to_contain_text("Kremlin spokesman Dmitry Peskov")


def test_the_copied_answer_is_plain_text_with_its_markers(reader: Reader) -> None:
    reader.ask("What did Rustem Umerov say?")
    reader.act("Copy").click()
    reader.says("Answer copied.")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert UMEROV in copied
    assert "[1]" in copied
    assert "<" not in copied


def test_a_thumb_is_kept_in_the_home_with_question_and_answer_and_can_be_taken_back(
    reader: Reader, served: Served
) -> None:
    reader.ask("What did Rustem Umerov say to the press?")
    reader.act("Helpful").click()
    reader.says("Thank you.")
    kept = [each for each in _ratings(served.home) if each.question == "What did Rustem Umerov say to the press?"]
    assert [each.liked for each in kept] == [True]
    assert UMEROV in kept[0].answer
    assert kept[0].generation > 0
    expect(reader.act("Helpful")).to_have_attribute("aria-pressed", "true")
    reader.act("Helpful").click()
    reader.says("Taken back.")
    expect(reader.act("Helpful")).to_have_attribute("aria-pressed", "false")


def test_dates_the_wrong_way_round_are_answered_by_one_calm_sentence_and_the_question_stays(reader: Reader) -> None:
    reader.page.get_by_label("From").fill("2026-03-01")
    reader.page.get_by_label("To").fill("2026-02-01")
    reader.box.fill("What did Rustem Umerov say?")
    reader.box.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("exchange the two dates")
    expect(reader.box).to_have_value("What did Rustem Umerov say?")
    expect(reader.page.get_by_text("Error", exact=True)).to_have_count(0)


def test_filters_by_day_narrow_what_is_searched(reader: Reader) -> None:
    reader.page.get_by_label("From").fill("2026-03-01")
    reader.ask("What did Rustem Umerov say?", REFUSED)
    expect(reader.answer).to_contain_text("from 1 March 2026 on")
    reader.page.get_by_label("From").fill("2026-02-18")
    reader.ask("What did Rustem Umerov say?")


def _ratings(home: Path) -> list:
    kept = Conversations(home)
    try:
        return kept.ratings()
    finally:
        kept.close()
