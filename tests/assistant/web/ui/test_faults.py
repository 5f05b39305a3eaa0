"""Faults that readers of the page met with: what was done, and what must happen."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import Answer, Citation
from assistant.web.ui import suggestions
from index import Article
from tests.assistant.web.ui.reader import Reader

pytestmark = pytest.mark.browser

UMEROV, PESKOV, WITKOFF = "What did Rustem Umerov say?", "What did Dmitry Peskov say?", "What did Steve Witkoff say?"
MILL = (
    "The old paper mill of Hallby burned down on Thursday night. Fire chief Anders Holm said nobody was hurt.\n\n"
    "“The mill will be built again,” the mayor Lisbet Krag said on Friday.\n\n“We have the money,” Krag said."
)


def questions(reader: Reader) -> list[str]:
    shown = reader.chat.locator(".question").all_inner_texts()
    return [each.removeprefix("You asked:").strip() for each in shown]


def selected(page: Page, locator: str) -> str:
    return page.evaluate(
        "at => { const s = getSelection(); s.selectAllChildren(document.querySelector(at)); return s.toString() }",
        locator,
    )


def test_an_edit_says_what_will_go_and_can_be_cancelled(reader: Reader) -> None:
    for question in (UMEROV, PESKOV, WITKOFF):
        reader.ask(question)
    reader.box.fill("half a que")
    reader.chat.get_by_role("button", name="Edit").first.click()
    expect(reader.editing).to_contain_text("Editing question 1: 2 later answers will go.")
    reader.marker().click()
    expect(reader.hit).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(reader.editing).to_contain_text("Editing question 1")  # whatever else is said meanwhile
    reader.box.focus()
    reader.page.keyboard.press("Escape")
    expect(reader.editing).to_be_hidden()
    expect(reader.box).to_have_value("half a que")
    reader.chat.get_by_role("button", name="Edit").first.click()
    reader.editing.get_by_role("button", name="Cancel").click()
    reader.ask("Who is Rustem Umerov?")
    assert questions(reader) == [UMEROV, PESKOV, WITKOFF, "Who is Rustem Umerov?"]


def test_an_edit_that_was_sent_can_be_undone_and_the_old_answers_stay(reader: Reader) -> None:
    for question in (UMEROV, PESKOV, WITKOFF):
        reader.ask(question)
    reader.chat.get_by_role("button", name="Edit").first.click()
    reader.ask("Who is Rustem Umerov?")
    assert questions(reader) == ["Who is Rustem Umerov?"]
    reader.page.get_by_role("button", name="Undo").click()
    reader.says("The answers from before are back.")
    assert questions(reader) == [UMEROV, PESKOV, WITKOFF]
    reader.page.reload()
    reader.question_stands(WITKOFF)
    reader.chat.get_by_role("button", name="Show the answer from before the edit").click()
    expect(reader.chat.locator(".question")).to_have_count(1)
    reader.question_stands("Who is Rustem Umerov?")
    reader.chat.get_by_role("button", name="Show the 3 answers from before the edit").click()
    expect(reader.chat.locator(".question")).to_have_count(3)


def test_a_publisher_is_found_by_typing_and_the_question_is_answered(reader: Reader) -> None:
    reader.page.get_by_label("Publisher", exact=True).first.click()
    reader.page.keyboard.type("talks br")
    papers = reader.page.locator("#papers li")
    expect(papers).to_have_count(1)
    expect(papers).to_contain_text("Talks brief")
    papers.get_by_role("button", name="Only").click()
    expect(reader.page.locator("#chips")).to_contain_text("Only Talks brief")
    reader.ask(UMEROV)
    expect(reader.answer.locator("blockquote").first).to_contain_text("there is progress")


@pytest.mark.parametrize("status", [None, 500])
def test_a_server_that_is_away_is_said_in_a_sentence(reader: Reader, status: int | None) -> None:
    reader.ask(UMEROV)
    reader.page.route(
        "**/page/source*", lambda route: route.abort() if status is None else route.fulfill(status=status)
    )
    reader.marker().click()
    expect(reader.hit).to_have_text("The server does not answer: see whether Talks still runs, then try again.")
    expect(reader.page.locator("#status")).to_contain_text("The server does not answer")
    assert not [each for each in reader.wrongs if "page error" in each]
    reader.wrongs.clear()  # the browser complains, rightly, that the server was away


@pytest.mark.parametrize("fresh", ["What’s new?", "Summarize the Geneva talks", "List everything Dmitry Peskov said"])
def test_a_whole_question_after_another_is_no_follow_up(reader: Reader, fresh: str) -> None:
    reader.ask("Is broccoli healthy?", re.compile("^Answer ready"))
    reader.ask(fresh, re.compile("^Answer ready"))
    expect(reader.answer.locator(".read-as")).to_have_count(0)
    expect(reader.answer).not_to_contain_text("broccoli")


def test_how_a_follow_up_was_read_is_seen_at_once_and_it_can_be_asked_by_itself(reader: Reader) -> None:
    reader.ask("Who is Rustem Umerov?")
    reader.ask("What did he say about progress?")
    line = reader.answer.locator(".read-as")
    expect(line).to_be_visible()
    expect(line).to_contain_text("Rustem Umerov")
    line.get_by_role("button", name="Ask it by itself").click()
    expect(reader.answer.locator(".acts")).to_be_visible()
    expect(reader.answer.locator(".read-as")).to_have_count(0)
    expect(reader.chat.locator(".question")).to_have_count(2)


def test_what_is_selected_to_be_copied_has_no_names_of_markers_in_it(reader: Reader) -> None:
    reader.ask(UMEROV)
    copied = selected(reader.page, "#log .answer")
    assert "at this stage" in copied
    assert "source" not in copied.lower().replace("sources", "").replace("source\n", "")
    assert not re.search(r"stage\.”?\s?1", copied)


def test_a_quote_over_two_paragraphs_is_one_quote(
    reader: Reader, shelf: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.service import Service

    article = shelf("Mill of Hallby", MILL, publisher="Hallby Post")
    start = article.text.index("“The mill")
    quote = Citation(1, article.text[start:], start, len(article.text), article)
    answer = Answer(f"{quote.quote} [1]", answered=True, citations=(quote,))
    monkeypatch.setattr(Service, "stream", lambda *_, **__: iter_closing(answer))
    reader.ask("What did the mayor say?")
    expect(reader.answer.locator("blockquote")).to_have_count(1)
    expect(reader.answer.locator("blockquote p")).to_have_count(2)
    expect(reader.answer.locator("blockquote a.cite")).to_have_count(1)


def iter_closing(*answers: Answer) -> Iterator[Answer]:
    yield from answers


def test_the_open_number_is_marked_and_nothing_of_it_stays_in_another_conversation(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.marker().click()
    expect(reader.hit).to_be_visible()
    expect(reader.marker()).to_have_attribute("aria-current", "true")
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.source).to_be_hidden()
    expect(reader.page.locator("mark")).to_have_count(0)
    reader.ask(PESKOV)
    expect(reader.chat.locator("a.cite[aria-current]")).to_have_count(0)


def test_quotes_stand_at_once_and_are_announced_once(reader: Reader) -> None:
    reader.page.evaluate(
        """() => {
          window.heard = []; window.shown = [];
          const status = document.querySelector('#status');
          new MutationObserver(() => window.heard.push(status.textContent.trim()))
            .observe(status, { subtree: true, childList: true, characterData: true });
          new MutationObserver(() => {
            const text = document.querySelector('#log .turn.last .answer')?.innerText;
            if (text && window.shown.at(-1) !== text) window.shown.push(text);
          }).observe(document.querySelector('#log'), { subtree: true, childList: true, characterData: true });
        }"""
    )
    reader.ask(UMEROV)
    reader.page.wait_for_timeout(400)
    assert len(reader.page.evaluate("window.shown")) == 1
    assert reader.page.evaluate("window.heard").count("Answer ready.") == 1
    assert reader.page.locator("#log[aria-live], #view[aria-live], #log[role=log]").count() == 0


def test_two_tabs_stay_apart_over_reloads(reader: Reader) -> None:
    reader.ask(UMEROV)
    other = Reader(reader.page.context.new_page(), reader.url).arrive()
    expect(other.chat.locator(".question")).to_have_count(0)
    other.ask(PESKOV)
    reader.page.reload()
    reader.says("Ready for questions.")
    assert questions(reader) == [UMEROV]
    assert other.wrongs == []


def test_a_question_in_a_conversation_that_was_deleted_elsewhere_is_given_back(reader: Reader) -> None:
    reader.ask(UMEROV)
    other = Reader(reader.page.context.new_page(), reader.url).arrive()
    other.page.locator("#past button").first.click()
    other.question_stands(UMEROV)
    other.page.get_by_role("button", name="Delete", exact=True).click()
    other.says("Conversation deleted.")
    reader.box.fill(PESKOV)
    reader.box.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("This conversation is no longer there")
    expect(reader.box).to_have_value(PESKOV)


def test_the_address_of_a_citation_opens_it(reader: Reader) -> None:
    reader.ask(UMEROV)
    reader.marker().click()
    expect(reader.hit).to_be_visible()
    assert re.search("#conversation=[^&]+&cite=", reader.page.url)
    words = reader.hit.inner_text()
    other = Reader(reader.page.context.new_page(), reader.url)
    other.page.goto(reader.page.url)
    expect(other.hit).to_have_text(words)
    other.question_stands(UMEROV)


def test_a_reload_in_the_middle_of_the_first_answer_finds_it_again(reader: Reader, slowly) -> None:  # type: ignore[no-untyped-def]
    reader.box.fill(UMEROV)
    reader.box.press("Enter")
    expect(reader.answer.locator(".working")).to_have_text("Writing…")
    reader.page.reload()
    reader.question_stands(UMEROV)
    expect(reader.answer.locator(".working")).to_have_text("Writing…")
    expect(reader.page.get_by_role("button", name="Stop")).to_be_visible()
    slowly.set()
    reader.says("Answer ready.")
    expect(reader.answer.locator(".acts")).to_be_visible()
    expect(reader.chat.locator(".question")).to_have_count(1)


NEWS = (
    "The Dunmore Post said the ferry is late. Donald Trump’s envoy, the lawyer Ana Silva, said it sails again.\n\n"
    "Braunau am Inn, the town where it docks, was full. Silva said so.\n\nMinister Jon Berg told the press nothing."
)


def test_suggestions_are_whole_questions_about_people_where_the_answer_quotes() -> None:
    cited = Article("a", "Ferry", NEWS, "pasted")
    start = NEWS.index("Braunau")
    far = Article("b", "Mill", "Fire chief Anders Holm said nobody was hurt.", "pasted")
    from assistant.answer import Passage

    near = (Passage(far.text, 0, len(far.text), 0.9, far),)
    answer = Answer("Words. [1]", True, (Citation(1, NEWS[start:], start, len(NEWS), cited),), near)
    asked = suggestions.follow_ups(answer, ["Who docks where?"])
    assert asked == ["What did Ana Silva say?", "What did Jon Berg say?"]
