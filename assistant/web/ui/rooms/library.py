"""The articles room: the library as a table, sorted and found, corrected and taken out of by hand, sent on as CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from assistant.conversations.clippings import no_formula
from assistant.service import Service
from assistant.web.ui.escaping import day, host_of, isolated, plain, visible, web_address
from assistant.web.ui.rooms.requests import told, visit
from assistant.web.ui.rooms.sources import ArticleLookup
from index import Article, ArticleError, Entry, Listing
from index.storage.listing import ORDERS, Order

#: Rows of a page of the table.
PAGE = 50
_HEADS: tuple[tuple[str, Order | None], ...] = (
    ("Title", "title"),
    ("Publisher", "publisher"),
    ("Date", "newest"),
    ("Added", "added"),
    ("From", None),
)


class Gone(BaseModel):
    """Articles to take out."""

    articles: list[str] = Field(min_length=1, max_length=1_000)


class Corrected(BaseModel):
    """What an article is called, who published it, when and where."""

    id: str
    title: str = Field(max_length=1_000)
    publisher: str = Field("", max_length=1_000)
    author: str = Field("", max_length=1_000)
    published: str = Field("", max_length=40)
    url: str = Field("", max_length=4_000)


def routes(service: Service) -> APIRouter:
    """The routes of the room."""
    router, shelves = APIRouter(), ArticleLookup(service)

    @router.get("/articles")
    @told
    def articles(request: Request, words: str = "", order: str = "newest", page: int = 1) -> str:
        known: Order = next((each for each in ORDERS if each == order), "newest")
        at = max(1, min(page, 1_000_000))
        listing = service.listing(words.strip(), PAGE, first=(at - 1) * PAGE, order=known)
        return table(listing, words, known, at, editable=visit(request).may_edit)

    @router.get("/articles/csv")
    @told
    def as_csv(request: Request, id: Annotated[list[str] | None, Query()] = None) -> Response:
        wanted = set(id or ())
        chosen = [each for each in service.entries() if not wanted or each.article.id in wanted]
        return Response(csv_of(chosen), media_type="text/csv; charset=utf-8")

    @router.get("/articles/form")
    @told
    def form(request: Request, id: str = "") -> str:
        visit(request)
        found = shelves.article(id)
        if found is None:
            raise ArticleError("The article is no longer in the library.")
        return correction_form(found)

    @router.post("/library/remove")
    @told
    def remove(request: Request, sent: Gone) -> object:
        removed, missing = [], 0
        with service.index() as index:
            there = {each.id for each in index.articles()}
            for each in dict.fromkeys(sent.articles):
                if each in there:
                    removed.append(visible(index.remove(each).title))
                else:
                    missing += 1
        return {"removed": removed, "missing": missing}

    @router.post("/library/correct")
    @told
    def correct(request: Request, sent: Corrected) -> object:
        values = {name: value or None for name, value in sent.model_dump(exclude={"id", "published", "title"}).items()}
        with service.index() as index:
            article = index.correct(sent.id, {"title": sent.title, "published": _day(sent.published), **values})
        return {"title": visible(article.title)}

    return router


def table(listing: Listing, words: str, order: Order, page: int, *, editable: bool) -> str:
    """The library as a table; `editable`: its articles can be taken out."""
    if not listing.entries:
        said = "No article has these words in its title or publisher." if listing.total else "The library is empty."
        return f'<p class="remark">{said}</p>'
    heads = "".join(_head(label, by, order) for label, by in _HEADS)
    tick = '<th scope="col"><span class="unseen">Chosen</span></th>'
    remove = '<th scope="col"><span class="unseen">Remove</span></th>' if editable else ""
    rows = "".join(_row(each, editable) for each in listing.entries)
    count = f"{listing.total:,} article{'' if listing.total == 1 else 's'}"
    if words.strip():
        count += f", {listing.found:,} found"
    return (
        f'<table class="library"><caption>{count}</caption><thead><tr>{tick}{heads}{remove}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{_pages(listing.found, page)}"
    )


def _head(label: str, by: Order | None, order: Order) -> str:
    if by is None:
        return f'<th scope="col">{label}</th>'
    to: Order = "oldest" if by == order == "newest" else by
    sorted_by = order == by or (by == "newest" and order == "oldest")
    way = "descending" if order in ("newest", "added") else "ascending"
    sign = ' <span aria-hidden="true">▾</span>' if sorted_by else ""
    said = f' aria-sort="{way}"' if sorted_by else ""
    return f'<th scope="col"{said}><button type="button" data-order="{to}">{label}{sign}</button></th>'


def _row(entry: Entry, editable: bool) -> str:
    article = entry.article
    address = web_address(article.source) or web_address(article.url)
    # A long host breaks at its dots, and nowhere else.
    came = (
        isolated(host_of(address)).replace("&#46;", "<wbr>&#46;")
        if address
        else isolated(Path(article.source).name or article.source)
    )
    name = f'<span class="unseen"> {isolated(article.title)}</span>'
    sure = (
        '<span class="sure" hidden>Remove it for good? '
        f'<button type="button" class="alarm" data-remove-now="{plain(article.id)}">Yes, remove</button> '
        '<button type="button" data-keep>Keep it</button></span>'
    )
    remove = (
        f'<td class="acts-cell"><button type="button" data-remove>Remove{name}</button>{sure}</td>' if editable else ""
    )
    return (
        f'<tr><td class="tick"><label><input type="checkbox" data-tick="{plain(article.id)}">'
        f'<span class="unseen">Choose {isolated(article.title)}</span></label></td>'
        f'<th scope="row"><button type="button" class="title" dir="auto" data-article="{plain(article.id)}">'
        f'{isolated(article.title)}</button></th><td data-head="Publisher">'
        f'{isolated(article.publisher or "–")}</td><td data-head="Date" class="date">{day(article.published) or "–"}'
        f"</td>"
        f'<td data-head="Added" class="date">{day(entry.added)}</td>'
        f'<td data-head="From" class="came">{came}</td>{remove}</tr>'
    )


def _pages(found: int, page: int) -> str:
    last = -(-found // PAGE)
    if last < 2:
        return ""
    back = f'<button type="button" data-page="{page - 1}"{" disabled" if page <= 1 else ""}>Previous page</button>'
    on = f'<button type="button" data-page="{page + 1}"{" disabled" if page >= last else ""}>Next page</button>'
    return (
        f'<nav class="pages" aria-label="Pages of the table">{back} <span>Page {page:,} of {last:,}</span> {on}</nav>'
    )


def correction_form(article: Article) -> str:
    """The form to correct what an article's file or page says wrongly about it."""
    published = "" if article.published is None else article.published.isoformat()[:10]
    fields = (
        ("Title", "title", "text", article.title),
        ("Publisher", "publisher", "text", article.publisher or ""),
        ("Author", "author", "text", article.author or ""),
        ("Date", "published", "date", published),
        ("Address", "url", "url", article.url or ""),
    )
    inputs = "".join(
        f'<label class="field"><span>{label}</span><input type="{kind}" name="{name}" value="{plain(value)}"></label>'
        for label, name, kind, value in fields
    )
    return (
        f'<form class="correction" data-correct="{plain(article.id)}">'
        f'<h3 class="label">Correct this article</h3>{inputs}'
        '<div class="row"><button>Save</button><button type="button" data-panel="cancel">Cancel</button></div></form>'
    )


def csv_of(entries: Sequence[Entry]) -> str:
    """Articles as CSV, safe to open in a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["title", "publisher", "author", "published", "url", "added", "id"])
    for each in entries:
        a = each.article
        published = "" if a.published is None else a.published.isoformat()[:10]
        line = [a.title, a.publisher or "", a.author or "", published, a.url or "", each.added.isoformat()[:10], a.id]
        writer.writerow([no_formula(cell) for cell in line])
    return "\ufeff" + made.getvalue()


def _day(value: str) -> date | datetime | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ArticleError("The date cannot be read: write it like 2026-02-18.") from error
