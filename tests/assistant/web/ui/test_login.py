"""The login page in a browser, and the page as a reader and as an editor with accounts see it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assistant.settings import Settings
from assistant.web.access.rate_limits import RateLimits
from index.encoding.encoder import Encoder
from tests.assistant.web.access.conftest import GOOD, Closed, people
from tests.assistant.web.ui.reader import READY, Reader
from tests.assistant.web.ui.test_looks import FITS, SCREENS, without_barriers

pytestmark = pytest.mark.browser

Arrive = Callable[..., Reader]


@pytest.fixture(scope="module")
def closed(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The page with accounts."""
    home = tmp_path_factory.mktemp("closed")
    people(home)
    found = Closed(home, encoder, Settings.read(home=home, port=0)).start()
    yield found
    found.stop()


@pytest.fixture
def arrive(browser: Browser, closed: Closed) -> Iterator[Arrive]:
    """Sends somebody to the login page; fails on any page error and on any request that leaves the host."""
    readers: list[Reader] = []

    def come(width: int = 1280, height: int = 800, **options: Any) -> Reader:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        reader = Reader(context.new_page(), closed.url)
        readers.append(reader)
        reader.page.goto(closed.url)
        expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()
        return reader

    yield come
    for each in readers:
        each.page.context.close()
    assert [wrong for each in readers for wrong in each.wrongs] == []


def log_in(reader: Reader, name: str, password: str = GOOD) -> None:
    reader.page.get_by_label("Name").fill(name)
    reader.page.get_by_label("Password").fill(password)
    reader.page.keyboard.press("Enter")


def wrong_password(reader: Reader, name: str = "anna") -> None:
    """The browser complains, rightly, about the status 401."""
    log_in(reader, name, "granite spoon violet eleven")
    expect(reader.page.get_by_role("alert")).to_have_text(
        "The name or the password is wrong: check both, and try again."
    )
    reader.wrongs.clear()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_no_barrier_on_the_login_page(arrive: Arrive, width: int, scheme: str) -> None:
    reader = arrive(width, 844 if width == 390 else 800, color_scheme=scheme)
    without_barriers(reader)
    assert reader.page.evaluate(FITS)
    wrong_password(reader, f"nobody-{width}-{scheme}")  # each name may be guessed at a few times only
    without_barriers(reader)
    assert reader.page.evaluate(FITS)


def test_one_logs_in_without_scripts_and_by_the_keyboard_alone(arrive: Arrive) -> None:
    reader = arrive(java_script_enabled=False)
    expect(reader.page.get_by_label("Name")).to_be_focused()
    reader.page.keyboard.type("anna")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.type(GOOD)
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(f"{reader.url}/")
    assert [each["name"] for each in reader.page.context.cookies()] == ["talks-session"]


def test_after_a_wrong_password_the_name_stands_and_the_password_is_asked_for(arrive: Arrive) -> None:
    reader = arrive()
    wrong_password(reader)
    expect(reader.page.get_by_label("Name")).to_have_value("anna")
    expect(reader.page.get_by_label("Password")).to_have_value("")
    expect(reader.page.get_by_label("Password")).to_be_focused()


def test_a_reader_asks_sees_no_way_to_change_the_library_and_logs_out(arrive: Arrive) -> None:
    reader = arrive()
    log_in(reader, "rita")
    reader.says(READY)
    expect(reader.page.locator("#visitor")).to_have_text("rita")
    reader.ask("What did Rustem Umerov say?")
    without_barriers(reader)
    reader.go_to("Articles")
    expect(reader.library).to_be_visible()
    for control in ("Add from the web", "Add the text", "Rebuild the index", "Remove"):
        expect(reader.page.get_by_role("button", name=control)).to_have_count(0)
    without_barriers(reader)
    reader.page.get_by_role("button", name="Log out").click()
    expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()
    reader.page.go_back()
    expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()


def test_an_editor_adds_and_removes_and_another_account_in_the_same_browser_sees_no_conversation(
    arrive: Arrive,
) -> None:
    reader = arrive()
    log_in(reader, "anna")
    reader.says(READY)
    reader.ask("What did Rustem Umerov say?")
    expect(reader.page.locator("#past button")).to_have_count(1)
    reader.paste("Lighthouse lit", "The lighthouse of Vesterby is lit again, its keeper Astrid Holm said.")
    reader.says("1 added.")
    reader.remove("Lighthouse lit")
    reader.page.get_by_role("button", name="Log out").click()
    log_in(reader, "bob")
    reader.says(READY)
    expect(reader.page.locator("#visitor")).to_have_text("bob")
    expect(reader.page.locator("#past button")).to_have_count(0)
    expect(reader.chat.locator(".question")).to_have_count(0)


def test_whoever_asks_too_fast_is_told_so_and_keeps_the_question(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = arrive()
    log_in(reader, "bob")
    reader.says(READY)
    monkeypatch.setattr(RateLimits, "count", lambda self, kind, *who: 30 if kind == "questions" else 0)
    reader.box.fill("What did Dmitry Peskov say?")
    reader.box.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("You ask faster than this page allows: ask again in 30 s.")
    expect(reader.box).to_have_value("What did Dmitry Peskov say?")


def test_a_login_that_ended_meanwhile_is_told_with_the_way_back_and_the_question_stays(
    arrive: Arrive, closed: Closed
) -> None:
    reader = arrive()
    log_in(reader, "rita")
    reader.says(READY)
    with closed.accounts as accounts:
        accounts.set_password("rita", "granite spoon violet eleven")
    try:
        reader.box.fill("What did Dmitry Peskov say?")
        reader.box.press("Enter")
        notice = reader.page.get_by_role("alert")
        expect(notice).to_contain_text("Your login has ended.")
        reader.wrongs.clear()  # the browser complains, rightly, about the status 401
        expect(reader.box).to_have_value("What did Dmitry Peskov say?")
        notice.get_by_role("link", name="Log in again").click()
        expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()
    finally:
        with closed.accounts as accounts:
            accounts.set_password("rita", GOOD)


def test_a_page_that_lies_open_says_within_seconds_that_its_login_has_ended(arrive: Arrive, closed: Closed) -> None:
    reader = arrive()
    log_in(reader, "rita")
    reader.says(READY)
    with closed.accounts as accounts:
        accounts.set_password("rita", "granite spoon violet eleven")
        accounts.set_password("rita", GOOD)
    notice = reader.page.get_by_role("alert")
    expect(notice).to_contain_text("Your login has ended.")
    notice.get_by_role("link", name="Log in again").click()
    expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()


@pytest.mark.usefixtures("slowly")
def test_an_answer_under_way_stops_with_the_login_and_what_was_told_stays(arrive: Arrive, closed: Closed) -> None:
    reader = arrive()
    log_in(reader, "rita")
    reader.says(READY)
    reader.box.fill("What did Rustem Umerov say?")
    reader.box.press("Enter")
    expect(reader.answer).to_contain_text("Rustem")
    with closed.accounts as accounts:
        accounts.set_password("rita", "granite spoon violet eleven")
        accounts.set_password("rita", GOOD)
    expect(reader.page.get_by_role("alert")).to_contain_text("Your login has ended.")
    reader.question_stands("What did Rustem Umerov say?")
    expect(reader.answer).to_contain_text("Rustem")
    expect(reader.page.get_by_text("Error", exact=True)).to_have_count(0)
