"""The functions that programs call, behind HTTP, Gradio and MCP alike."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from assistant.request import Request
from assistant.schemas import (
    AnswerInfo,
    ArticleText,
    CitationInfo,
    EntryInfo,
    PassageInfo,
    PersonInfo,
    answer_info,
    citation_info,
    entry_info,
    passage_info,
    person_info,
)
from assistant.service import Service
from assistant.validation import checked_filter
from index import ArticleError, QuestionError, TalksError
from index.article import ArticleInfo, article_info
from index.filters import Filter

#: Articles that a list may have, and characters that are read at a time unless more are asked for.
MOST_LISTED, MOST_READ = 1_000, 20_000

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Programs:
    """The functions that programs call; what cannot be used raises a TalksError of one sentence."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        publisher: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> AnswerInfo:
        """Answer a question with exact quotes of the articles behind each sentence, or say that they do not say.

        Args:
            question: The question.
            history: Earlier questions of the conversation, oldest first.
            publisher: Only articles of this publisher.
            after: Only articles of this day or later, such as 2026-02-18.
            before: Only articles of this day or earlier.
        """
        return answer_info(self._service.ask(_request(question, history, publisher, after, before)))

    def retrieve(
        self,
        question: str,
        k: int = 5,
        history: list[str] | None = None,
        publisher: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> list[PassageInfo]:
        """Find the passages of the articles that a question is about, best first.

        Args:
            question: The question.
            k: How many passages, 1 to 1,000.
            history: Earlier questions of the conversation, oldest first.
            publisher: Only articles of this publisher.
            after: Only articles of this day or later, such as 2026-02-18.
            before: Only articles of this day or earlier.
        """
        passages = self._service.retrieve(_request(question, history, publisher, after, before), k)
        return [passage_info(each) for each in passages]

    def add_article(
        self,
        url: str | None = None,
        text: str | None = None,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
    ) -> ArticleInfo:
        """Put an article into the library: the one at a web address, or a text with its title.

        Args:
            url: The web address to read the article from; with a text, only where it came from.
            text: The article's words.
            title: Its title; a text needs one.
            publisher: Its publisher.
            published: Its day, such as 2026-02-18.
        """
        address, words = _optional("url", url), _optional("text", text)
        if words is not None:
            article = self._service.add_text(
                words,
                title=_optional("title", title) or "",
                publisher=_optional("publisher", publisher),
                published=_day(_optional("published", published)),
                url=address,
            )
        elif address is not None:
            article = self._service.add_url(address)
        else:
            raise ArticleError("There is nothing to add: give the article's url, or its text and title.")
        return article_info(article)

    def people(
        self, publisher: str | None = None, after: str | None = None, before: str | None = None
    ) -> list[PersonInfo]:
        """List everybody whom the articles let speak, with how much they say; whoever says most comes first.

        Args:
            publisher: Only articles of this publisher.
            after: Only articles of this day or later, such as 2026-02-18.
            before: Only articles of this day or earlier.
        """
        found = self._service.people(_filter(publisher, after, before))
        return [person_info(each) for each in found]

    def statements(
        self,
        person: str,
        about: str | None = None,
        after: str | None = None,
        before: str | None = None,
        publisher: str | None = None,
    ) -> list[CitationInfo]:
        """List all that a person says in the articles, by date and paper, each with its exact words.

        Args:
            person: The person's name, full or last, in any spelling.
            about: Only what is about this subject, in a few words.
            after: Only articles of this day or later, such as 2026-02-18.
            before: Only articles of this day or earlier.
            publisher: Only articles of this publisher.
        """
        found = self._service.statements(
            _text("person", person),
            _optional("about", about),
            _filter(publisher, after, before),
        )
        return [citation_info(each) for each in found]

    def articles(self) -> list[EntryInfo]:
        """List the articles of the library, newest first, with when they came in and their number of passages."""
        self._service.wait()  # a library that is opened for the first time receives its first article while it loads
        return [entry_info(each) for each in self._service.entries()]

    def list_articles(
        self,
        query: str | None = None,
        publisher: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int = 20,
    ) -> list[EntryInfo]:
        """List articles of the library, newest first, without their text; `read_article` gives that.

        Args:
            query: Only articles with these words in title or publisher.
            publisher: Only articles of this publisher.
            after: Only articles of this day or later, such as 2026-02-18.
            before: Only articles of this day or earlier.
            limit: How many articles, 1 to 1,000.
        """
        where = _filter(publisher, after, before)
        self._service.wait()
        listing = self._service.listing(
            _optional("query", query) or "", _number("limit", limit, 1, MOST_LISTED), where=where
        )
        return [entry_info(each) for each in listing.entries]

    def read_article(self, id: str, start: int = 0, end: int | None = None) -> ArticleText:
        """Read an article's words, whole or from one character to another, as citations count them.

        Args:
            id: The article's id, as answers and lists give it.
            start: The first character, from 0.
            end: The character after the last; without it, up to 20,000 characters on.
        """
        self._service.wait()
        article = self._service.article(_text("id", id))
        first = min(_number("start", start, 0, len(article.text)), len(article.text))
        last = first + MOST_READ if end is None else _number("end", end, first, 1_000_000_000)
        text = article.text[first:last]
        return {
            "article": article_info(article),
            "text": text,
            "start": first,
            "end": first + len(text),
            "length": len(article.text),
        }


def one_sentence(function: Callable[Given, Made], error: Callable[[str], Exception]) -> Callable[Given, Made]:
    """Wrap a function so that a TalksError reaches the program as the `error` of its protocol."""

    @wraps(function)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        try:
            return function(*args, **kwargs)
        except TalksError as wrong:
            raise error(str(wrong)) from wrong

    return guarded


def _request(question: object, history: object, publisher: object, after: object, before: object) -> Request:
    return Request.of(
        _text("question", question),
        _texts("history", history),
        publisher=_optional("publisher", publisher),
        after=_optional("after", after),
        before=_optional("before", before),
    )


def _filter(publisher: object, after: object, before: object) -> Filter:
    return checked_filter(_optional("publisher", publisher), _optional("after", after), _optional("before", before))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise QuestionError(f"The value of “{name}” must be text, and is {_kind(value)}.")
    return value


def _number(name: str, value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise QuestionError(f"The value of “{name}” is {str(value)[:40]} and must lie between {least:,} and {most:,}.")
    return value


def _optional(name: str, value: object) -> str | None:
    return None if value is None or value == "" else _text(name, value)


def _texts(name: str, value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise QuestionError(f"The value of “{name}” must be a list of texts, and is {_kind(value)}.")
    return [_text(name, each) for each in value]


def _day(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError as error:
        raise QuestionError(f"The date “{value[:40]}” (published) cannot be read: write it like 2026-02-18.") from error


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return "nothing" if value is None else kinds.get(type(value), "something else")
