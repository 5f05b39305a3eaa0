"""Further faults that readers of the page met with: the search said, phones, printing, the keyboard, saved quotes."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser

UMEROV, PESKOV = "What did Rustem Umerov say?", "What did Dmitry Peskov say?"
STOPS = (
    "[...document.querySelectorAll('#log .turn:first-child *')].filter(e => e.tabIndex >= 0 && e.offsetParent).length"
)
FOCUSED = "document.activeElement !== document.body"


def test_an_answer_says_what_was_searched_and_can_be_asked_everywhere(reader: Reader) -> None:
    reader.only("Talks brief", "Hide")
    expect(reader.page.locator("#chips")).to_contain_text("Without Talks brief")
    reader.ask(UMEROV, REFUSED)
    expect(reader.answer.locator(".searched")).to_contain_text("Searched without Talks brief.")
    reader.page.reload()
    expect(reader.page.locator("#chips")).to_contain_text("Without Talks brief")
    reader.answer.get_by_role("button", name="Ask everywhere").click()
    expect(reader.chat.locator(".question")).to_have_count(2)
    expect(reader.answer.locator("blockquote").first).to_contain_text("there is progress")
    expect(reader.page.locator("#chips")).to_be_hidden()


def test_on_a_phone_back_closes_the_source_and_words_stand_by_their_own_direction(
    visit: Callable[..., Reader],
) -> None:
    reader = visit(390, 844, has_touch=True)
    reader.ask(UMEROV)
    reader.marker().tap()
    expect(reader.hit).to_be_in_viewport()
    assert reader.source.locator(".article p[dir=auto]").count() > 0
    assert reader.chat.locator(".question[dir=auto], blockquote p[dir=auto]").count() == 2
    reader.page.go_back()
    expect(reader.source).to_be_hidden()
    reader.question_stands(UMEROV)
    expect(reader.box).to_be_in_viewport()


def test_an_article_is_opened_sorted_and_corrected_and_what_happens_is_said(reader: Reader) -> None:
    reader.go_to("Articles")
    title = reader.library.locator("tbody .title").first
    expect(title).to_be_visible()
    assert title.bounding_box()["y"] < 400  # type: ignore[index]
    reader.library.get_by_role("button", name="Date").click()
    expect(reader.library.locator("[aria-sort=ascending]")).to_contain_text("Date")
    title.click()
    expect(reader.source.locator(".headline")).to_be_focused()
    reader.page.get_by_role("button", name="Correct title, paper or date").click()
    expect(reader.page.get_by_label("Author")).to_be_visible()
    reader.page.locator("form.correction").get_by_label("Author").fill("Ana Silva")
    reader.page.locator("form.correction").get_by_role("button", name="Save").click()
    reader.says("Corrected: Geneva round on Ukraine ends without a deal")
    expect(reader.source.locator(".about").first).to_contain_text("Ana Silva")
    status = reader.page.get_by_role("status")
    expect(status.first).to_be_visible()  # in every room


def test_the_whole_conversation_is_printed(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.ask(PESKOV)
    reader.page.emulate_media(media="print")
    for part in ("#rail", "#composer", "#masthead", ".acts"):
        expect(reader.page.locator(part).first).to_be_hidden()
    view = "(() => { const v = document.querySelector('#view'); return v.scrollHeight <= v.clientHeight + 1 })()"
    assert reader.page.evaluate(view)
    expect(reader.chat.locator(".question")).to_have_count(2)
    reader.page.emulate_media(media="screen")


def test_the_focus_stays_and_a_finished_turn_has_three_stops_and_a_heading(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.act("Helpful").press("Enter")
    reader.says("Thank you.")
    expect(reader.act("Helpful")).to_be_focused()
    reader.ask(PESKOV)
    assert reader.page.evaluate(STOPS) <= 3
    expect(reader.chat.get_by_role("heading", level=2, name="You asked")).to_have_count(2)
    reader.page.get_by_role("button", name="Delete", exact=True).click()
    reader.says("Conversation deleted.")
    assert reader.page.evaluate(FOCUSED)
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.box).to_be_focused()


def test_thanks_is_no_refusal_and_what_to_ask_next_goes_with_the_next_question(
    reader: Reader,
) -> None:
    reader.ask(UMEROV)
    reader.ask("thanks!", re.compile("^Answer ready"))
    expect(reader.answer).not_to_contain_text("Not in the articles")
    expect(reader.chat.locator(".ideas:visible")).to_have_count(0)


def test_quotes_are_saved_with_a_note_and_stay(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.answer.get_by_role("button", name="Save 1").click()
    reader.says("Saved to Clippings.")
    reader.go_to("Clippings")
    clipping = reader.page.locator(".clipping")
    expect(clipping).to_contain_text("there is progress")
    clipping.get_by_label(re.compile("^Note")).fill("For the lead")
    clipping.get_by_role("button", name=re.compile("^Keep")).click()
    reader.says("Note kept.")
    reader.page.reload()
    reader.go_to("Clippings")
    expect(clipping.get_by_label(re.compile("^Note"))).to_have_value("For the lead")
    clipping.get_by_role("button", name=re.compile("^Delete")).click()
    expect(clipping).to_have_count(0)
    reader.page.get_by_role("button", name="Undo").click()
    expect(clipping).to_have_count(1)


def test_a_name_leads_to_all_that_its_bearer_says(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.answer.locator(".speaker").first.click()
    statements = reader.page.locator("#statements")
    expect(statements.get_by_role("heading", name="Rustem Umerov")).to_be_focused()
    expect(statements.locator(".card").first).to_contain_text("there is progress")
    expect(reader.page.locator("#people")).to_contain_text("Dmitry Peskov")


def test_a_quote_is_copied_with_its_credit(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.answer.get_by_role("button", name="Copy quote 1").click()
    reader.says("Quote copied.")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Rustem Umerov, who heads")
    for part in ("— Rustem Umerov", "Geneva round on Ukraine ends without a deal", "Talks brief", "18 February 2026"):
        assert part in copied


def test_conversations_are_renamed_pinned_and_found_by_what_was_said(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.page.get_by_role("button", name="Rename", exact=True).click()
    reader.page.get_by_label("New title").fill("Kyiv’s side")
    reader.page.get_by_role("button", name="Rename it").click()
    reader.says("Conversation renamed.")
    reader.page.get_by_role("button", name="Pin", exact=True).click()
    reader.says(re.compile("^Pinned"))
    reader.page.get_by_role("button", name="New conversation").click()
    reader.ask(PESKOV)
    past = reader.page.locator("#past button")
    expect(past.first).to_contain_text("Kyiv’s side")
    reader.page.get_by_label("Find in conversations").fill("no details can be disclosed")
    expect(past).to_have_count(1)


def test_a_date_before_there_were_papers_is_no_bound(make_library, encoder) -> None:  # type: ignore[no-untyped-def]
    from index import Index
    from index.filters import Filter

    home = make_library({})
    with Index(home, encoder=encoder) as index:
        index.add_text("Words of one.", title="One", published=date(1, 1, 1))
        index.add_text("Words of two.", title="Two", published=date(2026, 7, 19))
        index.add_text("Words of three.", title="Three", published=date(2026, 7, 20))
        held = index.stores.catalog.holdings(Filter())
    assert (held.first, held.last) == (date(2026, 7, 19), date(2026, 7, 20))
