"""Statements of people over a whole library: who speaks, and all that one of them says about a subject."""

import logging
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from assistant.answer import Citation, PersonEntry, Speaker
from assistant.language.countries import country_of
from assistant.language.spelling import same_name, sound
from assistant.language.tokens import STOP_WORDS, stems_of
from assistant.questions import Speller
from assistant.retrieval.statement_reading import StatementSpan
from assistant.retrieval.statement_store import StatementStore, Tally
from index.article import Article
from index.filters import Filter
from index.reader import Reader
from index.storage.disk_errors import says_what_the_disk_did

log = logging.getLogger("talks")

#: Articles that are read at a time: what a crash loses.
_BATCH = 100
#: A statement is about a subject where it, or the one before it, holds this share of the subject's words.
ABOUT = 0.5
#: Words before a last name that are no part of it.
_PARTICLES = frozenset("de da von van der al bin ibn el la".split())


@dataclass(slots=True)
class _SpeakerCount:
    """A person, with what was counted so far."""

    speaker: Speaker
    statements: int = 0
    articles: set[str] = field(default_factory=set)


class Statements:
    """Reads one library for what people say in it. Safe to share among threads."""

    def __init__(self, reader: Reader) -> None:
        self.home = reader.home
        self._reader = reader
        self._speller = Speller(reader)
        self._opening = threading.Lock()
        self._opened: StatementStore | None = None

    def close(self) -> None:
        """Let go of the file in which statements are kept."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    @says_what_the_disk_did
    def people(self, where: Filter = Filter()) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles that pass a filter let speak, with counts; who says most comes first.

        Articles that nobody has read since they came are read now, some 15 ms each, and kept.
        """
        ids = self._reader.newest_ids(where)
        digests = self._reader.digests()
        self._read({each: digests[each] for each in ids if each in digests})
        store = self._store
        if not where:
            store.keep_only(ids)
        tallies = store.tallies()
        found: dict[str, list[_SpeakerCount]] = {}
        known: dict[str, _SpeakerCount] = {}
        for each in ids:
            for tally in tallies.get(each, ()):
                if _is_person(tally.speaker.name):
                    _count(found, known, tally)
        everybody = [person for several in found.values() for person in several]
        everybody.sort(key=lambda person: (-person.statements, person.speaker.name))
        return tuple(
            PersonEntry(each.speaker.name, each.speaker.office, each.statements, len(each.articles))
            for each in everybody
        )

    @says_what_the_disk_did
    def of(self, person: str, about: str | None = None, where: Filter = Filter()) -> tuple[Citation, ...]:
        """What a person says, oldest first; `about` keeps what is about a subject.

        The person may go by full name, last name or another spelling; the subject is given in a few words.
        """
        wanted = _words(self._speller.spelled(person).text)
        if not wanted:
            return ()
        subject = stems_of(self._speller.spelled(about).text) if about else frozenset()
        subject -= {stem for word in STOP_WORDS for stem in stems_of(word)}
        ids = self._holding(wanted, where)
        digests = self._reader.digests()
        self._read({each: digests[each] for each in ids if each in digests})
        theirs = {
            each: [one for one in said if _is_named(one.speaker.name, wanted)]
            for each, said in self._store.said_in(ids).items()
        }
        articles = self._reader.articles_of(each for each, said in theirs.items() if said)
        found = [
            (article.day or date.min, article.publisher or "", article, said)
            for article in articles.values()
            for said in theirs[article.id]
            if _is_about(article, said, subject)
        ]
        found.sort(key=lambda each: (each[0], each[1], each[2].id, each[3].start))
        return tuple(
            Citation(
                number, article.text[said.start : said.end], said.start, said.end, article, said.speaker, said.date
            )
            for number, (_, _, article, said) in enumerate(found, start=1)
        )

    def kept(self, articles: Sequence[Article]) -> dict[str, tuple[StatementSpan, ...]]:
        """What is said in those of the articles that have been read since they came, by their ids; reads none.

        Nothing where the file cannot be read: whoever asks can read the articles.
        """
        try:
            return self._store.kept(articles)
        except sqlite3.Error as error:
            log.warning("What people say cannot be read from %s: %s", self._store.path, error)
            return {}

    def _holding(self, wanted: Sequence[str], where: Filter) -> list[str]:
        """The ids of the articles that name somebody, in any spelling."""
        last = wanted[-1]
        spellings = {last, *(other for _, others in self._speller.spelled(last.title()).also for other in others)}
        stems = {stem: 1.0 for word in spellings for stem in self._reader.stems(word)}
        numbers = self._reader.by_words(stems, max(1, self._reader.passages), where)
        return list(dict.fromkeys(self._reader.article_ids(list(numbers)).values()))

    def _read(self, digests: Mapping[str, str]) -> None:
        """Read those of the articles that are not kept as they are now."""
        store = self._store
        ids = sorted(store.missing(digests))
        for first in range(0, len(ids), _BATCH):
            store.put(self._reader.articles_of(ids[first : first + _BATCH]).values())

    @property
    def _store(self) -> StatementStore:
        with self._opening:
            if self._opened is None:
                self._opened = StatementStore(self._reader.home, look=True)
            return self._opened


@lru_cache(maxsize=50_000)
def _is_person(name: str) -> bool:
    """Is a speaker somebody with a name, and not "officials" or "the ministry"?"""
    words = name.split()
    if country_of(name):
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


def _count(found: dict[str, list[_SpeakerCount]], known: dict[str, _SpeakerCount], tally: Tally) -> None:
    """Count statements: for whoever has the same last name by sound, and no other first name.

    `known` are those found so far, by the names that they were counted under.
    """
    speaker = tally.speaker
    person = known.get(speaker.name)
    if person is None:
        words = _words(speaker.name)
        namesakes = found.setdefault(sound(words[-1]), [])
        person = next((each for each in namesakes if _is_named(each.speaker.name, words)), None)
        if person is None:
            person = _SpeakerCount(speaker)
            namesakes.append(person)
        known[speaker.name] = person
    person.speaker = _fuller(person.speaker, speaker)
    person.statements += tally.count
    person.articles.add(tally.article)


def _is_about(article: Article, said: StatementSpan, subject: frozenset[str]) -> bool:
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
