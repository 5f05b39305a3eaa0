"""Reads one article for its statements: what somebody says, neighbouring sentences of one speaker together."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from assistant.answer import EventDate, Speaker
from assistant.language.annotation import date_of
from assistant.language.quotations import speech_of
from assistant.version import talks_version
from index.article import Article
from index.encoding import sentences


@dataclass(frozen=True, slots=True)
class StatementSpan:
    """Characters `start` to `end` of an article, said by somebody, and when what they tell happened."""

    start: int
    end: int
    speaker: Speaker
    date: EventDate | None = None


def statements_in(article: Article) -> tuple[StatementSpan, ...]:
    """Everything that is said in an article, in its order.

    >>> article = Article(id="", title="", text="“No,” said Marco Rubio.", source="")
    >>> [each.speaker.name for each in statements_in(article)]
    ['Marco Rubio']
    """
    return tuple(replace(each, date=date_of(article, each.start, each.end)) for each in _spoken(article))


def _spoken(article: Article) -> Iterator[StatementSpan]:
    speech = speech_of(article)
    open_: StatementSpan | None = None
    for start, end in sentences(article.text):
        speaker = None if speech.asks(start, end) else speech.speaker(start, end)
        if speaker is None:
            if open_ is not None:
                yield open_
            open_ = None
            continue
        apart = open_ is None or open_.speaker.name != speaker.name or "\n" in article.text[open_.end : start]
        if open_ is not None and not apart:
            kind = "direct" if "direct" in {open_.speaker.kind, speaker.kind} else speaker.kind
            open_ = replace(open_, end=end, speaker=replace(open_.speaker, kind=kind))
            continue
        if open_ is not None:
            yield open_
        open_ = StatementSpan(start, end, speaker)
    if open_ is not None:
        yield open_


@cache
def rules() -> str:
    """A digest of the rules by which articles are read: it changes with the code of `assistant.language`."""
    hashed = hashlib.sha256(talks_version().encode())
    for part in (files("assistant.language"), files("index.encoding")):
        for each in _sources(part):
            hashed.update(each.read_bytes())
    return hashed.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda path: path.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _sources(each)
        elif each.name.endswith(".py"):
            yield each
