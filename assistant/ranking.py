"""Ranks passages: words and meaning together, then the best sentence of each, then articles in turn.

The shares were measured on five sets of questions with MiniLM, each the same for all of them. In brackets: XQuAD
MRR@10, SQuAD 2.0 MRR@10, MultiHop-RAG MAP@10. Half words, half meaning, min-max normalised over both top-50s: (.963,
.954, .792); with a bonus for a named publisher or date (.963, .954, .835); with the best sentence's late interaction
and embedding in the last ranking (.980, .975, .821). Neither the whole passage's late interaction nor a third kind
of passage score added anything to that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Floats, Span
from index.tokens import Tokens

#: Passages taken into the running from each of words and meaning.
POOL = 50
#: Passages whose sentences are looked at.
FINALISTS = 20

#: Of the last score: the pooled words and meaning, the best sentence's late interaction, its embedding.
SHARES = (3 / 6, 2 / 6, 1 / 6)
#: What it is worth that the article is by the publisher, or of the day, that the question names.
NAMED = 0.3
#: What a second and a third passage of one article lose, so that others have their turn.
REPEATED = 0.3
_REPEATS = 2


def normalised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores, shape (n,), moved to 0 to 1; all 1 where they do not differ."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)


def pooled(words: Mapping[int, float], dense: Mapping[int, float], numbers: Sequence[int]) -> NDArray[np.float64]:
    """Half words, half meaning, for the passages of the pool: shape (n,), 0 to 1."""
    by_words = normalised(np.array([words.get(number, 0.0) for number in numbers], dtype=np.float64))
    by_meaning = normalised(np.array([dense[number] for number in numbers], dtype=np.float64))
    return (by_words + by_meaning) / 2


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Of one passage: `late` over all of it, `best_late` and `best_dense` of its best sentence; cosines, -1 to 1."""

    late: float
    best_late: float
    best_dense: float


def sentence_scores(
    question: Floats, weights: Floats, meaning: Floats, tokens: Tokens, start: int, sentences: Sequence[Span]
) -> SentenceScores:
    """Compare the question with each sentence of a passage, by the word pieces' vectors.

    `question` has shape (word pieces, directions), `weights` (word pieces,), `meaning` (directions,), all in the
    directions of `tokens`; `start` is where the passage begins in the text that `sentences` count in.
    """
    vectors = tokens.vectors
    if not len(vectors):
        return SentenceScores(-1.0, -1.0, -1.0)
    share = weights / weights.sum() if weights.sum() > 0 else np.full_like(weights, 1 / max(1, len(weights)))
    near = question @ vectors.T
    begins = np.fromiter((span[0] for span in tokens.spans), dtype=np.int64, count=len(tokens.spans))
    edges = np.searchsorted(begins, [offset - start for span in sentences for offset in span])
    best_late = best_dense = -1.0
    for first, last in edges.reshape(-1, 2):
        if last > first:
            best_late = max(best_late, float(share @ near[:, first:last].max(axis=1)))
            mean = vectors[first:last].mean(axis=0)
            best_dense = max(best_dense, float(mean @ meaning / max(float(np.linalg.norm(mean)), 1e-9)))
    return SentenceScores(float(share @ near.max(axis=1)), best_late, best_dense)


def in_turn(scores: Sequence[float], articles: Sequence[str]) -> list[int]:
    """The order, best first, in which a passage loses for each one of its article before it."""
    left = sorted(range(len(scores)), key=lambda i: -scores[i])
    seen: dict[str, int] = {}
    order = []
    while left:
        best = max(left, key=lambda i: scores[i] - REPEATED * min(seen.get(articles[i], 0), _REPEATS))
        left.remove(best)
        seen[articles[best]] = seen.get(articles[best], 0) + 1
        order.append(best)
    return order
