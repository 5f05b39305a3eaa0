"""Hybrid retrieval: the passages of the library that a question is about."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.language.times.expressions import expressions
from assistant.language.times.questions import AskedTime, asked_time
from assistant.language.tokens import STOP_WORDS
from assistant.retrieval.candidates import Candidate, Floats, Query
from assistant.retrieval.query_hints import Hints, hints
from assistant.retrieval.query_paper import asked_paper
from assistant.retrieval.query_spelling import Spelled, Speller
from assistant.retrieval.ranking import FINALISTS, NAMED, POOL, SHARES, in_turn, normalised, pooled, sentence_scores
from index.filters import Filter
from index.reader import Reader

_WORD = re.compile(r"\w+")
#: A stop word among the stems would outweigh the rest of a question made of nothing else.
_MOST_STEMS = 200

#: The passages that an empty library is taken to hold, how many of them hold a stem, and the size of the library from
#: which on only its own count. With them, mistaken refusals on the brief fall from .08 to .01; on XQuAD's 223 passages
#: they would cost .002 of MRR.
PRIOR_PASSAGES = 30
PRIOR_FREQUENCY = 0.9
PRIOR_UNTIL = 200


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search came to: the question as it was ranked with, and the passages, best first."""

    query: Query
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The passages in the running, in the order of `numbers`: whose they are, and how near by words and meaning."""

    numbers: list[int]
    article_of: dict[int, str]
    words: dict[int, float]
    dense: dict[int, float]


class Retriever:
    """Searches one library by words and by meaning. Safe to share among threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._speller = Speller(reader)

    def find(self, question: str, history: Sequence[str] = (), where: Filter = Filter(), k: int = FINALISTS) -> Found:
        """The best `k` passages for a question, with every signal that ranked them.

        `history` holds the earlier questions that the question leans on, oldest first.
        """
        return self.search(self.encoded(question, history, where), where, k)

    def encoded(self, question: str, history: Sequence[str] = (), where: Filter = Filter()) -> Query:
        """The question as it is ranked with, read in the library's spelling and without the name of its paper."""
        spelled = [self._speller.spelled(each) for each in (*history, question)]
        paper = None if where.publisher else asked_paper(spelled[-1].text, self._reader.publishers)
        if paper is not None:
            spelled[-1] = replace(spelled[-1], text=paper.question)
        text = " ".join(each.text for each in spelled)
        encoded = self._reader.encoder.encode([text], question=True)[0]
        rarities = self._rarities(text)
        return Query(
            text=spelled[-1].text,
            history=tuple(each.text for each in spelled[:-1]),
            vector=self._reader.project(encoded.vector),
            tokens=self._reader.project(encoded.tokens),
            weights=_weights(text, encoded.spans, rarities),
            stems={stem: weight for stems in rarities.values() for stem, weight in stems.items()},
            variants=self._variants(spelled),
            meaning=encoded.vector,
            searched=text,
            read=tuple(each for question in spelled for each in question.read),
            paper=None if paper is None else paper.publisher,
            time=self._asked_time(spelled[-1].text),
        )

    def search(self, query: Query, where: Filter = Filter(), k: int = FINALISTS) -> Found:
        """The best `k` passages for an encoded question, of the paper that it is put to."""
        if query.paper and not where.publisher:
            where = replace(where, publisher=query.paper)
        return Found(query, tuple(self._candidates(query, query.meaning, query.searched, where, k)))

    def _candidates(self, query: Query, vector: Floats, text: str, where: Filter, k: int) -> list[Candidate]:
        reader = self._reader
        pool = self._pool(query, vector, where, max(POOL, k))
        numbers = pool.numbers
        if not numbers:
            return []
        named = hints(text, reader.publishers, query.time)
        bonus = self._bonus(pool, named)
        base = pooled(pool.words, pool.dense, numbers)
        finalists = np.argsort(-(base + bonus), kind="stable")[: max(FINALISTS, min(k, POOL))]
        rows = reader.rows([numbers[i] for i in finalists])
        tokens = reader.tokens(list(rows))
        passages = [(rows[number].start, rows[number].sentences) for number in tokens.numbers]
        found = sentence_scores(query.tokens, query.weights, query.vector, tokens, passages)
        place = {number: i for i, number in enumerate(tokens.numbers)}
        at = np.array([place.get(numbers[i], -1) for i in finalists])
        late, by_late, by_dense = (
            np.where(at >= 0, np.append(each, -1.0)[at], -1.0)
            for each in (found.late, found.best_late, found.best_dense)
        )
        scores = SHARES[0] * base
        scores[finalists] += SHARES[1] * normalised(by_late) + SHARES[2] * normalised(by_dense)
        scores = (scores + bonus) / (1.0 + NAMED * bool(named.publishers) + NAMED * bool(named.days or named.time))
        best = np.argsort(-scores, kind="stable")[: max(2 * FINALISTS, k)]
        turns = in_turn(scores[best].tolist(), [pool.article_of[numbers[i]] for i in best])
        chosen = [int(best[turn]) for turn in turns[:k]]

        pieces = {number: (vectors, spans) for number, vectors, spans in tokens.each()}
        further = [numbers[i] for i in chosen if numbers[i] not in pieces]
        if further:
            pieces |= {number: (vectors, spans) for number, vectors, spans in reader.tokens(further).each()}
        shelved = reader.shelved([numbers[i] for i in chosen])
        lates = dict(zip((numbers[i] for i in finalists), late.tolist(), strict=True))
        return [
            Candidate(
                number=number,
                article=shelved[number].article,
                start=shelved[number].row.start,
                end=shelved[number].row.end,
                sentences=shelved[number].row.sentences,
                tokens=pieces[number][0],
                spans=pieces[number][1],
                score=float(scores[i]),
                words=pool.words.get(number, 0.0),
                dense=pool.dense[number],
                late=lates.get(number, -1.0),
            )
            for i in chosen
            for number in (numbers[i],)
            if number in pieces and number in shelved
        ]

    def _pool(self, query: Query, vector: Floats, where: Filter, size: int) -> _Pool:
        """The best by words and the best by meaning, each with both scores."""
        reader = self._reader
        stems = dict.fromkeys([*query.stems, *query.variants][:_MOST_STEMS], 1.0)
        words = reader.by_words(stems, size, where)
        dense = reader.by_vector(vector, size, where)
        article_of = reader.article_ids([*words, *(number for number in dense if number not in words)])
        words |= reader.word_scores(stems, [number for number in article_of if number not in words])
        dense |= reader.cosines(vector, [number for number in article_of if number not in dense])
        return _Pool([number for number in article_of if number in dense], article_of, words, dense)

    def _bonus(self, pool: _Pool, named: Hints) -> NDArray[np.float64]:
        """What each passage gains by the publishers and days that the question names."""
        if not named.publishers and not named.days and not named.time:
            return np.zeros(len(pool.numbers))
        articles = self._reader.articles_of(pool.article_of.values())
        fits = {each.id: named.publisher_fits(each) + named.day_fits(each) for each in articles.values()}
        return np.array([NAMED * fits.get(pool.article_of[number], 0) for number in pool.numbers])

    def _asked_time(self, question: str) -> AskedTime | None:
        """The time that a question asks about, seen from the day of the newest article, or from today."""
        if not expressions(question):
            return None
        newest = self._reader.holdings().last
        return None if newest is None else asked_time(question, min(newest, date.today()))

    def _variants(self, spelled: Sequence[Spelled]) -> dict[str, str]:
        """The stems of further spellings of the questions' names, each with the stem of the name as it is asked."""
        named = [
            (self._reader.stems(name), other) for each in spelled for name, others in each.also for other in others
        ]
        return {stem: asked[0] for asked, other in named for stem in self._reader.stems(other) if [stem] != asked}

    def _rarities(self, text: str) -> dict[str, dict[str, float]]:
        """For each word of the text that says something: its stems in the word index, and how rare each is there."""
        total = self._reader.passages
        found: dict[str, dict[str, float]] = {}
        for word in dict.fromkeys(match.group().lower() for match in _WORD.finditer(text)):
            if word not in STOP_WORDS:
                found[word] = {}
                for stem in self._reader.stems(word):
                    found[word][stem] = idf(self._reader.document_frequency(stem), total)
        return found


def idf(frequency: int, passages: int) -> float:
    """How rare a stem is that `frequency` of the library's `passages` hold; above 0.

    A library of a few passages knows little about that, so it counts as if it had some more, in which each stem is
    about as rare as most are; the more it has itself, the fewer are added.
    """
    share = max(0.0, 1 - passages / PRIOR_UNTIL)
    known, total = frequency + share * PRIOR_FREQUENCY, passages + share * PRIOR_PASSAGES
    return math.log(1 + (max(0.0, total - known) + 0.5) / (known + 0.5))


def _weights(text: str, spans: Sequence[tuple[int, int]], rarities: dict[str, dict[str, float]]) -> Floats:
    """The weight of each word piece: how rare its word is in the library, 0 for words that say nothing."""
    weights = np.zeros(len(spans), dtype=np.float32)
    begins = [start for start, _ in spans]
    for match in _WORD.finditer(text):
        rarity = max(rarities.get(match.group().lower(), {}).values(), default=0.0)
        first, last = np.searchsorted(begins, match.span())
        weights[first:last] = rarity
    return weights
