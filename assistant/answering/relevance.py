"""Relevance: whether a written sentence says anything that a question asks for, as the reader sees it."""

from typing import Final

from assistant.models import ReadingModel, Row
from assistant.questions.question import Question

#: Below this logit a sentence does not answer. Read alone, 3 of 100 sentences that answer a written question stay below
#: it, and 55 of 100 others of the same articles.
ANSWERS: Final = -1.5


def answers(model: ReadingModel, question: Question, sentence: str) -> bool:
    """Does a sentence say something that the question asks for?

    >>> answers(reading_models().reader, question, "Dara Holm led the talks.")  # doctest: +SKIP
    True
    """
    [row] = model.read(question.text, question.history, [Row("", (sentence,), (False,))])
    return row.sentences[0].score >= ANSWERS
