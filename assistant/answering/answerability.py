"""Abstention: decides whether the articles answer the question, or do not say."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.answerability_features import Signs, signs
from assistant.answering.question_types import asked
from assistant.answering.quotes import Quote
from assistant.retrieval.candidates import Candidate, Query

# What each sign weighs, in logits: rounded from a logistic regression on questions with and without an answer (two
# small sets on the talks, SQuAD 2.0, XQuAD and MultiHop-RAG, each set counting about alike); the same for every
# library. They do not carry over freely: fitted without XQuAD, .04 to .05 of its questions were refused, not .01.
# Near misses of an encyclopedia kind (SQuAD 2.0) are almost never caught: .05 of them.
DENSE = 3.2
GAP = -2.0
UNKNOWN = -2.4
KIND = -3.8
LOOSE_KIND = -1.5
SPEAKER = -2.9
TOPIC = -1.9
NAMES = -2.2

#: Above 0 after adding this, the quotes are an answer. Measured on the same sets: raising it answers more near misses
#: (asked for is a fact that no article holds), lowering it refuses more questions that have an answer.
BIAS = 1.2

#: Many words of a long question always have some match, so it must be closer. Set on MultiHop-RAG.
LONG_QUESTION = -0.7

#: A refused question further from every passage than this is called off topic (cosine of the best passage). It only
#: words the refusal, and was not measured.
OTHER_SUBJECT = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the quotes answer, with how sure that is (`score`, 0 to 1; answered from 0.5 on).

    `missing` are words of the question, and kinds of answer ("a number"), that the quotes lack. `reason` is
    "answered", or what spoke most against: "no-passages", "off-topic", "words-missing", "kind-missing",
    "speaker-missing", "topic-missing" or "name-missing".
    """

    answered: bool
    score: float
    missing: tuple[str, ...]
    reason: str


def judge(
    query: Query,
    candidates: Sequence[Candidate],
    quotes: Sequence[Quote],
    document_frequency: Callable[[str], int],
    passages: int,
) -> Verdict:
    """Decide whether the quotes answer the question.

    `document_frequency` tells how many of the library's `passages` hold a stem. Nothing is raised: without
    candidates or quotes the answer is no.

    >>> judge(query, [], [], words.document_frequency, 0).reason  # doctest: +SKIP
    'no-passages'
    """
    if not passages or not candidates or not quotes:
        return Verdict(False, 0.0, (), "no-passages")
    found = signs(query, candidates, quotes, document_frequency)
    against = _against(found)
    logit = BIAS + DENSE * found.dense + sum(against.values())
    if asked(query.text).long:
        logit += LONG_QUESTION
    score = 1 / (1 + math.exp(-logit))
    if logit >= 0:
        return Verdict(True, score, found.missing, "answered")
    if found.dense < OTHER_SUBJECT:
        return Verdict(False, score, found.missing, "off-topic")
    return Verdict(False, score, found.missing, min(against, key=lambda reason: against[reason]))


def _against(found: Signs) -> dict[str, float]:
    """What speaks against an answer, each 0 or less, by its reason."""
    return {
        "words-missing": GAP * found.gap + UNKNOWN * found.unknown,
        "kind-missing": KIND * found.kind + LOOSE_KIND * found.loose_kind,
        "speaker-missing": SPEAKER * found.speaker,
        "topic-missing": TOPIC * found.topic,
        "name-missing": NAMES * found.names,
    }
