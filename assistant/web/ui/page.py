"""The Gradio page: its Blocks and event wiring. Gradio is imported here and nowhere before."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversations import Conversations
from assistant.service import Service
from assistant.web.access import NotAllowed, count, visit_of
from assistant.web.access.visits import check_editor
from assistant.web.api import add_endpoints
from assistant.web.ui import layout, markup
from assistant.web.ui.articles import Articles, ArticlesUpdate, refused
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.chat import Asking, Chat
from assistant.web.ui.escaping import plain
from assistant.web.ui.screen import Filters, Screen
from assistant.web.ui.theme import theme

_STATIC = Path(__file__).parent / "static"


def _head() -> str:
    """The style, which stands in the head: Gradio would confine what it gets as css to its own container, where nothing
    can depend on the state of the whole page."""
    return "".join(f"<style>{each.read_text('utf-8')}</style>" for each in sorted(_STATIC.glob("*.css")))


#: What mounting the page takes beside the page itself.
MOUNT: dict[str, Any] = {"theme": theme(), "head": _head()}

#: Nothing of the page is an endpoint for programs, and nothing grows grey while it waits.
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
#: A window may ask again while an earlier answer is still told: the later one is what it shows.
_ASKING: dict[str, Any] = {**_QUIET, "concurrency_limit": 32, "concurrency_id": "asking", "trigger_mode": "multiple"}
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False, "trigger_mode": "multiple"}


def build(service: Service) -> gr.Blocks:
    """The page of one library, ready to be mounted with `MOUNT`."""
    chat, articles = Chat(service, Conversations(service.home.folder)), Articles(service)
    page: gr.Blocks
    with gr.Blocks(title=service.settings.title, fill_width=True, analytics_enabled=False) as page:
        # What browsers of before kept: whose the conversations are, in a form that only Gradio reads.
        before = gr.BrowserState({}, storage_key="talks", secret="talks")
        gr.State(None)  # with one, the page keeps a stream open, by which it learns at once that its login has ended
        layout.fixed(markup.MASTHEAD.replace("{title}", plain(service.settings.title)), "masthead")
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab("Chat", elem_id="chat-room"):
                layout.desk("Ask what the articles say")
            with gr.Tab("Articles", elem_id="articles-room"):
                shelf = layout.shelf()
            with gr.Tab("People", elem_id="people-room"):
                layout.fixed(markup.PEOPLE, "people-part")
            with gr.Tab("Clippings", elem_id="clippings-room"):
                layout.fixed(markup.CLIPPINGS, "clippings-part")
        layout.fixed(markup.PANEL, "source")
        layout.fixed(markup.FOOT, "foot-room")
        wire = layout.wire()
        add_endpoints(service)
        _wire_chat(wire, chat, before)
        _wire_articles(shelf, articles)
    return page


def _wire_chat(wire: gr.HTML, chat: Chat, before: gr.BrowserState) -> None:
    def paint(screen: Screen, event: gr.EventData) -> str:
        return json.dumps({**screen.told(), "view": _sent(event, "view", int)})

    def arrive(kept: object, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        known = _known(event, request)
        for earlier in (_sent(event, "reader", str), Memory.read(kept).owner):
            chat.hand_over(earlier or "", known)
        for screen in chat.arrive(known, _sent(event, "said", str) or ""):
            yield paint(screen, event)

    def ask(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        question = _sent(event, "question", str) or ""
        try:
            count(request, "questions")
        except NotAllowed as refusal:
            yield paint(chat.refused(question, _known(event, request), str(refusal)), event)
            return
        replacing = _sent(event, "replacing", int)
        asking = Asking(
            question,
            Filters.read(_sent(event, "filters", dict)),
            -1 if replacing is None else replacing,
            bool(_sent(event, "alone", bool)),
        )
        for screen in chat.ask(asking, _known(event, request)):
            yield paint(screen, event)

    def halt(event: gr.EventData, request: gr.Request) -> None:
        chat.stop(_known(event, request))

    wire.arrive(arrive, before, wire, **_ASKING)
    wire.ask(ask, None, wire, **_ASKING)
    wire.halt(halt, None, None, **_AT_ONCE)


def _wire_articles(shelf: layout.ArticlesParts, articles: Articles) -> None:
    shown = [shelf.work]

    def add_files(files: list[str] | None, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_files(files), len(files or ())):
            yield [step.html, gr.skip()]
        yield [gr.skip(), None]

    def add_addresses(addresses: str, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_addresses(addresses), len(addresses.split())):
            yield [step.html, "" if step.done else gr.skip()]

    def add_text(title: str, publisher: str, published: str, text: str, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_text(title, publisher, published, text), 1):
            yield [step.html, *([""] * 4 if step.done else [gr.skip()] * 4)]

    def rebuild(request: gr.Request) -> Iterator[str]:
        for step in _editor(request, articles.rebuild()):
            yield step.html

    pasted = [shelf.title, shelf.publisher, shelf.published, shelf.text]
    one_at_a_time: dict[str, Any] = {**_QUIET, "concurrency_limit": 1, "concurrency_id": "library"}
    shelf.files.upload(add_files, shelf.files, [*shown, shelf.files], **one_at_a_time)
    shelf.add_addresses.click(add_addresses, shelf.addresses, [*shown, shelf.addresses], **one_at_a_time)
    shelf.add_text.click(add_text, pasted, [*shown, *pasted], **one_at_a_time)
    shelf.rebuild.click(rebuild, None, shelf.work, **one_at_a_time)


def _sent(event: gr.EventData, name: str, kind: type) -> Any:
    """What the page's scripts sent along with an event under a name; None where it is not of that kind."""
    data = event._data if isinstance(event._data, dict) else {}
    value = data.get(name)
    return value if isinstance(value, kind) and not (kind is int and isinstance(value, bool)) else None


def _known(event: gr.EventData, request: gr.Request) -> Memory:
    """Who reads what; whose the conversations are, where there are accounts, the server says."""
    sent = {"owner": _sent(event, "reader", str), "conversation": _sent(event, "conversation", str)}
    return Memory.read(sent, visit_of(request).owner)


def _editor(request: gr.Request, steps: Iterator[ArticlesUpdate], additions: int = 0) -> Iterator[ArticlesUpdate]:
    """The steps of a change to the library; for whoever may not make it, only the sentence that says so."""
    try:
        check_editor(request)
        if additions:
            count(request, "additions", additions)
    except NotAllowed as refusal:
        yield refused(str(refusal))
    else:
        yield from steps
