"""Reads one article for its statements: what somebody says, neighbouring sentences of one speaker together."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
    """Characters `start` to `end` of an article, said by somebody, and when what they tell happened.

    Its sentences may differ in their speaker's office and kind: `parts` has where each begins, and its speaker. It is
    empty where all are as `speaker` is.
    """

    start: int
    end: int
    speaker: Speaker
    date: EventDate | None = None
    parts: tuple[tuple[int, Speaker], ...] = ()

    def speaker_from(self, start: int) -> Speaker:
        """Who says the sentence that begins at `start`."""
        at = bisect_right(self.parts, start, key=lambda part: part[0]) - 1
        return self.parts[at][1] if at >= 0 else self.speaker


def speaker_in(said: Sequence[StatementSpan], start: int, end: int) -> Speaker | None:
    """Who says the sentence from `start` to `end`, by all that is said in its article; None for the article's own.

    >>> speaker_in([StatementSpan(10, 40, Speaker("Marco Rubio", None, "direct"))], 50, 60) is None
    True
    """
    at = bisect_right(said, start, key=lambda each: each.start) - 1
    return said[at].speaker_from(start) if at >= 0 and start < said[at].end else None


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
    parts: list[tuple[int, Speaker]] = []
    for start, end in sentences(article.text):
        speaker = None if speech.asks(start, end) else speech.speaker(start, end)
        if speaker is None:
            if open_ is not None:
                yield _whole(open_, parts)
            open_ = None
            continue
        apart = open_ is None or open_.speaker.name != speaker.name or "\n" in article.text[open_.end : start]
        if open_ is not None and not apart:
            kind = "direct" if "direct" in {open_.speaker.kind, speaker.kind} else speaker.kind
            open_ = replace(open_, end=end, speaker=replace(open_.speaker, kind=kind))
            parts.append((start, speaker))
            continue
        if open_ is not None:
            yield _whole(open_, parts)
        open_, parts = StatementSpan(start, end, speaker), [(start, speaker)]
    if open_ is not None:
        yield _whole(open_, parts)


def _whole(said: StatementSpan, parts: Sequence[tuple[int, Speaker]]) -> StatementSpan:
    unlike = any(speaker != said.speaker for _, speaker in parts)
    return replace(said, parts=tuple(parts)) if unlike else said


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
