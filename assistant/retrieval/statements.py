"""Statements of people over a whole library: who speaks, and all that one of them says about a subject."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import Citation, PersonEntry, Speaker
from assistant.language.annotation import date_of
from assistant.language.countries import country_of
from assistant.language.quotations import speech_of
from assistant.language.spelling import same_name, sound
from assistant.language.tokens import STOP_WORDS, stems_of
from assistant.retrieval.query_spelling import Speller
from index.article import Article
from index.encoding import sentences
from index.filters import Filter
from index.reader import Reader

#: Articles that are in memory at a time.
_BATCH = 200
#: A statement is about a subject where it, or the one before it, holds this share of the subject's words.
ABOUT = 0.5
#: Words before a last name that are no part of it.
_PARTICLES = frozenset("de da von van der al bin ibn el la".split())


@dataclass(frozen=True, slots=True)
class _Said:
    """Characters `start` to `end` of an article, said by somebody."""

    start: int
    end: int
    speaker: Speaker


@dataclass(slots=True)
class _Tally:
    """A person, with what was counted so far."""

    speaker: Speaker
    statements: int = 0
    articles: set[str] = field(default_factory=set)


class Statements:
    """Reads one library for what people say in it. Safe to share among threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._speller = Speller(reader)
        self._known: dict[str, tuple[_Said, ...]] = {}
        self._lock = threading.Lock()

    def people(self, where: Filter = Filter()) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles that pass a filter let speak, with counts; who says most comes first.

        An article is read once, and kept in mind as long as the library holds it.
        """
        ids = self._reader.newest_ids(where)
        found: dict[str, list[_Tally]] = {}
        for first in range(0, len(ids), _BATCH):
            batch = ids[first : first + _BATCH]
            unread = self._reader.articles_of(each for each in batch if each not in self._known)
            for each in batch:
                for said in self._known.get(each) or (self._said(unread[each]) if each in unread else ()):
                    if _is_person(said.speaker):
                        _count(found, said.speaker, each)
        if not where:
            self._forget(set(ids))
        everybody = [tally for several in found.values() for tally in several]
        everybody.sort(key=lambda tally: (-tally.statements, tally.speaker.name))
        return tuple(
            PersonEntry(each.speaker.name, each.speaker.office, each.statements, len(each.articles))
            for each in everybody
        )

    def of(self, person: str, about: str | None = None, where: Filter = Filter()) -> tuple[Citation, ...]:
        """What a person says, oldest first; `about` keeps what is about a subject.

        The person may go by full name, last name or another spelling; the subject is given in a few words.
        """
        wanted = _words(self._speller.spelled(person).text)
        if not wanted:
            return ()
        subject = stems_of(self._speller.spelled(about).text) if about else frozenset()
        subject -= {stem for word in STOP_WORDS for stem in stems_of(word)}
        found: list[tuple[date, str, Article, _Said]] = []
        for article in self._holding(wanted, where):
            found += [
                (_day(article), article.publisher or "", article, said)
                for said in self._said(article)
                if _is_named(said.speaker.name, wanted) and _is_about(article, said, subject)
            ]
        found.sort(key=lambda each: (each[0], each[1], each[2].id, each[3].start))
        return tuple(
            Citation(
                number,
                article.text[said.start : said.end],
                said.start,
                said.end,
                article,
                said.speaker,
                date_of(article, said.start, said.end),
            )
            for number, (_, _, article, said) in enumerate(found, start=1)
        )

    def _holding(self, wanted: Sequence[str], where: Filter) -> Iterator[Article]:
        """The articles that name somebody, in any spelling."""
        last = wanted[-1]
        spellings = {last, *(other for _, others in self._speller.spelled(last.title()).also for other in others)}
        stems = {stem: 1.0 for word in spellings for stem in self._reader.stems(word)}
        numbers = self._reader.by_words(stems, max(1, self._reader.passages), where)
        ids = dict.fromkeys(self._reader.article_ids(list(numbers)).values())
        yield from self._reader.articles_of(ids).values()

    def _said(self, article: Article) -> tuple[_Said, ...]:
        """Everything that is said in an article, neighbouring sentences of one speaker together."""
        with self._lock:
            known = self._known.get(article.id)
        if known is None:
            known = tuple(_read(article))
            with self._lock:
                self._known[article.id] = known
        return known

    def _forget(self, held: set[str]) -> None:
        """Let go of the articles that the library no longer holds."""
        with self._lock:
            self._known = {each: said for each, said in self._known.items() if each in held}


def _read(article: Article) -> Iterator[_Said]:
    speech = speech_of(article)
    open_: _Said | None = None
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
            merged = replace(open_.speaker, kind=kind)
            open_ = replace(open_, end=end, speaker=merged)
            continue
        if open_ is not None:
            yield open_
        open_ = _Said(start, end, speaker)
    if open_ is not None:
        yield open_


def _is_person(speaker: Speaker) -> bool:
    """Is a speaker somebody with a name, and not "officials" or "the ministry"?"""
    words = speaker.name.split()
    if country_of(speaker.name):
        return False  # "Moscow said"
    return bool(words) and all(word[:1].isupper() or word in _PARTICLES for word in words)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.strip(".,’'").lower() for word in name.split() if word.strip(".,’'"))


def _is_named(name: str, wanted: Sequence[str]) -> bool:
    """May somebody of this name be whom the wanted words name?"""
    there = _words(name)
    if not there or not any(same_name(there[-1], word) for word in wanted):
        return False
    return len(there) == 1 or len(wanted) == 1 or any(same_name(there[0], word) for word in wanted[:-1])


def _count(found: dict[str, list[_Tally]], speaker: Speaker, article: str) -> None:
    """Count a statement: for whoever has the same last name by sound, and no other first name."""
    words = _words(speaker.name)
    namesakes = found.setdefault(sound(words[-1]), [])
    tally = next((each for each in namesakes if _is_named(each.speaker.name, words)), None)
    if tally is None:
        tally = _Tally(speaker)
        namesakes.append(tally)
    tally.speaker = _fuller(tally.speaker, speaker)
    tally.statements += 1
    tally.articles.add(article)


def _is_about(article: Article, said: _Said, subject: frozenset[str]) -> bool:
    """Do a statement and the paragraph before it hold enough of a subject's words?"""
    if not subject:
        return True
    start = article.text.rfind("\n", 0, max(0, said.start - 2)) + 1
    return len(subject & stems_of(article.text[start : said.end])) >= ABOUT * len(subject)


def _fuller(one: Speaker, other: Speaker) -> Speaker:
    """Of two mentions of one person the fuller name, with an office where either has one."""
    name = max(one.name, other.name, key=lambda each: len(each.split()))
    office = max(one.office or "", other.office or "", key=lambda each: len(each.split()))
    return replace(one, name=name, office=office or None)


def _day(article: Article) -> date:
    published = article.published
    return date.min if published is None else date(published.year, published.month, published.day)
