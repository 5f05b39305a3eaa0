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
    for quote in quotes:
        for start, end in quote.words:
            text = quote.article.text[start:end]
            number = numbers.get((quote.article.id, quote.start))  # None where another paper's same words are cited
            fresh = not any(text.casefold() in other or other in text.casefold() for other in said)
            if number is not None and fresh and len(text.split()) <= MOST_WORDS and len(found) < MOST:
                said.add(text.casefold())
                found.append(ShortSpan(text, start, end, number))
    return tuple(found)
