"""Finds the passages of the library that a question is about."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.candidates import Candidate, Floats, Query
from assistant.hints import hints
from assistant.ranking import FINALISTS, NAMED, POOL, SHARES, in_turn, normalised, pooled, sentence_scores
from assistant.stop_words import STOP_WORDS
from index.reader import Reader, Shelved
from index.words import Filter

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
class _Ranked:
    number: int
    shelved: Shelved
    score: float
    words: float
    dense: float
    late: float


class Retriever:
    """Searches one library by words and by meaning. Safe to share among threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def find(self, question: str, history: Sequence[str] = (), where: Filter = Filter(), k: int = FINALISTS) -> Found:
        """The best `k` passages for a question, with every signal that ranked them.

        `history` holds the earlier questions that the question leans on, oldest first.
        """
        text = " ".join([*history, question])
        encoded = self._reader.encoder.encode([text], question=True)[0]
        rarities = self._rarities(text)
        query = Query(
            text=question,
            history=tuple(history),
            vector=self._reader.project(encoded.vector),
            tokens=self._reader.project(encoded.tokens),
            weights=_weights(text, encoded.spans, rarities),
            stems={stem: weight for stems in rarities.values() for stem, weight in stems.items()},
        )
        ranked = self._ranked(query, encoded.vector, text, where, k)
        tokens = self._reader.tokens([each.number for each in ranked])
        candidates = [
            Candidate(
                number=each.number,
                article=each.shelved.article,
                start=each.shelved.row.start,
                end=each.shelved.row.end,
                sentences=each.shelved.row.sentences,
                tokens=tokens[each.number].vectors,
                spans=tokens[each.number].spans,
                score=each.score,
                words=each.words,
                dense=each.dense,
                late=each.late,
            )
            for each in ranked
            if each.number in tokens
        ]
        return Found(query, tuple(candidates))

    def _ranked(self, query: Query, vector: Floats, text: str, where: Filter, k: int) -> list[_Ranked]:
        reader = self._reader
        size = max(POOL, k)
        stems = dict.fromkeys(list(query.stems)[:_MOST_STEMS], 1.0)
        words = reader.by_words(stems, size, where)
        dense = reader.by_vector(vector, size, where)
        shelved = reader.shelved([*words, *(number for number in dense if number not in words)])
        numbers = list(shelved)
        if not numbers:
            return []
        words |= reader.word_scores(stems, [number for number in numbers if number not in words])
        held = reader.vectors([number for number in numbers if number not in dense])
        dense |= {number: float(stored @ vector) for number, stored in held.items()}
        numbers = [number for number in numbers if number in dense]

        named = hints(text, reader.publishers)
        bonus = np.array(
            [
                NAMED * named.publisher_fits(shelved[number].article) + NAMED * named.day_fits(shelved[number].article)
                for number in numbers
            ]
        )
        base = pooled(words, dense, numbers)
        order = np.argsort(-(base + bonus), kind="stable")
        finalists = order[: max(FINALISTS, min(k, POOL))]
        tokens = reader.tokens([numbers[i] for i in finalists])
        late = np.full(len(numbers), -1.0)
        scores = SHARES[0] * base
        if len(finalists):
            found = []
            for i in finalists:
                row, number = shelved[numbers[i]].row, numbers[i]
                if number in tokens:
                    args = (query.tokens, query.weights, query.vector, tokens[number], row.start, row.sentences)
                    each = sentence_scores(*args)
                    late[i] = each.late
                    found.append((each.best_late, each.best_dense))
                else:
                    found.append((-1.0, -1.0))
            by_late, by_dense = np.array(found).T
            scores[finalists] += SHARES[1] * normalised(by_late) + SHARES[2] * normalised(by_dense)
        most = 1.0 + NAMED * bool(named.publishers) + NAMED * bool(named.days)
        scores = (scores + bonus) / most
        best = np.argsort(-scores, kind="stable")[: max(2 * FINALISTS, k)]
        turns = in_turn([float(scores[i]) for i in best], [shelved[numbers[i]].row.article for i in best])
        return [
            _Ranked(number, shelved[number], float(scores[i]), words.get(number, 0.0), dense[number], float(late[i]))
            for i in (best[turn] for turn in turns[:k])
            for number in (numbers[i],)
        ]

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
