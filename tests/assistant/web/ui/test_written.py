"""Answers that a language model writes: they stream in place, are marked as checked, and show what they rest on.

The model is a script behind a real HTTP server, in the protocol of OpenAI or of Ollama.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.servers import Accident, Script, Scripted, citing, serving
from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.reader import Reader
from tests.assistant.web.ui.test_looks import FITS, SCREENS, without_barriers

pytestmark = [pytest.mark.browser, pytest.mark.providers]

QUESTION = "Who led Russia's delegation?"
FIRST = "Vladimir Medinsky led Russia’s delegation as chief negotiator. {addressed reporters} "
SECOND = "He called the exchanges “difficult but businesslike.” {difficult but} "
INVENTED = "Medinsky promised 500 tanks. {difficult but} "

IN_BOTH = pytest.mark.parametrize("model", ["openai", "ollama"], indirect=True)


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest) -> Iterator[Scripted]:
    with serving(getattr(request, "param", "openai"), "") as server:
        yield server


@pytest.fixture(scope="module")
def served(model: Scripted, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page on the shipped brief, with the scripted model."""
    settings = {"model": f"{model.protocol}:m", "model_url": model.url, "model_timeout": 30}
    found = Served(tmp_path_factory.mktemp("home"), encoder, model=settings).start()
    yield found
    found.stop()


@pytest.fixture
def writes(model: Scripted) -> Callable[..., Scripted]:
    """Gives the model its script for one test."""

    def script(*answers: Script) -> Scripted:
        model.answers = deque(citing(each) if isinstance(each, str) else each for each in answers)
        model.asked.clear()
        model.released.clear()
        model.left.clear()
        return model

    return script


def pausing(before: str, after: str) -> Script:
    """Writes the one, and the other once the server is released."""
    return lambda prompt: Accident("pause", citing(before)(prompt), citing(after)(prompt))


def opened(reader: Reader, summary: str | re.Pattern[str]) -> Locator:
    """A part of the last answer that has to be opened to be read."""
    part = reader.answer.locator("details").filter(has=reader.page.locator("summary", has_text=summary))
    expect(part).to_have_count(1)
    part.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    expect(part).to_have_attribute("open", "")
    return part


@IN_BOTH
def test_sentences_are_shown_as_they_come_and_stay_as_they_are(reader: Reader, writes: Callable[..., Scripted]) -> None:
    server = writes(pausing(FIRST + "He", SECOND.removeprefix("He")))
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation as chief negotiator")
    reader.says(re.compile("^Writing"))
    expect(reader.page.get_by_role("button", name="Stop")).to_be_visible()
    first = reader.marker(1).get_attribute("href")
    expect(reader.answer).not_to_contain_text("businesslike")
    reader.marker(1).click()  # what is shown can be looked up at once
    expect(reader.hit).to_contain_text("Vladimir Medinsky, the Kremlin adviser")
    server.released.set()
    reader.says("Answer ready.")
    expect(reader.answer.locator(".answer > div").first).to_have_text(
        re.compile(
            r"^Vladimir Medinsky led .* chief negotiator source 1\. "
            r"He called the exchanges “difficult but businesslike.” source 2$"
        )
    )
    assert reader.answer.locator(".answer > div a.cite").first.get_attribute("href") == first
    expect(reader.answer.locator(".working")).to_have_count(0)


@IN_BOTH
def test_stopping_closes_the_request_and_keeps_what_was_shown(reader: Reader, writes: Callable[..., Scripted]) -> None:
    server = writes(pausing(FIRST + "He", SECOND))
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation")
    reader.page.get_by_role("button", name="Stop").click()
    reader.says("Stopped.")
    assert server.left.wait(10)
    for _ in range(2):
        expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation")
        expect(reader.answer).to_contain_text("Stopped before the end.")
        expect(reader.marker(1)).to_be_visible()
        reader.arrive()


def test_leaving_the_page_while_an_answer_is_written_is_no_error(
    reader: Reader, writes: Callable[..., Scripted]
) -> None:
    writes(pausing(FIRST + "He", SECOND))
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation")
    reader.page.evaluate("dispatchEvent(new Event('beforeunload'))")  # as the browser says it, with time to hear it
    reader.page.evaluate("fetch('health').then((answer) => answer.text())")  # by then, what was open has been let go
    assert reader.wrongs == []


def test_stopping_before_anything_is_shown_gives_the_question_back(
    reader: Reader, writes: Callable[..., Scripted]
) -> None:
    server = writes(Accident("stall"))
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    reader.says(re.compile("^Writing"))
    reader.page.get_by_role("button", name="Stop").click()
    reader.says("Stopped.")
    expect(reader.box).to_have_value(QUESTION)
    assert server.left.wait(10)


def test_the_reader_sees_that_every_sentence_was_checked(reader: Reader, writes: Callable[..., Scripted]) -> None:
    writes(FIRST + SECOND)
    reader.ask(QUESTION)
    told = opened(reader, "Checked: every sentence holds")
    expect(told).to_contain_text("The model wrote 2 sentences, and all stand as written.")


def test_the_quotes_are_there_while_the_model_writes_and_stay_below(
    reader: Reader, writes: Callable[..., Scripted]
) -> None:
    server = writes(pausing("", FIRST))
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    quote = reader.answer.locator(".beside blockquote").first
    expect(quote).to_contain_text("Vladimir Medinsky, the Kremlin adviser")
    expect(reader.answer).not_to_contain_text("Medinsky led Russia’s delegation")
    server.released.set()
    reader.says("Answer ready.")
    expect(reader.answer.locator(".body").first).to_contain_text("Medinsky led Russia’s delegation")
    written, below = reader.answer.locator(".body").first.bounding_box(), quote.bounding_box()
    assert written is not None
    assert below is not None
    assert written["y"] < below["y"]


def test_the_reader_sees_how_sure_the_check_is_of_each_sentence(
    reader: Reader, writes: Callable[..., Scripted]
) -> None:
    writes(FIRST + SECOND)
    reader.ask(QUESTION)
    told = opened(reader, "Checked: every sentence holds")
    expect(told.locator(".sure li")).to_have_count(2)
    expect(told.locator(".sure .about").first).to_have_text(re.compile("sure|safe edit"))


def test_the_reader_is_told_what_did_not_hold(reader: Reader, writes: Callable[..., Scripted]) -> None:
    writes(FIRST + INVENTED, "Medinsky promised 600 tanks. {difficult but} ")
    reader.ask(QUESTION)
    told = opened(reader, "Checked: 1 of the model’s 2 sentences did not hold and is not shown")
    expect(told).to_contain_text("1 stands as written, 1 gave way to the article’s own words.")
    expect(reader.answer).not_to_contain_text("tanks")
    expect(reader.answer).to_contain_text("He called the exchanges “difficult but businesslike.”")


def test_the_quotes_that_an_answer_rests_on_can_be_read_and_looked_up(
    reader: Reader, writes: Callable[..., Scripted]
) -> None:
    writes(FIRST + SECOND)
    reader.ask(QUESTION)
    quotes = opened(reader, "The 2 quotes it rests on")
    expect(quotes.locator("blockquote")).to_have_text(
        [
            re.compile("^Vladimir Medinsky, the Kremlin adviser"),
            re.compile("^He called the exchanges “difficult but businesslike.”"),
        ]
    )
    quotes.get_by_role("link", name="source 2").click()
    expect(reader.hit).to_have_text("He called the exchanges “difficult but businesslike.”")


def test_where_the_model_fails_the_quotes_say_so(reader: Reader, writes: Callable[..., Scripted]) -> None:
    writes(401)
    reader.ask(QUESTION)
    expect(reader.answer.locator(".remark")).to_have_text(
        "The model cannot be used (it does not accept the key), so the answer comes in quotes."
    )
    expect(reader.answer.locator("blockquote").first).to_contain_text("Medinsky")
    opened(reader, "In the articles’ own words")


def test_how_a_follow_up_was_read_is_seen_at_once(reader: Reader, writes: Callable[..., Scripted]) -> None:
    writes(FIRST, "What did Vladimir Medinsky say about the exchanges?", SECOND)
    reader.ask(QUESTION)
    expect(reader.answer.locator(".read-as")).to_have_count(0)
    reader.ask("What did he say about them?")
    expect(reader.answer.locator(".read-as .said")).to_have_text("What did Vladimir Medinsky say about the exchanges?")


def test_checks_and_quotes_are_there_again_after_a_restart(
    reader: Reader, writes: Callable[..., Scripted], served: Served
) -> None:
    writes(FIRST + SECOND)
    reader.ask(QUESTION)
    reader.page.goto("about:blank")
    served.restart()
    reader.arrive()
    opened(reader, "Checked: every sentence holds")
    opened(reader, "The 2 quotes it rests on")


def test_what_a_model_writes_is_plain_text(reader: Reader, writes: Callable[..., Scripted]) -> None:
    writes(
        FIRST + "<img src=https://evil.example/x.png onerror=alert(1)> ![x](https://evil.example/p.png) "
        "<details open><script>alert(1)</script></details> " + SECOND
    )
    reader.ask(QUESTION)
    expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation")
    expect(reader.answer.locator("img, script")).to_have_count(0)
    expect(reader.answer).not_to_contain_text("evil.example")


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_no_barrier_in_a_written_answer(
    visit: Callable[..., Reader], writes: Callable[..., Scripted], width: int, scheme: str
) -> None:
    reader = visit(width, 844 if width == 390 else 800, color_scheme=scheme)
    server = writes(pausing(FIRST + "He", INVENTED), "Again {difficult but}")
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    expect(reader.answer).to_contain_text("Medinsky led Russia’s delegation")
    without_barriers(reader)
    server.released.set()
    reader.says("Answer ready.")
    opened(reader, "Checked")
    opened(reader, "quotes it rests on")
    without_barriers(reader)
    assert reader.page.evaluate(FITS)
