"""Ranking: fusion of BM25 and embeddings, late-interaction rerank, and diversity over articles.

The shares were measured on five sets of questions with MiniLM, each the same for all of them. In brackets: XQuAD
MRR@10, SQuAD 2.0 MRR@10, MultiHop-RAG MAP@10. Half words, half meaning, min-max normalised over both top-50s: (.963,
.954, .792); with a bonus for a named publisher or date (.963, .954, .835); with the best sentence's late interaction
and embedding in the last ranking (.980, .975, .821). Neither the whole passage's late interaction nor a third kind
of passage score added anything to that.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats, Span
from index.storage import Tokens

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


@dataclass(frozen=True, slots=True, eq=False)
class SentenceScores:
    """Of each passage, shape (passages,): `late` over all of it, `best_late` and `best_dense` of its best sentence.

    All are cosines, -1 to 1; -1 for a passage without word pieces.
    """

    late: NDArray[np.float64]
    best_late: NDArray[np.float64]
    best_dense: NDArray[np.float64]


def sentence_scores(
    question: Floats, weights: Floats, meaning: Floats, tokens: Tokens, passages: Sequence[tuple[int, Sequence[Span]]]
) -> SentenceScores:
    """Compare the question with each sentence of each passage of `tokens`, by the word pieces' vectors.

    `question` has shape (word pieces, directions), `weights` (word pieces,), `meaning` (directions,), all in the
    directions of `tokens`; `passages` tell where each begins in the text that its sentences count in, and those.
    """
    late, best_late, best_dense = np.full((3, len(tokens.numbers)), -1.0)
    scores = SentenceScores(late, best_late, best_dense)
    share = weights / weights.sum() if weights.sum() > 0 else np.full_like(weights, 1 / max(1, len(weights)))
    near, alike = tokens.vectors @ question.T, tokens.vectors @ meaning
    some = tokens.bounds[:-1] < tokens.bounds[1:]
    if some.any():
        late[some] = np.maximum.reduceat(near, tokens.bounds[:-1][some]) @ share
    edges, owners = _edges(tokens, passages)
    if len(edges):
        cuts = edges.ravel()
        cuts = cuts[:-1] if cuts[-1] == len(near) else cuts  # the last slice goes to the end by itself
        np.maximum.at(best_late, owners, np.maximum.reduceat(near, cuts)[::2] @ share)
        lengths = np.linalg.norm(np.add.reduceat(tokens.vectors, cuts)[::2], axis=1)
        np.maximum.at(best_dense, owners, np.add.reduceat(alike, cuts)[::2] / np.maximum(lengths, 1e-9))
    return scores


def _edges(
    tokens: Tokens, passages: Sequence[tuple[int, Sequence[Span]]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each sentence that has any, its first word piece and the one after its last, and its passage's place."""
    edges = []
    for low, high, (start, sentences) in zip(tokens.bounds, tokens.bounds[1:], passages, strict=False):
        offsets = np.asarray(sentences, dtype=np.int64).reshape(-1, 2) - start
        edges.append(low + np.searchsorted(tokens.spans[low:high, 0], offsets))
    owners = np.repeat(np.arange(len(edges)), [len(each) for each in edges])
    joined = np.concatenate(edges) if edges else np.empty((0, 2), dtype=np.int64)
    some = joined[:, 0] < joined[:, 1]
    return joined[some], owners[some]


def in_turn(scores: Sequence[float], articles: Sequence[str]) -> list[int]:
    """The order, best first, in which a passage loses for each one of its article before it."""
    left = sorted(range(len(scores)), key=lambda i: -scores[i])
    seen: dict[str, int] = {}
    order = []
    while left:
        best, most = 0, -math.inf
        for place, i in enumerate(left):
            if scores[i] <= most:
                break  # what follows has no higher score, and nothing is added to it
            score = scores[i] - REPEATED * min(seen.get(articles[i], 0), _REPEATS)
            if score > most:
                best, most = place, score
        i = left.pop(best)
        seen[articles[i]] = seen.get(articles[i], 0) + 1
        order.append(i)
    return order
