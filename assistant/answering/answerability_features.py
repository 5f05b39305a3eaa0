"""Features for abstention: which parts of the question the quotes lack."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.question_types import Asked, Kind, asked, holds, holds_number
from assistant.answering.quotes import Quote
from assistant.answering.sentence_features import SAME_WEIGHT, matches, speaker_stems, speaks, stem_weights
from assistant.language.anaphora import leading, leans_back
from assistant.language.countries import countries_in, country_of
from assistant.language.tokens import stems_of
from assistant.retrieval.candidates import Candidate, Query

Floats = NDArray[np.float32]

#: A word piece's best cosine in a text, read as how far the text says the same: nothing up to the first, all from
#: the second. In between lie paraphrases ("envoy" and "negotiator").
SAYS_NOTHING = 0.35
SAYS_THE_SAME = 0.70

#: A word is called missing where less than this of it is present.
MISSING = 0.35

#: Kinds whose absence can be read off the words; a place or a person may be told in words that no rule knows.
EXACT_KINDS = frozenset({Kind.NUMBER, Kind.DATE, Kind.DURATION})


@dataclass(frozen=True, slots=True)
class Signs:
    """Every sign is 0 (nothing is missing) to 1 (all of it is), but `dense`, the best passage's cosine.

    `gap`: the weighted share of the question's words that the quotes lack, paraphrases counted in part; `unknown`:
    the same of words that no article holds. `kind`: no sentence about the matter holds an answer of an exact kind
    (number, date, duration); `loose_kind`: of another kind. `speaker`: nobody of that name speaks in the quotes.
    `topic`: what they are asked to have spoken about. `names`: names that the quoted passages lack. `missing` are
    the words and kinds that are lacking, as the question writes them.
    """

    dense: float
    gap: float
    unknown: float
    kind: float
    loose_kind: float
    speaker: float
    topic: float
    names: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quoted sentence, with the sentences it leans on, and its match with each word piece of the question."""

    text: str
    led: str
    matched: Floats


def signs(
    query: Query,
    candidates: Sequence[Candidate],
    quotes: Sequence[Quote],
    document_frequency: Callable[[str], int],
) -> Signs:
    """Compare the question with the quotes; `candidates` and `quotes` hold at least one each."""
    wanted = asked(query.text)
    light = _LIGHT | (stems_of(wanted.asks) if wanted.kind not in {Kind.NUMBER, Kind.PERSON} else frozenset())
    weights = {stem: weight for stem, weight in stem_weights(query).items() if stem not in light}
    total = sum(weights.values())
    weights = {stem: weight / total for stem, weight in weights.items()} if total > 0 else {}
    quoted = _quoted(query, candidates, quotes)
    said = " ".join(sentence.text for sentence in quoted) or quotes[0].text
    best = np.zeros(len(query.weights), dtype=np.float32)
    for sentence in quoted:
        best = np.maximum(best, sentence.matched)
    present = {stem: _present(query, stem, stems_of(said), best) for stem in weights}
    words = _words(query.text)
    countries = countries_in(said)
    for word in words:
        if country_of(word) in countries:
            present |= dict.fromkeys(stems_of(word) & present.keys(), 1.0)
    absent = {stem: weight * (1 - present[stem]) for stem, weight in weights.items()}
    kind = _kind_missing(query, wanted, quoted)
    speaker = speaker_stems(wanted.speaker, query.history) & weights.keys()
    unsaid = 1 - max((speaks(weights, speaker, each.text, stems_of(each.led)) for each in quoted), default=0.0)
    names = [] if wanted.long else _names_missing(query, candidates, quotes)
    lacking = [word for word in words if any(present.get(stem, 1.0) < MISSING for stem in stems_of(word))]
    lacking += [name for name in names if name not in lacking]
    if kind > 0.5:
        lacking.append(f"a {wanted.kind.value}")
    return Signs(
        dense=max(candidate.dense for candidate in candidates),
        gap=sum(absent.values()),
        unknown=sum(lack for stem, lack in absent.items() if lack and document_frequency(stem) == 0),
        kind=kind if wanted.kind in EXACT_KINDS else 0.0,
        loose_kind=0.0 if wanted.kind in EXACT_KINDS else kind,
        speaker=unsaid if speaker else 0.0,
        topic=_topic_missing(weights, present, stems_of(wanted.topic)),
        names=len(names) / max(1, len(_names(query.text))),
        missing=tuple(dict.fromkeys(lacking)),
    )


def _quoted(query: Query, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> list[_Quoted]:
    found = []
    for candidate in candidates:
        mine = [quote for quote in quotes if quote.article is candidate.article]
        places = [
            i
            for i, (start, end) in enumerate(candidate.sentences)
            if any(quote.start <= start and end <= quote.end for quote in mine)
        ]
        if not places:
            continue
        matched = matches(query, candidate)
        texts = [candidate.article.text[start:end] for start, end in candidate.sentences]
        leans = [leans_back(text) for text in texts]
        found += [_Quoted(texts[i], " ".join(texts[leading(leans, i) : i]), matched[i]) for i in places]
    return found


def _present(query: Query, stem: str, held: frozenset[str], best: Floats) -> float:
    """How far a stem of the question is in the quotes, 0 to 1: its own word, or one that means much the same."""
    if stem in held:
        return 1.0
    # A stem's word pieces are those that carry its weight; should there be none, all that carry any stand in for it.
    own = np.isclose(query.weights, query.stems[stem], rtol=SAME_WEIGHT)
    pieces = best[own] if own.any() else best[query.weights > 0]
    return float(_says(pieces).mean()) if len(pieces) else 0.0


def _says(cosines: Floats) -> Floats:
    return np.asarray(np.clip((cosines - SAYS_NOTHING) / (SAYS_THE_SAME - SAYS_NOTHING), 0.0, 1.0), dtype=np.float32)


def _kind_missing(query: Query, wanted: Asked, quoted: Sequence[_Quoted]) -> float:
    """0 where the sentence closest to the question holds an answer of the kind asked for, 1 where none does.

    In between, a sentence does that is further from the question than the closest.
    """
    if wanted.kind is Kind.OTHER or not quoted:
        return 0.0
    known = frozenset(word.lower() for word in _words(" ".join([*query.history, query.text])))
    weights = query.weights / max(float(query.weights.sum()), 1e-9)
    close = [float(_says(sentence.matched) @ weights) for sentence in quoted]
    everything = " ".join(sentence.text for sentence in quoted)
    held = [
        holds_number(sentence.text, wanted.counted, everything)
        if wanted.kind is Kind.NUMBER
        else float(holds(wanted.kind, sentence.text, known))
        for sentence in quoted
    ]
    return 1 - max(c * h for c, h in zip(close, held, strict=True)) / max(*close, 1e-6)


def _topic_missing(weights: Mapping[str, float], present: Mapping[str, float], topic: frozenset[str]) -> float:
    asked_about = [stem for stem in topic if stem in weights]
    total = sum(weights[stem] for stem in asked_about)
    return 1 - sum(weights[stem] * present[stem] for stem in asked_about) / total if total > 0 else 0.0


#: Words that carry little of a question: another may always stand for them.
_LIGHT = stems_of(
    "take took taken place happen happened occur occurred come came get got give gave given make made go went long "
    "much still also exactly really others anything something someone thing things kind sort place"
)
_NAME = re.compile(r"(?<=\s)(?:[A-Z]\.[A-Z]\.|[A-Z][\w\u2019'-]*\w)")
_WORD = re.compile(r"U\.S\.|U\.K\.|[^\W_][\w\u2019-]*")


def _words(text: str) -> list[str]:
    return [word.removesuffix("\u2019s") for word in _WORD.findall(text.replace("'", "\u2019"))]


def _names(question: str) -> list[str]:
    """The capitalised words of a question but its first; a country of several words is one name."""
    return _NAME.findall(question.replace("United States", "America").replace("United Kingdom", "Britain"))


def _names_missing(query: Query, candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> list[str]:
    """The names in the question that no quoted passage holds."""
    passages = [
        candidate.text
        for candidate in candidates
        if any(
            quote.article is candidate.article and quote.start < candidate.end and candidate.start < quote.end
            for quote in quotes
        )
    ]
    around = frozenset[str]().union(*(stems_of(text) for text in passages))
    there = countries_in(" ".join(passages))
    return [
        name
        for name in _names(query.text)
        if not (country_of(name) in there if country_of(name) else stems_of(name) & around)
    ]
