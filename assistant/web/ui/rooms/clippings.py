"""The clippings room: quotes saved from answers, with notes, by collection; sent on as Markdown, HTML, Word and CSV."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from assistant.conversations.clippings import Clipping, Clippings, as_csv, as_markdown
from assistant.service import Service
from assistant.web.ui.escaping import attribute, byline, day, isolated, lined, plain
from assistant.web.ui.rooms.exports import exported
from assistant.web.ui.rooms.requests import owner, told
from assistant.web.ui.rooms.sources import ArticleLookup
from assistant.web.ui.source_links import Reference
from index import ArticleError


class Saved(BaseModel):
    """Words to keep, by the reference that the page was given."""

    reference: str = Field(max_length=200)
    speaker: str = Field("", max_length=300)
    question: str = Field("", max_length=4_000)
    collection: str = Field("", max_length=200)


class Chosen(BaseModel):
    """A clipping of the reader's."""

    clipping: str = Field(max_length=80)


class Changed(Chosen):
    """Its note and its collection."""

    note: str = Field("", max_length=4_000)
    collection: str = Field("", max_length=200)


def routes(service: Service) -> APIRouter:
    """The routes of the room."""
    router, kept, shelves = APIRouter(), Clippings(service.home.folder), ArticleLookup(service)

    @router.get("/clippings")
    @told
    def clippings(request: Request, words: str = "") -> str:
        return listed(kept.list(owner(request), words), words)

    @router.post("/clippings/save")
    @told
    def save(request: Request, sent: Saved) -> object:
        reference = Reference.read(sent.reference)
        article = None if reference is None else shelves.article(reference.article)
        if reference is None or article is None or not reference.holds_in(article):
            raise ArticleError("These words are no longer in the library, so they cannot be saved.")
        about = {"speaker": sent.speaker, "question": sent.question, "collection": sent.collection}
        return {"clipping": kept.save(owner(request), article, reference.start, reference.end, **about)}

    @router.post("/clippings/change")
    @told
    def change(request: Request, sent: Changed) -> object:
        kept.change(sent.clipping, owner(request), note=sent.note, collection=sent.collection)
        return {}

    @router.post("/clippings/delete")
    @told
    def delete(request: Request, sent: Chosen) -> object:
        kept.remove(sent.clipping, owner(request))
        return {}

    @router.post("/clippings/restore")
    @told
    def bring_back(request: Request, sent: Chosen) -> object:
        kept.bring_back(sent.clipping, owner(request))
        return {}

    @router.get("/clippings/export")
    @told
    def export(request: Request, kind: str = "markdown") -> Response:
        found = kept.list(owner(request))
        return exported(kind, "Clippings", lambda: as_markdown(found), lambda: as_csv(found))

    return router


def listed(clippings: Sequence[Clipping], words: str = "") -> str:
    """The clippings, a section for each collection."""
    if not clippings:
        said = "No clipping has these words." if words.strip() else "None yet: press Save at a quote of an answer."
        return f'<p class="remark">{said}</p>'
    names = sorted({each.collection for each in clippings})
    options = "".join(f'<option value="{plain(name)}"></option>' for name in names)
    sections = "".join(_section(name, [each for each in clippings if each.collection == name]) for name in names)
    return f'<datalist id="collections">{options}</datalist>{sections}'


def _section(name: str, clippings: Sequence[Clipping]) -> str:
    count = f'<span class="count">{len(clippings)}</span>'
    return (
        f'<section class="collection"><h3>{isolated(name)} {count}</h3>{"".join(map(_clipping, clippings))}</section>'
    )


def _clipping(each: Clipping) -> str:
    changed = '<p class="changed">The article has changed since, or is gone.</p>' if not each.holds else ""
    title = (
        f'<button type="button" class="title" data-article="{plain(each.article)}">{isolated(each.title)}</button>'
        if each.holds
        else isolated(each.title)
    )
    quote = "".join(f'<p dir="auto">{lined(part)}</p>' for part in each.quote.split("\n\n"))
    about = byline(each.speaker, each.publisher, day(each.published))
    asked = f'<p class="remark">Asked: {isolated(each.question)}</p>' if each.question else ""
    name = f'<span class="unseen"> {isolated(each.title)}</span>'
    return (
        f'<figure class="card clipping" data-clipping="{plain(each.id)}"><blockquote>{quote}</blockquote>'
        f'<figcaption><span class="about">{about} · {title}</span></figcaption>{changed}{asked}'
        f'<form class="note"><label class="field"><span>Note{name}</span>'
        f'<textarea name="note" rows="1" maxlength="4000">{attribute(each.note)}</textarea></label>'
        f'<label class="field"><span>Collection{name}</span>'
        f'<input type="text" name="collection" list="collections" maxlength="80" value="{plain(each.collection)}">'
        f"</label>"
        f'<div class="row"><button>Keep{name}</button>'
        f'<button type="button" data-delete-clipping>Delete{name}</button></div></form></figure>'
    )
