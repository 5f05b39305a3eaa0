"""The source: pressing a marker opens the article at exactly the words cited, and Escape leads back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser


def cited(reader: Reader) -> str:
    """The words that the first marker stands behind."""
    return reader.answer.locator("blockquote").first.evaluate(
        "quote => { const copy = quote.cloneNode(true); copy.querySelector('.cite').remove(); return copy.innerText }"
    )


def test_a_marker_pressed_by_mouse_shows_exactly_the_cited_words_marked(reader: Reader) -> None:
    reader.ask("What did Dmitry Peskov say?")
    words = cited(reader)
    reader.marker().click()
    expect(reader.source).to_contain_text("Geneva round on Ukraine ends without a deal")
    expect(reader.source).to_contain_text("18 February 2026")
    expect(reader.hit).to_be_focused()
    expect(reader.hit).to_be_in_viewport()
    assert "".join(reader.source.locator("mark").all_inner_texts()) == words


def test_a_marker_pressed_by_keyboard_opens_its_source_and_escape_returns_to_it(reader: Reader) -> None:
    reader.ask("What did Dmitry Peskov say?")
    reader.marker().focus()
    reader.page.keyboard.press("Enter")
    expect(reader.hit).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.source).to_be_hidden()
    expect(reader.marker()).to_be_focused()


def test_the_listed_source_opens_as_well(reader: Reader) -> None:
    reader.ask("What did Dmitry Peskov say?")
    reader.answer.locator(".sources a").click()
    expect(reader.hit).to_contain_text("Dmitry Peskov")


def test_on_a_phone_the_source_covers_the_chat_and_closes_again(visit: Callable[..., Reader]) -> None:
    reader = visit(390, 844, has_touch=True)
    reader.ask("What did Dmitry Peskov say?")
    reader.marker().tap()
    expect(reader.hit).to_be_in_viewport()
    assert reader.source.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert reader.box.evaluate("box => box.closest('[inert]') !== null")
    reader.page.get_by_role("button", name="Close the source").tap()
    expect(reader.source).to_be_hidden()
    expect(reader.box).to_be_in_viewport()


@pytest.mark.parametrize("reference", ["", "x", "0000.1.2.000000000000", "../../etc/passwd", "a.-1.5.000000000000"])
def test_a_reference_that_is_none_of_the_library_shows_a_sentence_and_nothing_else(
    reader: Reader, reference: str
) -> None:
    reader.ask("What did Dmitry Peskov say?")
    reader.marker().evaluate("(link, reference) => link.setAttribute('href', '#cite=' + reference)", reference)
    reader.marker().click()
    expect(reader.hit).to_have_class("gone")
    expect(reader.source.locator("mark")).to_have_count(0)


def test_offsets_other_than_those_cited_are_not_marked(reader: Reader) -> None:
    reader.ask("What did Dmitry Peskov say?")
    reader.marker().evaluate(
        "link => link.setAttribute('href', link.getAttribute('href').replace(/\\.\\d+\\./, '.0.'))"
    )
    reader.marker().click()
    expect(reader.hit).to_contain_text("replaced since the answer was given")


def test_a_source_whose_article_was_removed_says_so(reader: Reader) -> None:
    reader.paste("Lighthouse keeper retires", "The lighthouse keeper Edda Nilsen retires on Friday after 41 years.")
    expect(reader.library).to_contain_text("Lighthouse keeper retires")
    reader.go_to("Chat")
    reader.ask("When does Edda Nilsen retire?")
    reader.remove("Lighthouse keeper retires")
    reader.go_to("Chat")
    reader.marker().click()
    expect(reader.hit).to_contain_text("no longer in the library")
    reader.page.keyboard.press("Escape")
    reader.ask("When does the lighthouse keeper Edda Nilsen retire?", REFUSED)
    reader.page.reload()
    expect(reader.chat.locator(".lost")).to_contain_text("Lighthouse keeper retires")
