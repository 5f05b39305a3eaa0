"""The people room: everybody whom the articles let speak, and all that one of them says, by date and paper."""

import csv
import io
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.answer import Citation, PersonEntry
from assistant.conversations.clippings import no_formula
from assistant.service import Service
from assistant.validation import checked_filter
from assistant.web.ui.cards import card_of
from assistant.web.ui.escaping import isolated, plain
from assistant.web.ui.rooms.requests import counted, told

#: People in the list, and statements on the page; the CSV has them all.
MOST_PEOPLE, MOST_STATEMENTS = 300, 200


def routes(service: Service) -> APIRouter:
    """The routes of the room."""
    router = APIRouter()

    @router.get("/people")
    @told
    def people(request: Request, words: str = "") -> str:
        counted(request, "questions")
        wanted = words.strip().casefold()
        found = [each for each in service.people() if wanted in f"{each.name} {each.office or ''}".casefold()]
        return listed(found, words)

    @router.get("/statements")
    @told
    def statements(
        request: Request, person: str, about: str = "", after: str = "", before: str = "", publisher: str = ""
    ) -> str:
        counted(request, "questions")
        found = service.statements(person, about or None, checked_filter(publisher, after, before))
        return said(person, found)

    @router.get("/statements/csv")
    @told
    def as_csv(
        request: Request, person: str, about: str = "", after: str = "", before: str = "", publisher: str = ""
    ) -> Response:
        counted(request, "questions")
        found = service.statements(person, about or None, checked_filter(publisher, after, before))
        return Response(csv_of(found), media_type="text/csv; charset=utf-8")

    return router


def listed(people: Sequence[PersonEntry], words: str = "") -> str:
    """The people, whoever says most first."""
    if not people:
        return f'<p class="remark">{"Nobody of this name speaks." if words.strip() else "Nobody speaks yet."}</p>'
    items = "".join(_person(each) for each in people[:MOST_PEOPLE])
    count = f"{len(people):,} {'person' if len(people) == 1 else 'people'}"
    more = f"; the {MOST_PEOPLE} who say most are shown" if len(people) > MOST_PEOPLE else ""
    return f'<p class="remark">{count}{more}</p><ul class="people" data-group>{items}</ul>'


def said(person: str, statements: Sequence[Citation]) -> str:
    """All that somebody says, each with its paper and date."""
    name = next((each.speaker.name for each in statements if each.speaker is not None), person)
    if not statements:
        return f'<h3 tabindex="-1">{isolated(name)}</h3><p class="remark">Nothing that passes the filters.</p>'
    count = f"{len(statements):,} statement{'' if len(statements) == 1 else 's'}"
    more = f"; the first {MOST_STATEMENTS} are shown, the CSV has them all" if len(statements) > MOST_STATEMENTS else ""
    cards = "".join(card_of(each) for each in statements[:MOST_STATEMENTS])
    return (
        f'<h3 tabindex="-1">{isolated(name)}</h3><p class="remark">{count}{more}</p>'
        f'<div class="turn" data-question="{plain(f"What did {name} say?")}">'
        f'<div class="cards" data-group>{cards}</div></div>'
    )


def csv_of(statements: Sequence[Citation]) -> str:
    """Statements as CSV, safe to open in a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["speaker", "quote", "happened", "title", "publisher", "published", "url"])
    for each in statements:
        a, speaker, happened = each.article, each.speaker, each.date
        published = "" if a.published is None else a.published.isoformat()[:10]
        line = [
            "" if speaker is None else speaker.name,
            each.quote,
            "" if happened is None else happened.day.isoformat(),
        ]
        writer.writerow([no_formula(cell) for cell in (*line, a.title, a.publisher or "", published, a.url or "")])
    return "\ufeff" + made.getvalue()


def _person(each: PersonEntry) -> str:
    office = f'<span class="about">{isolated(each.office)}</span>' if each.office else ""
    articles = f"{each.articles:,} article{'' if each.articles == 1 else 's'}"
    return (
        f'<li><button type="button" class="title" data-person="{plain(each.name)}">{isolated(each.name)}</button> '
        f"{office}"
        f' <span class="count">{each.statements:,} in {articles}</span></li>'
    )
