"""Stemming: the one analyzer that cuts text into stems, for the word index and for questions."""

from functools import cache
from typing import Any

import tantivy

ANALYZER = "talks"


def stems(text: str) -> list[str]:
    """The words of `text` as they are indexed (lower case, stemmed), in order.

    >>> stems("Delegates agreed")
    ['deleg', 'agre']
    """
    return list(analyzer().analyze(text))


@cache
def analyzer() -> Any:
    """Splits at every character that is neither letter nor digit, then lower case, ASCII and the English stem."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
