"""Retrieval metrics: recall, MRR, MAP and nDCG.

A passage *shows* a piece of evidence where it holds its quote (in its context, where one is given), or comes from its
article where there is no quote. Letter case, kinds of quotation marks and line breaks do not count.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.dataset import Evidence
from index.article import Article

#: Ranks that MRR, MAP and nDCG look at, and passages that are asked for.
DEPTH = 10
#: The budget in characters that a reader, or a language model, takes in.
BUDGET = 2_000
_CONTEXT_START = 60

_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well one question's passages were ranked; every figure lies between 0 and 1, 1 is best.

    `recall`: for each number of passages, the share of the evidence that the first so many show. `reciprocal_rank`: 1
    by the rank of the first passage that shows any. `precision` and `gain` (average precision and nDCG) count a
    passage only for evidence that none before it showed, against an ideal that shows a new piece with each.
    `within_budget`: the share shown by the passages that fit in 2,000 characters.
    """

    recall: dict[int, float]
    reciprocal_rank: float
    precision: float
    gain: float
    within_budget: float


def rank(passages: Sequence[tuple[str, Article]], evidence: Sequence[Evidence]) -> Ranking:
    """Measure the first ten passages of a question, each with its article, against all of its evidence."""
    shown = [{i for i, each in enumerate(evidence) if shows(text, article, each)} for text, article in passages[:DEPTH]]
    seen: set[int] = set()
    first = precision = gain = 0.0
    useful = 0
    for place, pieces in enumerate(shown, start=1):
        if pieces and not seen:
            first = 1 / place
        if pieces - seen:
            seen |= pieces
            useful += 1
            precision += useful / place
            gain += 1 / math.log2(place + 1)
    possible = min(len(evidence), DEPTH)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, possible + 1))
    return Ranking(
        recall={k: len(set().union(*shown[:k])) / len(evidence) for k in (1, 4, 10)},
        reciprocal_rank=first,
        precision=precision / possible,
        gain=min(1.0, gain / ideal),
        within_budget=len(set().union(*shown[: _fitting([text for text, _ in passages[:DEPTH]])])) / len(evidence),
    )


def shows(text: str, article: Article, evidence: Evidence) -> bool:
    """Whether this text of `article` shows the evidence."""
    if stem(article) != evidence.article:
        return False
    if evidence.quote is None:
        return True
    held = comparable(text)
    if evidence.context is None:
        return comparable(evidence.quote) in held
    # A context may continue in the next passage; its start and the quote then identify it well enough.
    start = comparable(evidence.context[:_CONTEXT_START])
    return comparable(evidence.context) in held or (comparable(evidence.quote) in held and start in held)


def quotes(text: str, article: Article, evidence: Evidence) -> bool:
    """Whether a quote of `article` holds the evidence; the words around it do not count."""
    return shows(text, article, Evidence(evidence.article, evidence.quote))


def stem(article: Article) -> str:
    """The name of an article's file without its ending, by which evidence names it."""
    return Path(article.source).stem


def comparable(text: str) -> str:
    """`text` in lower case, with straight quotation marks, single spaces, and no space behind a hyphen in a word.

    >>> comparable("An ultra-\\nconservative “yes”")
    'an ultra-conservative "yes"'
    """
    joined = re.sub(r"(?<=\w-)\s+(?=\w)", "", text.translate(_MARKS))
    return " ".join(joined.split()).lower()


def _fitting(texts: Sequence[str]) -> int:
    used = 0
    for count, text in enumerate(texts):
        used += len(text)
        if used > BUDGET:
            return count
    return len(texts)
