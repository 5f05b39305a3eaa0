"""Page layout: the components and where they stand; `page` wires what they do."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.ui import markup
from assistant.web.ui.escaping import plain

#: Starts the page's scripts, which come from this server, and hands them Gradio's line to it.
_START = """
const events = ['arrive', 'ask', 'halt'];
import(new URL('page/static/main.js', document.baseURI).href)
  .then((page) => page.start({ events, trigger, props, watch }));
"""
_DAY = '<label class="day"><span>{label}</span><input type="date" id="{name}-day" name="{name}"></label>'
_DAY_JS = """
const input = element.querySelector('input');
input.addEventListener('input', () => { props.value = input.value; });
watch('value', () => { if (input.value !== (props.value || '')) input.value = props.value || ''; });
"""


@dataclass(frozen=True, slots=True)
class ArticlesParts:
    """The parts of the articles room that Gradio makes: how to add, and how it goes."""

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


def fixed(html: str, name: str) -> gr.HTML:
    """A part of the page that the server never changes again."""
    return gr.HTML("", html_template=html, elem_id=name, js_on_load=None, apply_default_css=False)


def wire() -> gr.HTML:
    """The line between the page's scripts and its handlers; nobody sees it."""
    return gr.HTML("", html_template="<span></span>", elem_id="wire", js_on_load=_START)


def desk(placeholder: str) -> None:
    """The chat: a rail with conversations and filters, and the conversation itself."""
    fixed(markup.DESK.replace("{placeholder}", placeholder), "desk-room")


def shelf() -> ArticlesParts:
    """The articles room: what there is, and, unfolded, how to add to it."""
    with gr.Column(elem_id="shelf"):
        fixed(markup.LIBRARY_HEAD, "library-head")
        with gr.Accordion("Add articles", open=False, elem_id="adding"), gr.Row(elem_id="ways"):
            with gr.Column(min_width=240):
                gr.HTML("<h3>From files</h3>", js_on_load=None)
                files = gr.File(
                    label="Text, Markdown, HTML, PDF or Word files",
                    file_count="multiple",
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
        work = gr.HTML(elem_id="work", js_on_load=None, apply_default_css=False)
        fixed(markup.LIBRARY, "library-room")
        rebuild = gr.Button("Rebuild the index", elem_id="rebuild", size="sm")
    return ArticlesParts(work, files, addresses, add_addresses, title, publisher, published, text, add_text, rebuild)


def status(said: str) -> str:
    """How things stand, as HTML."""
    return f"<p>{plain(said)}</p>"


def _day_input(label: str, name: str) -> gr.HTML:
    template: Any = _DAY.format(label=label, name=name)
    return gr.HTML("", html_template=template, js_on_load=_DAY_JS, elem_id=name)
