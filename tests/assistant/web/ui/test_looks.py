"""How the page looks and sounds: no barrier that axe finds, nothing cut off at any width, light and dark."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.assistant.web.ui.reader import REFUSED, Reader

pytestmark = pytest.mark.browser

WIDTHS = (390, 768, 1280, 1920)
SCREENS = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def without_barriers(reader: Reader) -> None:
    from axe_playwright_python.sync_playwright import Axe  # only those who drive a browser need it

    found = Axe().run(reader.page)
    told = [
        f"{each['id']}: {each['help']}: {[node['html'][:200] for node in each['nodes'][:3]]}"
        for each in found.response["violations"]
    ]
    assert told == []


def screens(reader: Reader) -> Iterator[str]:
    """Every screen that a reader comes to, one after another."""
    yield "welcome"
    reader.ask("What did Rustem Umerov say?")
    yield "answer"
    reader.marker().click()
    expect(reader.hit).to_be_focused()
    yield "source"
    reader.page.keyboard.press("Escape")
    reader.ask("Which hotel hosted the delegations?", REFUSED)
    yield "refusal"
    toggle = reader.page.get_by_role("button", name="Conversations and filters")
    if toggle.is_visible():
        toggle.click()
    expect(reader.page.get_by_label("From")).to_be_visible()
    reader.page.get_by_label("From").fill("2026-03-01")
    reader.page.get_by_label("To").fill("2026-02-01")
    reader.box.fill("What did Rustem Umerov say?")
    reader.box.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("exchange")
    yield "conversations, filters and a notice"
    reader.go_to("Articles")
    expect(reader.library).to_be_visible()
    yield "articles"
    reader.paste("", "Words without a title.")
    expect(reader.work.locator(".failed")).to_be_visible()
    reader.page.get_by_role("button", name="Remove Geneva").click()
    yield "a failure and a question back"
    reader.page.get_by_role("button", name="Keep it").locator("visible=true").click()
    reader.library.locator("[data-tick]").check()
    yield "an article that is chosen"
    reader.library.locator("tbody .title").click()
    reader.page.get_by_role("button", name="Correct title, paper or date").click()
    expect(reader.page.get_by_label("Author")).to_be_visible()
    yield "an article, and the form that corrects it"
    reader.page.get_by_role("button", name="Close the source").click()
    reader.go_to("People")
    expect(reader.page.locator("#people li").first).to_be_visible()
    yield "people"
    reader.page.locator("#people button").first.click()
    expect(reader.page.locator("#statements .card").first).to_be_visible()
    yield "all that one of them says"
    reader.page.locator("#statements [data-act=save]").first.click()
    reader.says("Saved to Clippings.")
    reader.go_to("Clippings")
    expect(reader.page.locator(".clipping")).to_be_visible()
    yield "clippings"
    reader.page.get_by_label("Find in clippings").fill("no such words")
    expect(reader.page.locator("#clippings")).to_contain_text("No clipping has these words.")
    yield "nothing found"


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_no_barrier_on_any_screen(visit: Callable[..., Reader], width: int, scheme: str) -> None:
    reader = visit(width, 844 if width == 390 else 800, color_scheme=scheme)
    for screen in screens(reader):
        without_barriers(reader)
        assert reader.page.evaluate(FITS), f"{screen} is cut off sideways"


def test_dark_is_dark_and_light_is_light(visit: Callable[..., Reader]) -> None:
    brightness = "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))"
    assert visit(color_scheme="dark").page.evaluate(brightness) < 60
    assert visit(color_scheme="light").page.evaluate(brightness) > 200


def test_the_chat_can_be_used_with_the_keyboard_alone(reader: Reader) -> None:
    reader.box.focus()
    reader.page.keyboard.type("What did Dmitry Peskov say?")
    reader.page.keyboard.press("Enter")
    reader.says("Answer ready.")
    expect(reader.box).to_be_focused()
    for _ in range(40):
        reader.page.keyboard.press("Shift+Tab")
        if reader.page.evaluate("document.activeElement.classList.contains('cite')"):
            break
    reader.page.keyboard.press("Enter")
    expect(reader.hit).to_be_focused()


def test_the_first_load_stays_under_600_kilobytes(visit: Callable[..., Reader]) -> None:
    reader = visit()
    sizes = "performance.getEntriesByType('resource').reduce((sum, each) => sum + each.transferSize, 0)"
    document = "performance.getEntriesByType('navigation')[0].transferSize"
    assert reader.page.evaluate(f"{sizes} + {document}") < 600_000
