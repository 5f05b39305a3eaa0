"""Short answer: the exact words that answer, taken from the quotes that hold them."""

from collections.abc import Sequence

from assistant.answer import Citation, ShortSpan
from assistant.answering.quotes import Quote
from assistant.models import QuestionType

#: Kinds of question that are answered in whole sentences alone.
WHOLE = ("yesno", "overview", "timeline", "change", "disagree", "compare")
#: Words of a short answer at most; what is longer is read in the quote.
MOST_WORDS = 16
#: Short answers shown at most: a list of more is read in the quotes.
MOST = 4
#: How far below the best quote's score (in logits) a quote's words still count, where one is needed and where several
#: are. Of the words shown for held-out questions, 54 of 100 stand in a sentence that answers; without this, 44.
NEAR_ONE = 0.8
NEAR_SEVERAL = 4.0


def short_answer(quotes: Sequence[Quote], citations: Sequence[Citation], kind: QuestionType) -> tuple[ShortSpan, ...]:
    """The answer's own words, best first, each with its citation's number; nothing said twice.

    None for questions that whole sentences answer.

    >>> short_answer([], [], PLAIN)  # doctest: +SKIP
    ()
    """
    if kind.kind in WHOLE:
        return ()
    numbers = {(each.article.id, each.start): each.number for each in citations}
    found: list[ShortSpan] = []
    said: set[str] = set()
    near = NEAR_ONE + (NEAR_SEVERAL - NEAR_ONE) * kind.needs[2]
    best = max((quote.score for quote in quotes), default=0.0)
    for quote in (each for each in quotes if each.score >= best - near):
        for start, end in quote.words:
            text = quote.article.text[start:end]
            number = numbers.get((quote.article.id, quote.start))  # None where another paper's same words are cited
            fresh = not any(text.casefold() in other or other in text.casefold() for other in said)
            if number is not None and fresh and len(text.split()) <= MOST_WORDS and len(found) < MOST:
                said.add(text.casefold())
                found.append(ShortSpan(text, start, end, number))
    return tuple(found)
