"""The page stands while the model still loads: it says so, and a question asked meanwhile waits for it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.engine import Engine
from index.encoding.encoder import Encoder
from index.errors import LibraryError
from tests.assistant.web.ui.conftest import Served
from tests.assistant.web.ui.reader import Reader

pytestmark = pytest.mark.browser


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Loading waits until this is set."""
    opened, load = threading.Event(), Engine.load

    def wait_then_load(engine: Engine) -> None:
        opened.wait(60)
        load(engine)

    monkeypatch.setattr(Engine, "load", wait_then_load)
    return opened


@pytest.fixture
def loading(gate: threading.Event, encoder: Encoder, tmp_path: Path) -> Iterator[Served]:
    """A server whose model is still loading."""
    found = Served(tmp_path, encoder).start(loaded=False)
    yield found
    gate.set()
    found.stop()


def test_a_question_asked_while_the_model_loads_waits_and_is_answered(
    loading: Served, gate: threading.Event, browser: Browser
) -> None:
    reader = Reader(browser.new_page(), loading.url)
    reader.page.goto(loading.url)
    reader.says("Loading the model…")
    reader.box.fill("What did Rustem Umerov say?")
    reader.box.press("Enter")
    expect(reader.chat.locator(".working")).to_have_text("Loading the model…")
    gate.set()
    expect(reader.answer.locator("blockquote").first).to_contain_text("there is progress", timeout=30_000)
    assert reader.wrongs == []
    reader.page.close()


def test_what_keeps_the_library_from_loading_is_said_in_one_sentence(
    encoder: Encoder, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(engine: Engine) -> None:
        raise LibraryError("The library cannot be opened: put back a backup of the file.")

    monkeypatch.setattr(Engine, "load", fail)
    broken = Served(tmp_path, encoder).start(loaded=False)
    reader = Reader(browser.new_page(), broken.url)
    reader.page.goto(broken.url)
    expect(reader.page.get_by_role("alert")).to_contain_text("put back a backup")
    reader.box.fill("What did Rustem Umerov say?")
    reader.box.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("put back a backup")
    expect(reader.box).to_have_value("What did Rustem Umerov say?")
    assert reader.wrongs == []
    reader.page.close()
    broken.stop()
