"""The `Reader` of a library: consistent read access at one generation, following what writers publish."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import numpy as np

from index.aliases import Floats
from index.article import Article
from index.encoding import Encoder, stems
from index.errors import VectorServerError
from index.filters import Filter
from index.home import Home
from index.storage import Holdings, Stores, Tokens
from index.storage.derived import Derived
from index.storage.disk_errors import says_what_the_disk_did, spoken
from index.storage.fallback import StandIn
from index.storage.records import PassageOfArticle, PassageRow
from index.storage.vectors import ChromaAddress

P = ParamSpec("P")
T = TypeVar("T")
_ARTICLES_IN_MEMORY = 500
#: Up to this many passages that pass a filter are compared one by one, in 15 ms. Of more, enough are near anyway.
EXACTLY = 5_000
_WIDER = 2


@dataclass(slots=True)
class LibraryState:
    """The state of the library as one question saw it; complete when the question has ended.

    `generation` is the generation that it was answered from. `unreachable` is the sentence for the server that holds
    the embeddings, where that could not be used: passages are then found by words alone. `away` are the parts of the
    index that could not be used, by name, each with why.
    """

    generation: int
    unreachable: str | None = None
    away: Mapping[str, str] = field(default_factory=dict)


#: The question that this thread is looking things up for.
_STATE: ContextVar[LibraryState | None] = ContextVar("library_state", default=None)


class Reader:
    """Looks things up in one library. Safe to share among threads; `refresh` before each question."""

    def __init__(self, home: Home, encoder: Encoder, chroma: ChromaAddress | None = None) -> None:
        """`chroma` is the server that the vectors lie on, None where they lie in the home."""
        self.home = home
        self.encoder = encoder
        self.stores = Stores(home, encoder, chroma)
        self._lock = threading.Lock()
        self._generation = -1
        self._passages = 0
        self._publishers: tuple[str, ...] = ()
        self._holdings: Holdings | None = None
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._standing_in = StandIn(self)

    @says_what_the_disk_did
    def present(self) -> None:
        """Raises LibraryError where the library is no longer there."""
        self.stores.catalog.generation()

    def close(self) -> None:
        """Let go of all files."""
        self.stores.close()

    @says_what_the_disk_did
    def refresh(self) -> int:
        """Follow what writers have published, and return the generation that is read now (0: nothing was ever
        published).

        Raises OtherEncoderError where the index was made with another encoder, LibraryError where it cannot be read.
        """
        generation = self.stores.catalog.generation()
        with self._lock:
            if generation != self._generation:
                self.stores.same_encoder()
                self.stores.follow(generation)
                self._articles.clear()
                self._holdings = None
                self._standing_in.clear()
                self._passages = self.stores.catalog.passage_count()
                self._publishers = tuple(self.stores.catalog.publishers())
                self._generation = generation
        if (library := _STATE.get()) is not None:  # a rebuild took the old index away, and the question starts anew
            library.generation = generation
        return generation

    @property
    def generation(self) -> int:
        """The generation that is read now."""
        return self._generation

    @property
    def passages(self) -> int:
        """How many passages the library holds."""
        return self._passages

    @property
    def publishers(self) -> tuple[str, ...]:
        """The names of all publishers, in order."""
        return self._publishers

    @says_what_the_disk_did
    def holdings(self, where: Filter = Filter()) -> Holdings:
        """A summary of the articles that pass a filter."""
        if where:
            return self.stores.catalog.holdings(where)
        with self._lock:
            found = self._holdings = self._holdings or self.stores.catalog.holdings(where)
        return found

    def newest(self, most: int, where: Filter = Filter()) -> list[Article]:
        """The newest articles that pass the filter, at most so many, those without a date last."""
        catalog = self.stores.catalog
        with catalog.snapshot():
            ids = catalog.newest(most, where.passes)
            found = catalog.articles_of(ids)
        return [found[each] for each in ids]

    def newest_ids(self, where: Filter = Filter()) -> list[str]:
        """The ids of all articles that pass the filter, the newest first, those without a date last."""
        return self.stores.catalog.newest(self._passages, where.passes)

    @says_what_the_disk_did
    def digests(self) -> dict[str, str]:
        """Each article's digest, by its id: it changes with the article's text, title or date."""
        return self.stores.catalog.digests()

    def passages_in(self, article_id: str) -> list[PassageRow]:
        """One article's passages, in reading order."""
        return self.stores.catalog.passages_of_article(article_id)

    @property
    def away(self) -> Mapping[str, str]:
        """The parts of the index that cannot be used, by name, each with why; `refresh` looks again after a rebuild.

        Without the embeddings, passages are found by words alone; without the word index, by meaning alone.
        """
        return dict(self.stores.derived.away)

    @contextmanager
    def question(self) -> Iterator[LibraryState]:
        """A context for one question, which records the state of the library for that question alone."""
        library = LibraryState(self._generation)
        token = _STATE.set(library)
        try:
            yield library
        finally:
            _STATE.reset(token)
            library.away = self.away

    def stems(self, text: str) -> list[str]:
        """The words of `text` as the word index holds them."""
        return stems(text)

    def document_frequency(self, stem: str) -> int:
        """How many passages hold this stem."""
        return self._look("words", lambda derived: derived.words.document_frequency(stem), self._counted, stem)

    def terms(self, prefixes: Iterable[str]) -> dict[str, dict[str, int]]:
        """For each prefix the stems that begin so, each with how many passages hold it, commonest first.

        Nothing where the word index cannot be used.
        """
        wanted = tuple(prefixes)
        return self._look("words", lambda derived: {each: derived.words.terms(each) for each in wanted}, dict)

    def by_words(self, stems: Mapping[str, float], limit: int, where: Filter) -> dict[int, float]:
        """The best passages by BM25 for weighted stems: number -> score, best first."""
        return self._look("words", lambda derived: derived.words.search(stems, limit, where), dict) if stems else {}

    def word_scores(self, stems: Mapping[str, float], numbers: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of the given passages."""
        return self._look("words", lambda derived: derived.words.scores(stems, numbers), dict) if stems else {}

    def by_vector(self, vector: Floats, limit: int, where: Filter) -> dict[int, float]:
        """The nearest passages: number -> cosine, nearest first."""
        if where and not {"vectors", "words", "tokens"} & self.away.keys():
            return self._nearest_passing(vector, limit, where)
        return self._look("vectors", lambda derived: derived.vectors.search(vector, limit, where), dict)

    def _nearest_passing(self, vector: Floats, limit: int, where: Filter) -> dict[int, float]:
        """The nearest passages that pass a filter. Chroma's own filter takes .1 to .4 s on 100,000 passages."""
        passing = self._look("words", lambda derived: derived.words.passing(where), int)
        wider = round(limit * _WIDER * self._passages / max(1, passing))
        if passing > EXACTLY >= wider:
            near = self.by_vector(vector, wider, Filter())
            there = self._look("words", lambda derived: derived.words.passing_among(where, list(near)), set[int])
            found = [(number, cosine) for number, cosine in near.items() if number in there]
            if len(found) >= limit:
                return dict(found[:limit])
        numbers = (
            self._look("words", lambda derived: derived.words.numbers_passing(where), list[int]) if passing else []
        )
        return dict(sorted(self.cosines(vector, numbers).items(), key=lambda pair: -pair[1])[:limit])

    def cosines(self, vector: Floats, numbers: Sequence[int]) -> dict[int, float]:
        """The cosines of the given passages that the library holds."""
        found = self._look("tokens", lambda derived: derived.tokens.vectors(numbers), self._other_vectors, numbers)
        return dict(zip(found, (np.stack(list(found.values())) @ vector).tolist(), strict=True)) if found else {}

    def _other_vectors(self, numbers: Sequence[int]) -> dict[int, Floats]:
        return self._look(
            "vectors", lambda derived: derived.vectors.vectors(numbers), self._standing_in.vectors, numbers
        )

    def tokens(self, numbers: Sequence[int]) -> Tokens:
        """The word pieces' vectors of the given passages."""
        return self._look("tokens", lambda derived: derived.tokens.read(numbers), self._standing_in.tokens, numbers)

    def project(self, vectors: Floats) -> Floats:
        """Full vectors, shape (…, dimensions), in the directions that the word pieces' are kept in."""
        return self._look("tokens", lambda derived: derived.tokens.project(vectors), lambda: vectors)

    def _counted(self, stem: str) -> int:
        """About how many passages hold a stem, read from the articles themselves."""
        with self._lock:
            known = self._standing_in.counts.get(stem)
        if known is None:
            known = self._standing_in.counts[stem] = self.stores.catalog.articles_that_hold(stem)
        return known

    def _look(
        self, store: str, look: Callable[[Derived], T], without: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The result of `look` in a store, or of `without` where the store cannot be used.

        Raises the store's own error where a rebuild has just replaced it; the question may then be asked again.
        """
        derived = self.stores.derived
        for last in (False, True):
            if store in derived.away:
                break
            try:
                return look(derived)
            except BaseException as error:
                if self.stores.epoch != derived.epoch:
                    raise
                if isinstance(error, VectorServerError) and "words" not in derived.away:
                    if (library := _STATE.get()) is not None:
                        library.unreachable = str(error)
                    break
                if last or not isinstance(error, Exception):
                    with spoken(self.home):
                        derived.give_up(store, error)
        if {"vectors", "words"} <= derived.away.keys():
            derived.whole()
        return without(*args, **kwargs)

    @says_what_the_disk_did
    def article_ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The article of each given passage, in their order, without passages that have left the library."""
        return self.stores.catalog.article_ids(numbers)

    @says_what_the_disk_did
    def rows(self, numbers: Sequence[int]) -> dict[int, PassageRow]:
        """The given passages by number, without those that have left the library."""
        return self.stores.catalog.passages_of(numbers)

    @says_what_the_disk_did
    def articles_of(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles of the given ids; those used lately stay in memory."""
        wanted = set(ids)
        catalog = self.stores.catalog
        with catalog.snapshot():
            current = catalog.generation() == self._generation
            with self._lock:
                found = {each: self._articles[each] for each in wanted if current and each in self._articles}
            missing = catalog.articles_of(wanted - found.keys())
        with self._lock:
            if current:
                self._articles.update(missing)
                while len(self._articles) > _ARTICLES_IN_MEMORY:
                    self._articles.popitem(last=False)
        return found | missing

    @says_what_the_disk_did
    def with_articles(self, numbers: Sequence[int]) -> dict[int, PassageOfArticle]:
        """The given passages with their articles at one moment, without those that have left the library."""
        with self.stores.catalog.snapshot():
            rows = self.rows(numbers)
            articles = self.articles_of(row.article for row in rows.values())
        return {
            number: PassageOfArticle(row, articles[row.article])
            for number, row in rows.items()
            if row.article in articles
        }
