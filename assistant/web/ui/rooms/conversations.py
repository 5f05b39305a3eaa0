"""The list of conversations: found, renamed, pinned, rated, brought back, deleted with a way back, saved as a file."""

import csv
import io
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from assistant.conversations import Conversations, SavedTurn, Summary
from assistant.conversations.clippings import no_formula
from assistant.service import Service
from assistant.web.ui.escaping import day, isolated, plain
from assistant.web.ui.rooms.exports import exported
from assistant.web.ui.rooms.requests import owner, told

#: Conversations in the list; whoever has more finds the others by their words.
MOST = 200


class OwnConversation(BaseModel):
    """A conversation of the reader's."""

    conversation: str = Field(max_length=80)


class Renamed(OwnConversation):
    """Its new title."""

    title: str = Field(max_length=1_000)


class Pinned(OwnConversation):
    """Whether it stays at the top."""

    pinned: bool


class Placed(OwnConversation):
    """A turn of it."""

    place: int = Field(ge=0)


class Rated(Placed):
    """The reader's thumb for an answer; None takes it back."""

    liked: bool | None


def routes(service: Service) -> APIRouter:
    """The routes of the list."""
    router, kept = APIRouter(), Conversations(service.home.folder)

    @router.get("/conversations")
    @told
    def conversations(request: Request, words: str = "", current: str = "") -> str:
        return listed(kept.list(owner(request), words)[:MOST], current, words)

    @router.post("/conversations/rename")
    @told
    def rename(request: Request, sent: Renamed) -> object:
        kept.rename(sent.conversation, owner(request), sent.title)
        return {}

    @router.post("/conversations/pin")
    @told
    def pin(request: Request, sent: Pinned) -> object:
        kept.pin(sent.conversation, owner(request), sent.pinned)
        return {}

    @router.post("/conversations/delete")
    @told
    def delete(request: Request, sent: OwnConversation) -> object:
        kept.remove(sent.conversation, owner(request))
        return {}

    @router.post("/conversations/restore")
    @told
    def bring_back(request: Request, sent: OwnConversation) -> object:
        kept.bring_back(sent.conversation, owner(request))
        return {}

    @router.post("/restore")
    @told
    def restore(request: Request, sent: Placed) -> object:
        kept.restore(sent.conversation, owner(request), sent.place)
        return {}

    @router.post("/rate")
    @told
    def rate(request: Request, sent: Rated) -> object:
        kept.rate(sent.conversation, owner(request), sent.place, sent.liked)
        return {}

    @router.get("/conversations/export")
    @told
    def export(request: Request, conversation: str, kind: str = "markdown") -> Response:
        mine = owner(request)
        return exported(
            kind,
            kept.title(conversation, mine),
            lambda: kept.markdown(conversation, mine),
            lambda: quotes_as_csv(kept.turns(conversation, mine)),
        )

    return router


def quotes_as_csv(turns: Sequence[SavedTurn]) -> str:
    """The quotes of a conversation as CSV, safe to open in a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["question", "number", "quote", "speaker", "title", "publisher", "published", "url"])
    for turn in turns:
        for each in turn.answer.citations:
            a, speaker = each.article, each.speaker
            published = "" if a.published is None else a.published.isoformat()[:10]
            line = [turn.question, str(each.number), each.quote, "" if speaker is None else speaker.name]
            writer.writerow([no_formula(cell) for cell in (*line, a.title, a.publisher or "", published, a.url or "")])
    return "\ufeff" + made.getvalue()


def listed(conversations: Sequence[Summary], current: str, words: str = "") -> str:
    """The list of conversations; pressing one opens it."""
    if not conversations:
        return f'<p class="remark">{"No conversation has these words." if words.strip() else "None yet."}</p>'
    items = "".join(_item(each, current) for each in conversations)
    return f"<ul>{items}</ul>"


def _item(each: Summary, current: str) -> str:
    here = " aria-current=true" if each.id == current else ""
    pinned = ' data-pinned=""' if each.pinned else ""
    told = f"{'Pinned · ' if each.pinned else ''}{day(each.updated)}"
    return (
        f'<li><button type="button" data-open="{plain(each.id)}"{here}{pinned}>{isolated(each.title)}'
        f'<span class="about">{told}</span></button></li>'
    )
