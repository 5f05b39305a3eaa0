"""The Gradio page: its Blocks and event wiring. Gradio is imported here and nowhere before."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversations.store import Conversations
from assistant.service import Service
from assistant.web.access.visits import NotAllowed, check_editor, count, visit_of
from assistant.web.api.gradio_api import add_endpoints
from assistant.web.ui import layout, rendering, suggestions
from assistant.web.ui.articles import Articles, Shelf, refused
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.chat import Chat, Filters, Screen
from assistant.web.ui.escaping import plain
from assistant.web.ui.source_panel import UNREADABLE, source_panel
from assistant.web.ui.theme import theme
from index.errors import TalksError
from index.storage.catalog import Catalog

_HERE = Path(__file__).parent

#: What mounting the page takes beside the page itself. The style stands in the head, as Gradio would confine what it
#: gets as css to its own container, where nothing can depend on the state of the whole page.
MOUNT: dict[str, Any] = {
    "theme": theme(),
    "head": f"<style>{(_HERE / 'style.css').read_text('utf-8')}</style>",
}

#: Nothing of the page is an endpoint for programs, and nothing grows grey while it waits.
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_ASKING: dict[str, Any] = {**_QUIET, "concurrency_limit": 32, "concurrency_id": "asking"}
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}


def build(service: Service) -> gr.Blocks:
    """The page of one library, ready to be mounted with `MOUNT`."""
    chat, articles = Chat(service, Conversations(service.home.folder)), Articles(service)
    page: gr.Blocks
    with gr.Blocks(title="Talks", fill_width=True, analytics_enabled=False) as page:
        memory = gr.BrowserState({}, storage_key="talks", secret="talks")
        replacing = gr.State(-1)
        gr.HTML(layout.MASTHEAD, elem_id="masthead", js_on_load=None)
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab("Chat", elem_id="chat-room") as chat_room:
                desk = layout.desk(_passage(service))
            with gr.Tab("Articles", elem_id="articles-room") as articles_room:
                shelf = layout.shelf()
        add_endpoints(service)
        _wire_chat(page, desk, chat, articles, memory, replacing)
        _wire_articles(page, desk, shelf, articles)
        _wire_rooms(chat_room, articles_room, desk, shelf, articles)
    return page


def _passage(service: Service) -> Callable[[str], str]:
    """What the panel asks the server for: the article behind a reference."""
    catalog: list[Catalog] = []

    def passage(reference: str) -> str:
        try:
            if not catalog:
                service.wait()
                catalog.append(Catalog(service.home.catalog))
            return source_panel(reference, partial(_article, catalog[0]))
        except TalksError:
            return f'<p class="gone" id="hit" tabindex="-1">{plain(UNREADABLE)}</p>'

    return passage


def _article(catalog: Catalog, article_id: str) -> Any:
    row = catalog.article(article_id)
    return None if row is None else row.article


def _wire_chat(
    page: gr.Blocks,
    desk: layout.Desk,
    chat: Chat,
    articles: Articles,
    memory: gr.BrowserState,
    replacing: gr.State,
) -> None:
    shown = [desk.chat, desk.box, desk.status, desk.notice, memory, replacing, desk.past, desk.current]
    narrowed = [desk.publisher, desk.after, desk.before]

    def paint(screen: Screen, known: Memory) -> list[Any]:
        """The screen as values of `shown`."""
        skip = gr.skip()
        known = screen.memory or known
        box: dict[str, Any] = {} if screen.box is None else {"value": screen.box}
        if screen.busy is not None:
            box |= {"submit_btn": not screen.busy and "Ask", "stop_btn": screen.busy and "Stop"}
        return [
            skip if screen.messages is None else screen.messages,
            gr.update(**box) if box else skip,
            skip if screen.status is None else layout.status(screen.status),
            skip if screen.notice is None else layout.notice(screen.notice),
            skip if screen.memory is None else screen.memory.written(),
            skip if screen.replacing is None else screen.replacing,
            layout.past(chat.past(known), known.conversation) if screen.past else skip,
            gr.update(visible=known.conversation is not None) if screen.past else skip,
        ]

    def arrive(kept: object, request: gr.Request) -> Iterator[list[Any]]:
        known = _known(kept, request)
        for screen in chat.arrive(known, Memory.read(kept).owner):
            known = screen.memory or known
            yield paint(screen, known)

    def ask(
        question: str, kept: object, place: int, by: object, after: object, before: object, request: gr.Request
    ) -> Iterator[list[Any]]:
        known = _known(kept, request)
        if early := _too_soon(request, question):
            yield paint(early, known)
            return
        for screen in chat.ask(question, known, place, _filters(by, after, before), _session(request)):
            yield paint(screen, known)

    def ask_idea(
        kept: object, by: object, after: object, before: object, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        yield from ask(_sent(event, "question", str) or "", kept, -1, by, after, before, request)

    def act(
        kept: object, by: object, after: object, before: object, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        known, name, place = _known(kept, request), _sent(event, "name", str), _sent(event, "place", int)
        screens: Iterator[Screen] = iter([Screen()])
        if place is not None and name == "retry" and (early := _too_soon(request)):
            screens = iter([early])
        elif place is not None and name == "retry":
            screens = chat.retry(place, known, _filters(by, after, before), _session(request))
        elif place is not None and name in ("like", "dislike"):
            screens = iter([chat.rate(place, name == "like", known)])
        elif place is not None and name in ("edit", "undo"):
            screens = iter([(chat.edit if name == "edit" else chat.undo)(place, known)])
        for screen in screens:
            yield paint(screen, known)

    def reopen(kept: object, place: int, event: gr.EventData, request: gr.Request) -> list[Any]:
        known = _known(kept, request)
        return paint(chat.open(_sent(event, "conversation", str) or "", known, place, _session(request)), known)

    def begin(kept: object, place: int, request: gr.Request) -> list[Any]:
        known = _known(kept, request)
        return paint(chat.open(None, known, place, _session(request)), known)

    def delete(kept: object, place: int, request: gr.Request) -> list[Any]:
        known = _known(kept, request)
        return paint(chat.delete(known, place, _session(request)), known)

    def export(kept: object, request: gr.Request) -> str:
        return chat.export(_known(kept, request))

    def stop(request: gr.Request) -> None:
        chat.stop(_session(request))

    def examples() -> list[Any]:
        newest = articles.newest()
        return [
            gr.update(placeholder=rendering.welcome(suggestions.examples(newest))),
            gr.update(choices=layout.publishers(articles.publishers())),
        ]

    page.load(arrive, memory, shown, **_QUIET, concurrency_limit=None).then(
        examples, None, [desk.chat, desk.publisher], **_QUIET
    )
    desk.box.submit(ask, [desk.box, memory, replacing, *narrowed], shown, **_ASKING)
    desk.box.stop(stop, None, None, **_AT_ONCE)
    desk.source.ask(ask_idea, [memory, *narrowed], shown, **_ASKING)
    desk.source.act(act, [memory, *narrowed], shown, **_ASKING)
    desk.source.open(reopen, [memory, replacing], shown, **_QUIET)
    desk.begin.click(begin, [memory, replacing], shown, **_QUIET)
    desk.delete.click(None, None, None, js="() => window.talks.sure('#delete', '#delete-now')")
    desk.delete_now.click(delete, [memory, replacing], shown, **_QUIET)
    exported = desk.export.click(export, memory, desk.exported, **_QUIET)
    exported.then(None, desk.exported, None, js="(text) => window.talks.save(text)")


def _wire_articles(page: gr.Blocks, desk: layout.Desk, shelf: layout.Shelf, articles: Articles) -> None:
    shown = [shelf.table, shelf.work, desk.status, desk.publisher, desk.chat]

    def paint(step: Shelf, find: str) -> list[Any]:
        skip = gr.skip()
        names = articles.publishers() if step.changed else []
        welcome = rendering.welcome(suggestions.examples(articles.newest())) if step.changed else ""
        return [
            articles.table(find) if step.changed else skip,
            step.work,
            layout.status(step.status) if step.status else skip,
            gr.update(choices=layout.publishers(names)) if step.changed else skip,
            gr.update(placeholder=welcome) if step.changed else skip,
        ]

    def table(find: str, request: gr.Request) -> str:
        return articles.table(find, editable=visit_of(request).may_edit)

    def add_files(files: list[str] | None, find: str, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_files(files), len(files or ())):
            yield [*paint(step, find), gr.skip()]
        yield [*[gr.skip()] * len(shown), None]

    def add_addresses(addresses: str, find: str, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_addresses(addresses), len(addresses.split())):
            yield [*paint(step, find), "" if step.done else gr.skip()]

    def add_text(
        title: str, publisher: str, published: str, text: str, find: str, request: gr.Request
    ) -> Iterator[list[Any]]:
        for step in _editor(request, articles.add_text(title, publisher, published, text), 1):
            yield [*paint(step, find), *([""] * 4 if step.done else [gr.skip()] * 4)]

    def rebuild(find: str, request: gr.Request) -> Iterator[list[Any]]:
        for step in _editor(request, articles.rebuild()):
            yield paint(step, find)

    def remove(find: str, event: gr.EventData, request: gr.Request) -> Iterator[list[Any]]:
        gone = _sent(event, "article", str) or ""
        for step in _editor(request, (articles.remove(each) for each in [gone])):
            yield paint(step, find)

    pasted = [shelf.title, shelf.publisher, shelf.published, shelf.text]
    one_at_a_time: dict[str, Any] = {**_QUIET, "concurrency_limit": 1, "concurrency_id": "library"}
    page.load(table, shelf.find, shelf.table, **_QUIET)
    shelf.find.change(table, shelf.find, shelf.table, **_QUIET)
    shelf.files.upload(add_files, [shelf.files, shelf.find], [*shown, shelf.files], **one_at_a_time)
    shelf.add_addresses.click(add_addresses, [shelf.addresses, shelf.find], [*shown, shelf.addresses], **one_at_a_time)
    shelf.add_text.click(add_text, [*pasted, shelf.find], [*shown, *pasted], **one_at_a_time)
    shelf.rebuild.click(rebuild, shelf.find, shown, **one_at_a_time)
    desk.source.remove(remove, shelf.find, shown, **one_at_a_time)


def _wire_rooms(
    chat_room: gr.Tab, articles_room: gr.Tab, desk: layout.Desk, shelf: layout.Shelf, articles: Articles
) -> None:
    """Whoever comes to a room sees what others have added and removed meanwhile."""

    def table(find: str, request: gr.Request) -> str:
        return articles.table(find, editable=visit_of(request).may_edit)

    def publishers(request: gr.Request) -> Any:
        visit_of(request)
        return gr.update(choices=layout.publishers(articles.publishers()))

    articles_room.select(table, shelf.find, shelf.table, **_QUIET)
    chat_room.select(publishers, None, desk.publisher, **_QUIET)
    desk.publisher.focus(publishers, None, desk.publisher, **_QUIET)


def _filters(publisher: object, after: object, before: object) -> Filters:
    return Filters(*(each.strip() or None if isinstance(each, str) else None for each in (publisher, after, before)))


def _sent(event: gr.EventData, name: str, kind: type) -> Any:
    """What page.js sent along with an event under a name; None where it is not of that kind."""
    data = event._data if isinstance(event._data, dict) else {}
    value = data.get(name)
    return value if isinstance(value, kind) and not (kind is int and isinstance(value, bool)) else None


def _session(request: gr.Request) -> str:
    """The window that asks; its name is its own word, so that of another account's counts as another."""
    return f"{visit_of(request).owner or ''} {request.session_hash or ''}"


def _known(kept: object, request: gr.Request) -> Memory:
    """What the browser remembers; whose the conversations are, where there are accounts, the server says."""
    return Memory.read(kept, visit_of(request).owner)


def _too_soon(request: gr.Request, question: str | None = None) -> Screen | None:
    """What to show where too much was asked lately."""
    try:
        count(request, "questions")
    except NotAllowed as refusal:
        return Screen(box=question, notice=str(refusal))
    return None


def _editor(request: gr.Request, steps: Iterator[Shelf], additions: int = 0) -> Iterator[Shelf]:
    """The steps of a change to the library; for whoever may not make it, only the sentence that says so."""
    try:
        check_editor(request)
        if additions:
            count(request, "additions", additions)
    except NotAllowed as refusal:
        yield refused(str(refusal))
    else:
        yield from steps
