"""Selection: which of the sentences that were read make the answer, and how many of them.

How many sentences a question needs is learned from its words (`assistant.models.question_types`): "who" needs one,
"what are the sticking points" needs all that say one. A sentence is taken where its score is near enough to the best
one; two that say the same count once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.reading import ReadSentence
from assistant.language.anaphora import leans_back
from assistant.questions import Question

#: How far below the best score (in logits) a further sentence may lie, where one is needed and where many are; and the
#: score that a further sentence needs by itself. Set on written articles that the reader was not trained on.
NEAR_ONE = 3.0
NEAR_MANY = 4.0
ALONE = -3.0
#: Sentences of an answer, where one is needed and where many are.
MOST_ONE = 2
MOST_MANY = 6
#: How far below the best score a sentence may lie that goes on about a selected one right before it: "He warned ...".
GOES_ON = 4.5
#: From this sign of the speaker on somebody's own words are wanted, and have been found.
HEARD = 0.3
#: Below this a question wants one thing; from this on (0 to 1) the words that answer are surely these.
ONE = 0.3
SURE = 0.4
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
#: The cosine of two sentences' mean word pieces from which on they say the same.
SAME = 0.93


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much a question wants: `several` and `many` (0 to 1) are how likely it needs two and four sentences.

    `apart` is whether the same said by different papers or at different times is wanted each time, `newest` (0 to 1)
    how likely only the newest is wanted.
    """

    several: float = 0.0
    many: float = 0.0
    apart: bool = False
    newest: float = 0.0


#: What the newest article's sentences gain, in logits, where the newest is surely wanted.
NEWER = 3.0
#: Kinds of question that hold papers or days against each other.
_APART = ("change", "compare", "disagree", "timeline")


def wanted_by(question: Question) -> Wanted:
    """How much a question wants, by its type.

    >>> wanted_by(question).several  # doctest: +SKIP
    0.0
    """
    kinds, needs = question.type.kinds, question.type.needs
    apart = max(kinds[kind] for kind in _APART) > max(kinds["fact"], kinds["said"])
    return Wanted(needs[2], needs[4], apart, kinds["latest"])


def select(read: Sequence[ReadSentence], wanted: Wanted) -> list[ReadSentence]:
    """The sentences that answer, best first; `read` comes best first.

    >>> [each.score for each in select(read, Wanted())]  # doctest: +SKIP
    [3.1, 2.6]
    """
    if not read:
        return []
    read = sorted(read, key=lambda each: -each.score - _newer(each, read, wanted.newest))
    near = NEAR_ONE + (NEAR_MANY - NEAR_ONE) * wanted.several
    most = round(MOST_ONE + (MOST_MANY - MOST_ONE) * max(wanted.several, wanted.many))
    chosen = [read[0]]
    for each in read[1:]:
        if len(chosen) >= most or each.score < max(read[0].score - near, ALONE):
            break
        heard = read[0].speaker > HEARD and each.speaker < 0  # what only mentions the one who was heard is no answer
        told = wanted.several < ONE and any(_same_words(each, other) for other in chosen)
        if not heard and not told and not any(_same(each, other, wanted.apart) for other in chosen):
            chosen.append(each)
    nearest = max(read, key=lambda each: each.candidate.cheap)
    if len(chosen) <= MOST_ONE and not any(nearest is each or _same(nearest, each, wanted.apart) for each in chosen):
        chosen.append(nearest)  # what retrieval ranks first answers where the reader errs
    return chosen + [each for each in read if each not in chosen and _goes_on(each, chosen, read[0].score)]


def _goes_on(sentence: ReadSentence, chosen: Sequence[ReadSentence], top: float) -> bool:
    """Does a sentence go on about a selected one right before it? It lengthens that quote, and adds none."""
    text = sentence.article.text
    return (
        sentence.score >= max(top - GOES_ON, ALONE)
        and leans_back(text[sentence.start : sentence.end])
        and any(
            each.article.id == sentence.article.id
            and each.end <= sentence.start
            and not text[each.end : sentence.start].strip()
            for each in chosen
        )
    )


def _newer(sentence: ReadSentence, among: Sequence[ReadSentence], wanted: float) -> float:
    """What a sentence gains, in logits, for its article's being newer than the others' where the newest is wanted."""
    if not wanted or sentence.article.published is None:
        return 0.0
    days = sorted({each.article.published.toordinal() for each in among if each.article.published})
    return NEWER * wanted * days.index(sentence.article.published.toordinal()) / max(1, len(days) - 1)


def _same_words(one: ReadSentence, other: ReadSentence) -> bool:
    """Are the words that answer the same in both, and surely so? Then the second tells nothing new."""
    if one.words is None or other.words is None or min(one.sure, other.sure) < SURE:
        return False
    first, second = (each.article.text[slice(*each.words)] for each in (one, other) if each.words)
    return first.casefold() == second.casefold()


def _same(one: ReadSentence, other: ReadSentence, apart: bool) -> bool:
    """Do two sentences say the same? Never where their figures differ; of two papers, only where these are not to be
    held against each other.
    """
    if apart and one.article.id != other.article.id:
        return False
    texts = (each.candidate.text for each in (one, other))
    first, second = (set(_FIGURE.findall(text)) for text in texts)
    return first == second and float(one.candidate.mean @ other.candidate.mean) >= SAME
