"""Candidate sentences: those of the passages found, each with a cheap score by which the reader's share is chosen.

The score is late interaction (the question's word pieces' best matches in the sentence, weighted by rarity) together
with the cosine of the sentence's mean word piece: both come from vectors that the index keeps, so they cost a few
milliseconds for all sentences of twenty passages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.language import countries_in
from assistant.language.countries import country_of
from assistant.language.tokens import stems_of
from assistant.questions import Question
from assistant.retrieval import Candidate
from index.aliases import Floats, Span
from index.article import Article

#: What a word piece that says nothing counts, against the weightiest of the question: it keeps the shape of the
#: question ("who led" is not "who was led by") without drowning its content.
PLAIN_WEIGHT = 0.15
#: What an earlier question's word counts against one of the last question.
HISTORY_WEIGHT = 0.2
#: Weights this close, relatively, are those of one stem.
SAME_WEIGHT = 1e-3
#: What each signal counts in the cheap score: late interaction of the sentence, and with the one before it; the
#: question's stems that it holds, and with the one before it; the mean word piece's cosine; the passage's own score.
#: Near a conditional logistic regression over the sentences of XQuAD's, SQuAD 2.0's and MultiHop-RAG's questions.
SHARES = {"late": 0.7, "late_before": 0.4, "cover": 0.2, "cover_before": 0.25, "dense": 0.5, "passage": 0.4}

#: The same for what is worth reading: without the words that are shared, which the reader sees for itself.
WORTH = {"late": 0.4, "dense": 0.4, "passage": 0.2}


@dataclass(frozen=True, slots=True, eq=False)
class CandidateSentence:
    """A sentence of `article`, characters `start` to `end`, in the running for an answer.

    `passage` is its passage's place in the ranking, `order` its own place in that passage. `late` and `dense` are
    cosines (-1 to 1), `cover` the weighted share (0 to 1) of the question's stems that it and the one before it hold,
    `cheap` what ranks it by these, and `worth` how much it is worth reading. `mean`, shape (directions,), is the mean
    of its word pieces' vectors, of unit length; `pieces` is how many word pieces it has.
    """

    article: Article
    start: int
    end: int
    passage: int
    order: int
    late: float
    dense: float
    cover: float
    cheap: float
    worth: float
    mean: Floats
    pieces: int = 0

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.article.text[self.start : self.end]


def candidate_sentences(question: Question, candidates: Sequence[Candidate]) -> list[CandidateSentence]:
    """Every sentence of the passages, each once, in the passages' order.

    >>> candidate_sentences(question, candidates)[0].text  # doctest: +SKIP
    'The talks ended on Wednesday.'
    """
    pieces, stems = word_weights(question), stem_weights(question)
    words = question.searched.split()
    countries = {country: stems_of(word) for word in words if (country := country_of(word.strip("?!.,").lower()))}
    found: dict[tuple[str, int], CandidateSentence] = {}
    for place, candidate in enumerate(candidates):
        similar = question.tokens @ candidate.tokens.T
        near = candidate.tokens @ question.vector
        before, held_before = np.full(len(question.tokens), -1.0, dtype=np.float32), frozenset[str]()
        for order, ((start, end), (first, last)) in enumerate(
            zip(candidate.sentences, sentence_pieces(candidate), strict=True)
        ):
            key = (candidate.article.id, start)
            if last <= first:
                continue
            total = candidate.tokens[first:last].sum(axis=0)
            length = max(float(np.linalg.norm(total)), 1e-9)
            best = similar[:, first:last].max(axis=1)
            text = candidate.article.text[start:end]
            held = stems_of(text) | _named_otherwise(countries, text) if stems else frozenset[str]()
            signals = {
                "late": float(best @ pieces),
                "late_before": float(np.maximum(best, before) @ pieces),
                "cover": _share(stems, held),
                "cover_before": _share(stems, held | held_before),
                "dense": float(near[first:last].sum()) / length,
                "passage": candidate.score,
            }
            before, held_before = best, held
            if key not in found:
                cheap = sum(SHARES[name] * value for name, value in signals.items())
                found[key] = CandidateSentence(
                    candidate.article,
                    start,
                    end,
                    place,
                    order,
                    signals["late"],
                    signals["dense"],
                    signals["cover_before"],
                    cheap,
                    sum(WORTH[name] * value for name, value in signals.items() if name in WORTH),
                    total / length,
                    last - first,
                )
    return list(found.values())


def _share(stems: Mapping[str, float], held: frozenset[str]) -> float:
    return sum(weight for stem, weight in stems.items() if stem in held)


def _named_otherwise(countries: Mapping[str, frozenset[str]], text: str) -> frozenset[str]:
    """The question's words for countries that the text calls by another name: "Kyiv" for "Ukrainian"."""
    if not countries:
        return frozenset()
    return frozenset[str]().union(*(countries[country] for country in countries_in(text) & countries.keys()))


def sentence_pieces(candidate: Candidate) -> list[Span]:
    """The first and the last word piece (exclusive) of each sentence of a passage."""
    starts = np.asarray(candidate.spans, dtype=np.int64).reshape(-1, 2)[:, 0]
    spans = np.asarray(candidate.sentences, dtype=np.int64).reshape(len(candidate.sentences), 2) - candidate.start
    first, last = np.searchsorted(starts, spans[:, 0]), np.searchsorted(starts, spans[:, 1])
    return [(int(a), int(b)) for a, b in zip(first, last, strict=True)]


def word_weights(question: Question) -> Floats:
    """The share of each word piece of the question, shape (word pieces,), summing to 1."""
    weights, own = question.weights.copy(), question.own
    asked_now = {round(weight, 3) for stem, weight in question.stems.items() if stem in own}
    for stem, weight in question.stems.items() if question.history else ():
        if stem not in own and round(weight, 3) not in asked_now:  # a word piece is known by its weight alone
            weights[np.isclose(question.weights, weight, rtol=SAME_WEIGHT)] = weight * HISTORY_WEIGHT
    top = float(weights.max(initial=0.0))
    weights = weights + (PLAIN_WEIGHT * top if top > 0 else 1.0)
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)


def stem_weights(question: Question) -> dict[str, float]:
    """The question's content stems with their share, summing to 1; those of earlier questions count less."""
    own, alone = question.own, not question.history
    weights = {s: w if s in own or alone else w * HISTORY_WEIGHT for s, w in question.stems.items()}
    total = sum(weights.values())
    return {stem: weight / total for stem, weight in weights.items()} if total > 0 else {}
