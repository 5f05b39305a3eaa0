"""The HTTP API: `/ask`, `/retrieve`, `/people`, `/statements` take and give JSON; `/openapi.json` describes them.

The same functions as Gradio's endpoints, without its queue and its stream of events, which cost more than an answer.
"""

import json
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.schemas import AnswerInfo, ArticleText, CitationInfo, EntryInfo, PassageInfo, PersonInfo
from assistant.service import Service
from assistant.web.access import NotAllowed, PlainRequest, count
from assistant.web.api.functions import Programs
from index import QuestionError, TalksError
from index.encoding import processors

#: Answers that a language model writes at a time.
MOST_WRITTEN = 32
#: Bytes that a question with all its history may have.
LARGEST = 1_000_000
#: Questions that may wait; more are told that the server is busy, and may come again after so many seconds.
MOST_WAITING = 200
AGAIN = 5

TOO_LARGE = "The question and its history are too large: send fewer of the earlier questions."
BUSY = "Too many questions wait already: ask again in {seconds} s."
NO_OBJECT = 'Send a JSON object, such as {"question": "Who led for Kyiv?"}, with Content-Type: application/json.'
UNKNOWN = "“{name}” is nothing that {path} takes: it takes {known}."
MISSING = "The {name} is missing: send it as “{name}”."


JSON = "application/json"
_PASSAGE: PassageInfo = {
    "text": "Vladimir Medinsky led Russia’s delegation as chief negotiator.",
    "start": 412,
    "end": 474,
    "score": 0.83,
    "article": {
        "id": "83582121",
        "title": "Geneva round ends without a deal",
        "publisher": "Morning Post",
        "author": "Ana Silva",
        "published": "2026-02-18",
        "url": "https://news.example/geneva",
        "language": "en",
        "source": "https://news.example/geneva",
    },
}
# Without None, which the description would leave out.
_ANSWER: AnswerInfo = {
    "text": f"{_PASSAGE['text']} [1]",
    "answered": True,
    "mode": "written",
    "generation": 1,
    "notices": [],
    "citations": [
        {
            "number": 1,
            "quote": _PASSAGE["text"],
            "start": 412,
            "end": 474,
            "article": _PASSAGE["article"],
            "speaker": {"name": "Marco Rubio", "office": "Secretary of State", "kind": "direct"},
            "date": {"day": "2026-02-17", "precision": "day", "words": "on Tuesday"},
            "also": [],
            "opinion": False,
        },
    ],
    "short": [{"text": "Marco Rubio", "start": 412, "end": 423, "citation": 1}],
    "sections": [],
    "contrasts": [],
    "sentences": [{"text": _PASSAGE["text"], "citations": [1], "score": 0.96, "sure": "very sure"}],
    "quotes": [],
    "passages": [_PASSAGE],
    "checks": {
        "sentences": 1,
        "kept": 1,
        "rewritten": 0,
        "replaced": 0,
        "removed": 0,
        "again": 0,
        "tokens_read": 912,
        "tokens_written": 24,
    },
    "read_as": "Who led Russia’s delegation in Geneva?",
}
_PERSON: PersonInfo = {"name": "Marco Rubio", "office": "Secretary of State", "statements": 12, "articles": 5}
EXAMPLES: dict[str, object] = {
    "/ask": _ANSWER,
    "/retrieve": [_PASSAGE],
    "/people": [_PERSON],
    "/list_articles": [{"article": _PASSAGE["article"], "added": "2026-02-19T08:00:00+00:00", "passages": 12}],
    "/read_article": {
        "article": _PASSAGE["article"],
        "text": _PASSAGE["text"],
        "start": 412,
        "end": 474,
        "length": 5_120,
    },
    "/statements": _ANSWER["citations"],
}


class AskRequest(BaseModel):
    """The body of `/ask`: a question, its history and filters."""

    question: str = Field(description="The question.", max_length=4_000, examples=["Who led Russia's delegation?"])
    history: list[str] | None = Field(
        None, description="Earlier questions of the conversation, oldest first.", examples=[["Where did they meet?"]]
    )
    publisher: str | None = Field(None, description="Only articles of this publisher.", examples=["Morning Post"])
    after: str | None = Field(None, description="Only articles of this day or later.", examples=["2026-02-18"])
    before: str | None = Field(None, description="Only articles of this day or earlier.", examples=["2026-02-28"])


class RetrieveRequest(AskRequest):
    """The body of `/retrieve`: a question, and the number of passages."""

    k: int = Field(5, description="How many passages.", ge=1, le=1_000)


class PeopleRequest(BaseModel):
    """The body of `/people`: filters alone."""

    publisher: str | None = Field(None, description="Only articles of this publisher.", examples=["Morning Post"])
    after: str | None = Field(None, description="Only articles of this day or later.", examples=["2026-02-18"])
    before: str | None = Field(None, description="Only articles of this day or earlier.", examples=["2026-02-28"])


class StatementsRequest(PeopleRequest):
    """The body of `/statements`: a person, and perhaps a subject."""

    person: str = Field(description="The person's name, in any spelling.", max_length=4_000, examples=["Medinsky"])
    about: str | None = Field(None, description="Only what is about this subject.", examples=["prisoners"])


class ListRequest(PeopleRequest):
    """The body of `/list_articles`: words, filters, and how many articles."""

    query: str | None = Field(None, description="Only articles with these words in title or publisher.")
    limit: int = Field(20, description="How many articles.", ge=1, le=1_000)


class ReadRequest(BaseModel):
    """The body of `/read_article`: an article, and from where to where."""

    id: str = Field(description="The article's id.", examples=["83582121"])
    start: int = Field(0, description="The first character.", ge=0)
    end: int | None = Field(None, description="The character after the last; without it, up to 20,000 on.")


class ErrorSentence(BaseModel):
    """The body of an error: one sentence."""

    detail: str = Field(examples=["The question is empty: ask in a few words."])


def web_api(service: Service) -> APIRouter:
    """The routes, to be included in the app."""
    programs = Programs(service)
    # Requests that wait here hold no thread; behind it they wait for a processor or a language model.
    limiter = CapacityLimiter(MOST_WRITTEN if service.settings.model else 2 * processors())
    threads = CapacityLimiter(math.inf)
    router = APIRouter()

    def offer(function: Callable[..., Any], takes: type[BaseModel], gives: Any, summary: str) -> None:
        path, known = f"/{function.__name__}", takes.model_fields.keys()
        needed = [name for name, each in takes.model_fields.items() if each.is_required()]

        async def answer(request: Request) -> JSONResponse:
            try:
                values = await _values(request, path, known, needed)
                if limiter.statistics().tasks_waiting >= MOST_WAITING:
                    raise NotAllowed(BUSY.format(seconds=AGAIN), 503, AGAIN)
                count(PlainRequest(request), "questions")
                async with limiter:
                    if await request.is_disconnected():  # a client that went away while waiting needs no answer
                        return JSONResponse(None, 499)
                    return JSONResponse(await to_thread.run_sync(partial(function, **values), limiter=threads))
            except NotAllowed as refusal:
                return _refused(refusal)
            except QuestionError as error:
                return _refused(NotAllowed(str(error), 422))
            except TalksError as error:
                return _refused(NotAllowed(str(error), 503))

        router.add_api_route(
            path,
            answer,
            methods=["POST"],
            name=function.__name__,
            summary=summary,
            response_model=None,
            responses={
                200: {"model": gives, "description": "The answer.", "content": {JSON: {"example": EXAMPLES[path]}}},
                **{status: {"model": ErrorSentence, "description": why} for status, why in _FAILURES.items()},
            },
            openapi_extra={
                "requestBody": {
                    "required": True,
                    "content": {JSON: {"schema": takes.model_json_schema()}},
                }
            },
        )

    offer(
        programs.ask, AskRequest, AnswerInfo, "Answer a question with exact quotes, or say that the articles do not say"
    )
    offer(
        programs.retrieve, RetrieveRequest, list[PassageInfo], "Find the passages that a question is about, best first"
    )
    offer(programs.people, PeopleRequest, list[PersonInfo], "List everybody whom the articles let speak, with counts")
    offer(programs.statements, StatementsRequest, list[CitationInfo], "List all that a person says, by date and paper")
    offer(programs.list_articles, ListRequest, list[EntryInfo], "List articles, newest first, without their text")
    offer(programs.read_article, ReadRequest, ArticleText, "Read an article's words, whole or in part")
    return router


_FAILURES = {
    401: "Nobody is logged in.",
    413: "The question is too large.",
    422: "The question, or what it is narrowed to, cannot be used.",
    429: "Too much was asked lately; Retry-After says when to come again.",
    503: "The library cannot be used, or too many questions wait.",
}


async def _values(request: Request, path: str, known: Any, needed: Sequence[str]) -> dict[str, Any]:
    """The values of the body by name; the functions check their types."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise NotAllowed(TOO_LARGE, 413)
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        values = None
    plain = request.headers.get("content-type", "").partition(";")[0].strip().lower() == JSON
    if not plain or not isinstance(values, dict):
        raise NotAllowed(NO_OBJECT, 422)
    for name in values:
        if name not in known:
            raise NotAllowed(UNKNOWN.format(name=name[:40], path=path, known=", ".join(known)), 422)
    for name in needed:
        if name not in values:
            raise NotAllowed(MISSING.format(name=name), 422)
    return values


def _refused(refusal: NotAllowed) -> JSONResponse:
    headers = {"Retry-After": str(refusal.seconds)} if refusal.seconds else None
    return JSONResponse({"detail": str(refusal)}, refusal.status, headers=headers)
