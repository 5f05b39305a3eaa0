"""Abstention: do the articles answer the question at all?

A logistic regression over what the reader found and what retrieval knows, fitted on questions with and without an
answer on written articles that the reader was not trained on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.reading import ReadSentence
from assistant.questions import Question

#: What each sign weighs, in logits; see `signs_of` for what each is.
WEIGHTS = {
    "top": 0.173,
    "all": 0.362,
    "reader": 0.118,
    "holds": 0.4,
    "cover": -1.032,
    "several": 1.044,
    "speaker": -0.527,
    "bias": 0.661,
}
#: The likelihood from which on the question is answered.
THRESHOLD = 0.39


@dataclass(frozen=True, slots=True)
class Answerability:
    """Whether the articles answer, with how likely that is (`score`, 0 to 1)."""

    answered: bool
    score: float


def judge(read: Sequence[ReadSentence], question: Question) -> Answerability:
    """Decide whether the articles answer; `read` comes best first. Without anything read the answer is no.

    >>> judge((), question).answered  # doctest: +SKIP
    False
    """
    if not read:
        return Answerability(False, 0.0)
    logit = sum(WEIGHTS[name] * value for name, value in signs_of(read, question).items())
    score = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
    return Answerability(score >= THRESHOLD, score)


def signs_of(read: Sequence[ReadSentence], question: Question) -> dict[str, float]:
    """The signs that decide.

    `top` is the best sentence's score and `all` that of the best eight together (the logarithm of their summed
    exponentials); `reader` and `holds` are the reader's best score of a sentence and of a row (all logits). `cover` is
    the share (0 to 1) of the question's stems that one of the best three holds, `several` how likely it needs several,
    `speaker` (-1 to 1) whether the best is said by whom was asked about.
    """
    scores = [each.score for each in read]
    return {
        "top": scores[0],
        "all": math.log(sum(math.exp(min(score, 20.0)) for score in scores[:8])),
        "reader": max(each.reader for each in read),
        "holds": max(each.holds for each in read),
        "cover": max(each.candidate.cover for each in read[:3]),
        "several": question.type.needs[2],
        "speaker": read[0].speaker,
        "bias": 1.0,
    }
