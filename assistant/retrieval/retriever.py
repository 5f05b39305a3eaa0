"""Hybrid retrieval: the passages of the library that a question is about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.language.times.resolving import days_in
from assistant.questions import Question
from assistant.questions.hints import Hints
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.ranking import FINALISTS, NAMED, POOL, SHARES, in_turn, normalised, pooled, sentence_scores
from index.reader import Reader

#: A stop word among the stems would outweigh the rest of a question made of nothing else.
_MOST_STEMS = 200


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

    def search(self, question: Question, k: int = FINALISTS) -> list[Candidate]:
        """The best `k` passages for a question, best first, with every signal that ranked them."""
        reader = self._reader
        pool = self._pool(question, max(POOL, k))
        numbers = pool.numbers
        if not numbers:
            return []
        named = question.hints
        bonus = self._bonus(pool, named)
        base = pooled(pool.words, pool.dense, numbers)
        finalists = np.argsort(-(base + bonus), kind="stable")[: max(FINALISTS, min(k, POOL))]
        rows = reader.rows([numbers[i] for i in finalists])
        tokens = reader.tokens(list(rows))
        passages = [(rows[number].start, rows[number].sentences) for number in tokens.numbers]
        found = sentence_scores(question.tokens, question.weights, question.vector, tokens, passages)
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
        found_in = reader.with_articles([numbers[i] for i in chosen])
        lates = dict(zip((numbers[i] for i in finalists), late.tolist(), strict=True))
        return [
            Candidate(
                number=number,
                article=found_in[number].article,
                start=found_in[number].row.start,
                end=found_in[number].row.end,
                sentences=found_in[number].row.sentences,
                tokens=pieces[number][0],
                spans=pieces[number][1],
                score=float(scores[i]),
                words=pool.words.get(number, 0.0),
                dense=pool.dense[number],
                late=lates.get(number, -1.0),
            )
            for i in chosen
            for number in (numbers[i],)
            if number in pieces and number in found_in
        ]

    def _pool(self, question: Question, size: int) -> _Pool:
        """The best by words and the best by meaning, each with both scores."""
        reader, vector, where = self._reader, question.meaning, question.where
        stems = dict.fromkeys([*question.stems, *question.variants][:_MOST_STEMS], 1.0)
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
        bonus = np.array([NAMED * fits.get(pool.article_of[number], 0) for number in pool.numbers])
        if named.time is None or named.days:
            return bonus
        rows = self._reader.rows(pool.numbers)
        for place, number in enumerate(pool.numbers):
            article = articles.get(pool.article_of[number])
            if article is None or number not in rows or named.day_fits(article):
                continue
            days = days_in(article, rows[number].start, rows[number].end)
            bonus[place] += NAMED * any(named.time.holds(each.day) for each in days if not each.saying)
        return bonus
