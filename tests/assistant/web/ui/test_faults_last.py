"""Faults of sizes and contrasts that readers met with, and what the first screen and the views of an answer show."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.answer import Answer, Citation
from assistant.service import Service
from index import Article
from index.encoding.encoder import Encoder
from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.reader import Reader

pytestmark = pytest.mark.browser

UMEROV = "What did Rustem Umerov say?"
MILL = "The old paper mill of Hallby burned down on Thursday night. Fire chief Anders Holm said nobody was hurt."
FERRY = (
    "The ferry is late. The ferry is full. The ferry sails at nine. The captain is ill. The mate is at sea. "
    "The cook is on land."
)
ONE_LINE = "of => [...document.querySelectorAll(of)].every(each => each.offsetHeight < 30)"
WHOLE_WORDS = """of => [...document.querySelectorAll(of)].flatMap(each => [...each.childNodes]).every(part =>
  [...part.textContent.matchAll(/\\S+/g)].every(word => {
    const range = document.createRange();
    range.setStart(part, word.index); range.setEnd(part, word.index + word[0].length);
    return range.getClientRects().length === 1 }))"""
COLOURS = (
    "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor, getComputedStyle(each).opacity]"
)


def test_a_file_of_a_wrong_kind_is_a_line_and_a_known_one_is_not_called_added(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04 no more than that")
    (tmp_path / "mill.md").write_text(f"# Paper mill burns down\n\n{MILL}\n", "utf-8")
    reader.unfold()
    files = reader.page.locator("#files input[type=file]")
    files.set_input_files(tmp_path / "sheet.xlsx")
    expect(reader.work.locator(".failed")).to_contain_text("sheet.xlsx")
    reader.says("1 could not be added.")
    expect(reader.page.locator(".toast-body")).to_have_count(0)
    for status in ("1 added.", "1 already in the library."):
        files.set_input_files(tmp_path / "mill.md")
        reader.says(status)
    expect(reader.work.locator(".work")).to_have_count(1)  # the result before has gone
    expect(reader.work).to_contain_text("already in the library")
    reader.page.get_by_role("button", name="Dismiss these results").click()
    expect(reader.work).to_be_hidden()
    expect(reader.page.get_by_label("Find by title or publisher")).to_be_focused()
    reader.remove("Paper mill burns down")


def test_the_chat_keeps_room_beside_a_source_and_dates_stay_whole(visit: Callable[..., Reader]) -> None:
    reader = visit(901, 800)
    reader.ask(UMEROV)
    reader.marker().click()
    expect(reader.hit).to_be_visible()
    assert reader.page.locator("#talk").bounding_box()["width"] > 440  # type: ignore[index]
    phone = visit(390, 844)
    phone.ask(UMEROV)
    assert phone.page.evaluate(ONE_LINE, "#log .about bdi")


def test_a_long_host_breaks_at_its_dots_alone(reader: Reader, shelf: Callable[..., Article]) -> None:
    shelf("Mill burns", MILL, url="https://news.meridionalpressagency.example/mill", publisher="Meridional Telegraph")
    reader.go_to("Articles")
    expect(reader.library.locator(".came").first).to_be_visible()
    assert reader.page.evaluate(WHOLE_WORDS, ".came bdi:has(wbr), td[data-head=Publisher] bdi")


def test_what_is_hovered_or_pressed_can_be_read_and_what_is_final_stands_out(reader: Reader) -> None:
    only = reader.page.locator("#papers").get_by_role("button", name="Only Talks brief", exact=True)
    only.hover()
    assert float(only.evaluate(COLOURS)[2]) == 1
    only.click()
    only.hover()
    ink, paper, _ = only.evaluate(COLOURS)
    assert ink != paper
    reader.go_to("Articles")
    reader.page.get_by_role("button", name=re.compile("^Remove Geneva")).click()
    sure = reader.page.locator(".sure:visible")
    final, other = (sure.get_by_role("button", name=name).evaluate(COLOURS) for name in ("Yes, remove", "Keep it"))
    assert final[1] != other[1]
    expect(sure.get_by_role("button", name="Keep it")).to_be_focused()


def test_a_library_has_a_title_of_its_own_and_nothing_speaks_of_peace_talks(
    visit: Callable[..., Reader], encoder: Encoder, tmp_path: Path
) -> None:
    served = Served(tmp_path, encoder, model={"title": "The Hallby desk"}).start()
    try:
        reader = visit()
        reader.page.goto(served.url)
        expect(reader.page).to_have_title("The Hallby desk")
        expect(reader.page.get_by_role("heading", level=1)).to_have_text("The Hallby desk")
        words = reader.page.locator("body").inner_text().lower()
        assert not [each for each in ("peace talks", "take back", "passages") if each in words]
    finally:
        reader.page.goto("about:blank")
        served.stop()
        reader.wrongs.clear()  # this reader went to another host than the tests' own


def test_the_first_screen_says_how_many_articles_papers_and_from_when_to_when(
    reader: Reader, shelf: Callable[..., Article]
) -> None:
    expect(reader.chat.locator(".holds")).to_have_text("1 article · 1 paper · 18 February 2026")
    shelf("Mill of Hallby burns", MILL, publisher="Hallby Post", published=date(2026, 3, 2))
    reader.page.reload()
    expect(reader.chat.locator(".holds")).to_have_text("2 articles · 2 papers · 18 February 2026 to 2 March 2026")
    reader.chat.get_by_role("button", name="Mill of Hallby burns").click()
    expect(reader.source).to_contain_text("Fire chief Anders Holm")


@pytest.fixture
def six_quotes(shelf: Callable[..., Article], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is answered with six quotes of two papers and three days."""
    sentences = [f"{each.strip()}." for each in FERRY.rstrip(".").split(".")]
    papers = (("Warden", 3), ("Courier", 1), ("Warden", 2))
    articles = [
        shelf(f"Ferry, part {day}", f"{FERRY} It is day {day}.", publisher=paper, published=date(2026, 3, day))
        for paper, day in papers
    ]
    cited = [
        Citation(number, words, FERRY.index(words), FERRY.index(words) + len(words), articles[(number - 1) % 3])
        for number, words in enumerate(sentences, start=1)
    ]
    text = "\n\n".join(f"{each.quote} [{each.number}]" for each in cited)
    answer = Answer(text, answered=True, citations=tuple(cited))

    def stream(*_: object, **__: object) -> Iterator[Answer]:
        yield answer

    monkeypatch.setattr(Service, "stream", stream)


def order(reader: Reader) -> list[str]:
    return reader.answer.locator(".card:visible").evaluate_all("cards => cards.map(each => each.dataset.number)")


@pytest.mark.usefixtures("six_quotes")
def test_weak_extra_quotes_are_folded_and_one_answer_is_seen_by_date_and_by_paper(reader: Reader) -> None:
    reader.ask("How is the ferry?")
    assert order(reader) == ["1", "2", "3", "4"]
    reader.answer.get_by_text("2 more quotes").click()
    assert order(reader) == ["1", "2", "3", "4", "5", "6"]

    reader.act("By date").click()
    headings = reader.answer.locator(".cards .section")
    assert headings.all_inner_texts() == ["1 March 2026", "2 March 2026", "3 March 2026"]
    assert order(reader) == ["2", "5", "3", "6", "1", "4"]
    reader.says("Shown: by date.")
    expect(reader.act("By date")).to_have_attribute("aria-pressed", "true")

    reader.act("By paper").click()
    assert headings.all_inner_texts() == ["Courier", "Warden"]
    one, other = (each.bounding_box() for each in headings.all())
    assert one and other and one["y"] == other["y"] and one["x"] < other["x"]  # side by side, to be compared
    assert order(reader) == ["2", "5", "1", "3", "4", "6"]
    reader.marker(6).click()
    expect(reader.hit).to_have_text("The cook is on land.")

    reader.act("Best first").click()
    expect(headings).to_have_count(0)
    assert order(reader) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.usefixtures("six_quotes")
def test_a_new_question_stands_at_the_top_whatever_was_asked_before(reader: Reader) -> None:
    for question in ("How is the ferry?", "Where is the cook?", "Who is ill?"):
        reader.ask(question)
    top = "document.querySelector('#log .turn.last').getBoundingClientRect().top"
    view = "document.querySelector('#view').getBoundingClientRect().top"
    assert abs(reader.page.evaluate(f"{top} - {view}")) < 4
    assert reader.page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
