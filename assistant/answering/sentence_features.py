"""Answer sentence selection, features: evidence that a sentence answers the question."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.question_types import SPEECH, Kind, asked, holds
from assistant.language.anaphora import PRONOUN, QUOTATION, leading, leans_back
from assistant.language.countries import countries_in, country_of
from assistant.language.tokens import stems_of
from assistant.retrieval.candidates import Candidate, Query
from index.article import Article

Floats = NDArray[np.float32]
Span = tuple[int, int]
#: What a word piece that says nothing counts, against the weightiest of the question: it keeps the shape of the
#: question ("who led" is not "who was led by") without drowning its content.
PLAIN_WEIGHT = 0.15
#: What an earlier question's word counts against one of the last question.
HISTORY_WEIGHT = 0.5
#: In "…," said the Secretary of State, so many words after the verb may name the speaker.
AFTER_VERB = 6
#: Weights this close, relatively, are those of one stem.
SAME_WEIGHT = 1e-3
#: What speaking counts where the verb is another than the question's: "said" where it asks what they warned of.
OTHER_VERB = 0.6
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one sentence; every figure is 0 to 1 but the cosines `late` and `late_before` (-1 to 1).

    `late`: the question's word pieces' best matches in the sentence, weighted; `late_before`: the same with the
    sentence before added. `cover`, `cover_before`: the weighted share of the question's stems found. `kind`: 0
    where an answer of the kind asked for is absent. `speaker`: is it said by whom the question names? `elsewhere`: 1
    where the question names countries, and the sentence, with those it leans on, only others.
    `dense`: the cosine of the sentence's mean word piece with the question. `passage`: the score of the
    passage it stands in.
    """

    late: float
    late_before: float
    cover: float
    cover_before: float
    kind: float
    speaker: float
    dense: float
    passage: float
    elsewhere: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `article`, characters `start` to `end`; a quote of it begins at `led_from`.

    `led_from` is `start`, or the start of an earlier sentence where this one leans on it. `passage` is its
    candidate's place in the ranking, `order` its own place in that passage.
    """

    article: Article
    start: int
    end: int
    led_from: int
    passage: int
    order: int
    evidence: Evidence

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.article.text[self.start : self.end]


def word_weights(query: Query) -> Floats:
    """The share of each word piece of the question, shape (word pieces,), summing to 1."""
    weights = query.weights.copy()
    own = stems_of(query.text)
    asked_now = {round(weight, 3) for stem, weight in query.stems.items() if stem in own}
    for stem, weight in query.stems.items() if query.history else ():
        if stem not in own and round(weight, 3) not in asked_now:  # a word piece is known by its weight alone
            weights[np.isclose(query.weights, weight, rtol=SAME_WEIGHT)] = weight * HISTORY_WEIGHT
    top = float(weights.max(initial=0.0))
    weights = weights + (PLAIN_WEIGHT * top if top > 0 else 1.0)
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)


def stem_weights(query: Query) -> dict[str, float]:
    """The question's content stems with their share, summing to 1; those of earlier questions count half."""
    own = stems_of(query.text)
    weights = {s: w if s in own or not query.history else w * HISTORY_WEIGHT for s, w in query.stems.items()}
    total = sum(weights.values())
    return {stem: weight / total for stem, weight in weights.items()} if total > 0 else {}


def _pieces(candidate: Candidate) -> list[Span]:
    """The first and the last word piece (exclusive) of each sentence."""
    starts = np.asarray(candidate.spans, dtype=np.int64).reshape(-1, 2)[:, 0]
    spans = np.asarray(candidate.sentences, dtype=np.int64).reshape(len(candidate.sentences), 2) - candidate.start
    first, last = np.searchsorted(starts, spans[:, 0]), np.searchsorted(starts, spans[:, 1])
    return [(int(a), int(b)) for a, b in zip(first, last, strict=True)]


def _dense(query: Query, candidate: Candidate) -> list[float]:
    near = candidate.tokens @ query.vector
    similar = []
    for first, last in _pieces(candidate):
        mean = candidate.tokens[first:last].sum(axis=0)
        similar.append(float(near[first:last].sum() / max(float(np.linalg.norm(mean)), 1e-9)))
    return similar


def matches(query: Query, candidate: Candidate) -> Floats:
    """For each sentence and each word piece of the question the best cosine, shape (sentences, word pieces)."""
    similar = query.tokens @ candidate.tokens.T
    found = np.zeros((len(candidate.sentences), len(query.tokens)), dtype=np.float32)
    for i, (first, last) in enumerate(_pieces(candidate)):
        if last > first:
            found[i] = similar[:, first:last].max(axis=1)
    return found


def sentences_of(query: Query, candidates: Sequence[Candidate]) -> list[Sentence]:
    """Every sentence of the candidates, in their order, with its evidence."""
    pieces, stems = word_weights(query), stem_weights(query)
    wanted = asked(query.text)
    known = frozenset(" ".join([*query.history, query.text]).lower().replace("?", " ").replace("'s", " ").split())
    speaker = speaker_stems(wanted.speaker, query.history) & stems.keys()
    verb = stems_of(wanted.verb)
    countries = {country: stems_of(word) for word in known if (country := country_of(word))}
    named = countries_in(query.text)
    found = []
    for place, candidate in enumerate(candidates):
        here = matches(query, candidate)
        dense = _dense(query, candidate)
        texts = [candidate.article.text[start:end] for start, end in candidate.sentences]
        stemmed = [stems_of(text) for text in texts]
        spelled = [frozenset(query.variants[stem] for stem in held & query.variants.keys()) for held in stemmed]
        held = [
            each | otherwise | _named_otherwise(countries, text)
            for each, otherwise, text in zip(stemmed, spelled, texts, strict=True)
        ]
        leans = [leans_back(text) for text in texts]
        led_by = [leading(leans, i) for i in range(len(texts))]
        # Together with the sentences it leans on, or else with the one before it, which often names the subject.
        together = [min(first, max(0, i - 1)) for i, first in enumerate(led_by)]
        before = np.stack([here[first : i + 1].max(axis=0) for i, first in enumerate(together)])
        late, late_before = here @ pieces, before @ pieces
        for i, (start, end) in enumerate(candidate.sentences):
            first = led_by[i]
            led = held[i].union(*held[first:i])
            evidence = Evidence(
                late=float(late[i]),
                late_before=float(late_before[i]),
                cover=_share(stems, held[i]),
                cover_before=_share(stems, led.union(*held[together[i] : i])),
                kind=float(wanted.kind is Kind.OTHER or holds(wanted.kind, texts[i], known)),
                speaker=(1.0 if verb & held[i] else OTHER_VERB)
                * speaks(stems, speaker, texts[i], led if first < i else NOTHING),
                dense=float(dense[i]),
                passage=candidate.score,
                elsewhere=float(_only_others(named, " ".join(texts[first : i + 1]))),
            )
            led_from = candidate.sentences[first][0]
            found.append(Sentence(candidate.article, start, end, led_from, place, i, evidence))
    return found


def _only_others(named: frozenset[str], text: str) -> bool:
    """Does the text name countries, but none of those that the question names?"""
    there = countries_in(text) if named else NOTHING
    return bool(there) and not there & named


def _named_otherwise(countries: Mapping[str, frozenset[str]], text: str) -> frozenset[str]:
    """The question's words for countries that the text calls by another name: "Kyiv" for "Ukrainian"."""
    if not countries:
        return NOTHING
    return NOTHING.union(*(countries[country] for country in countries_in(text) & countries.keys()))


def speaker_stems(speaker: str, history: Sequence[str]) -> frozenset[str]:
    """The stems of who is asked about; "he" is somebody named in the question before."""
    if history and speaker.lower() in {"he", "she", "they", "it"}:
        return stems_of(" ".join(word for word in history[-1].split()[1:] if word[:1].isupper()))
    return stems_of(speaker)


def _share(stems: Mapping[str, float], held: frozenset[str]) -> float:
    return sum(weight for stem, weight in stems.items() if stem in held)


def speaks(stems: Mapping[str, float], speaker: Set[str], text: str, led: Set[str]) -> float:
    """How much of the speaker's name stands with a verb of saying, 0 to 1; 0 where no speaker is asked for.

    The name stands before the verb ("Rubio said"), right after it ("said Rubio"), or, where a pronoun does
    ("he said"), in the sentences that lead to this one, whose stems are `led`.
    """
    total = sum(stems[stem] for stem in speaker)
    if total <= 0:
        return 0.0
    best = 0.0
    outside = QUOTATION.sub(" “” ", text)
    for verb in SPEECH.finditer(outside):
        before = outside[: verb.start()]
        near = stems_of(before + " " + " ".join(outside[verb.end() :].split()[: AFTER_VERB if "”" in before else 0]))
        if led and PRONOUN.search(before):
            near |= led
        best = max(best, sum(stems[stem] for stem in speaker if stem in near) / total)
    return best
