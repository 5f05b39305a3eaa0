"""Page layout: the components and where they stand; `page` wires what they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversations.store import Summary
from assistant.web.ui import rendering
from assistant.web.ui.escaping import day, isolated, plain, visible
from index.ingestion.parsing import ARTICLE_SUFFIXES

_PAGE_JS = (Path(__file__).parent / "page.js").read_text("utf-8")

MASTHEAD = (
    '<header><h1>Talks</h1><p class="motto">What the articles say about the peace talks, in their own words</p>'
    '<button type="button" id="rail-toggle" aria-expanded="false" aria-controls="rail">'
    "Conversations and filters</button>"
    '<form method="post" action="logout" id="leave"><span id="visitor"></span> <button>Log out</button></form></header>'
)
_PANEL = (
    '<section aria-label="Source" id="panel"><div class="panel-head"><span class="label">Source</span>'
    '<button type="button" id="close-source">Close<span class="unseen"> the source</span></button></div>'
    '<div id="source-text"></div></section>'
)
_DAY = '<label class="day"><span>{label}</span><input type="date" id="{name}-day" name="{name}"></label>'
_DAY_JS = """
const input = element.querySelector('input');
input.addEventListener('input', () => { props.value = input.value; });
watch('value', () => { if (input.value !== (props.value || '')) input.value = props.value || ''; });
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of the chat. `source` also hands over what is pressed inside messages and lists."""

    chat: gr.Chatbot
    box: gr.Textbox
    status: gr.HTML
    notice: gr.HTML
    source: gr.HTML
    past: gr.HTML
    current: gr.Column
    begin: gr.Button
    export: gr.Button
    exported: gr.Textbox
    delete: gr.Button
    delete_now: gr.Button
    publisher: gr.Dropdown
    after: gr.HTML
    before: gr.HTML


@dataclass(frozen=True, slots=True)
class Shelf:
    """The parts of the articles tab."""

    table: gr.HTML
    find: gr.Textbox
    work: gr.HTML
    files: gr.File
    addresses: gr.Textbox
    add_addresses: gr.Button
    title: gr.Textbox
    publisher: gr.Textbox
    published: gr.HTML
    text: gr.Textbox
    add_text: gr.Button
    rebuild: gr.Button


def desk(passage: Callable[[str], str]) -> Desk:
    """The chat: a rail with conversations and filters, the conversation itself, and the source beside it."""
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="rail", min_width=0):
            gr.HTML("<h2>Conversations</h2>", js_on_load=None)
            begin = gr.Button("New conversation", elem_id="begin", size="sm")
            past_list = gr.HTML(elem_id="past", js_on_load=None)
            with gr.Column(visible=False, elem_id="current", min_width=0) as current:
                export = gr.Button("Save as Markdown", elem_id="export", size="sm")
                delete = gr.Button("Delete this one", elem_id="delete", size="sm")
                delete_now = gr.Button("Yes, delete it for good", elem_id="delete-now", size="sm", variant="stop")
            gr.HTML("<h2>Search only in</h2>", js_on_load=None)
            publisher = gr.Dropdown(
                publishers([]), value="", label="Publisher", elem_id="publisher", allow_custom_value=True
            )
            after, before = _day_input("From", "after"), _day_input("To", "before")
        with gr.Column(elem_id="talk", min_width=0):
            chat = gr.Chatbot(
                elem_id="chat",
                label="Conversation",
                show_label=False,
                container=False,
                height="100%",
                latex_delimiters=[],
                buttons=[],
                line_breaks=False,
                group_consecutive_messages=False,
                layout="panel",
                placeholder=rendering.welcome([]),
                autoscroll=False,
            )
            notice_line = gr.HTML(notice(""), elem_id="notice", js_on_load=None)
            box = gr.Textbox(
                elem_id="question",
                label="Your question",
                placeholder="Ask about the talks",
                lines=1,
                max_lines=6,
                max_length=4_000,
                autofocus=True,
                submit_btn="Ask",
                stop_btn=False,
            )
            status_line = gr.HTML(status("Loading the model…"), elem_id="status", js_on_load=None)
            exported = gr.Textbox(visible="hidden", label="Export")
        source = gr.HTML("", html_template=_PANEL, elem_id="source", js_on_load=_PAGE_JS, server_functions=[passage])
    return Desk(
        chat, box, status_line, notice_line, source, past_list, current, begin, export, exported, delete, delete_now,
        publisher, after, before,
    )  # fmt: skip


def shelf() -> Shelf:
    """The articles tab: how to add, how it goes, and what there is."""
    with gr.Column(elem_id="shelf"):
        gr.HTML("<h2>Add articles</h2>", elem_id="add-head", js_on_load=None)
        with gr.Row(elem_id="ways"):
            with gr.Column(min_width=240):
                gr.HTML("<h3>From files</h3>", js_on_load=None)
                files = gr.File(
                    label="Text, Markdown, HTML, PDF or Word files",
                    file_count="multiple",
                    file_types=sorted(ARTICLE_SUFFIXES),
                    elem_id="files",
                    height=150,
                )
            with gr.Column(min_width=240):
                gr.HTML("<h3>From the web</h3>", js_on_load=None)
                addresses = gr.Textbox(label="Addresses, one on a line", elem_id="addresses", lines=3, max_lines=6)
                add_addresses = gr.Button("Add from the web", elem_id="add-addresses")
            with gr.Column(min_width=240):
                gr.HTML("<h3>Pasted</h3>", js_on_load=None)
                title = gr.Textbox(label="Title", elem_id="pasted-title", max_lines=1)
                publisher = gr.Textbox(label="Publisher", elem_id="pasted-publisher", max_lines=1)
                published = _day_input("Date", "published")
                text = gr.Textbox(label="Text", elem_id="pasted-text", lines=4, max_lines=10)
                add_text = gr.Button("Add the text", elem_id="add-text")
        work = gr.HTML(elem_id="work", js_on_load=None)
        with gr.Row(elem_id="library-head"):
            gr.HTML("<h2>In the library</h2>", js_on_load=None)
            find = gr.Textbox(label="Find by title or publisher", elem_id="find", max_lines=1)
            rebuild = gr.Button("Rebuild the index", elem_id="rebuild", size="sm")
        table = gr.HTML(elem_id="library", js_on_load=None)
    return Shelf(
        table, find, work, files, addresses, add_addresses, title, publisher, published, text, add_text, rebuild
    )


def status(said: str) -> str:
    """How things stand, also for those who hear the page."""
    return f"<p>{plain(said)}</p>"


def notice(said: str) -> str:
    """The one sentence about what went wrong."""
    return f"<p>{plain(said)}</p>" if said else ""


def past(conversations: Sequence[Summary], current: str | None) -> str:
    """The list of conversations; pressing one opens it."""
    if not conversations:
        return '<p class="remark">None yet.</p>'
    items = "".join(
        f'<li><button type="button" data-open="{plain(each.id)}"'
        f"{' aria-current=true' if each.id == current else ''}>{isolated(each.title)}"
        f'<span class="about">{day(each.updated)}</span></button></li>'
        for each in conversations
    )
    return f"<ul>{items}</ul>"


def publishers(names: Sequence[str]) -> list[tuple[str, str]]:
    """The choices of the publisher filter."""
    return [("All publishers", ""), *((visible(name), name) for name in names)]


def _day_input(label: str, name: str) -> gr.HTML:
    template: Any = _DAY.format(label=label, name=name)
    return gr.HTML("", html_template=template, js_on_load=_DAY_JS, elem_id=name)
