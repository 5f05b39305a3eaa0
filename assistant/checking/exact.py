"""Exact facts: what of a sentence's numbers, times, names, offices and quoted words its sources do not hold."""

import re
from collections.abc import Sequence

from assistant.checking.entities import unnamed
from assistant.checking.facts import misquoted, unsupported
from assistant.checking.source import Source

Span = tuple[int, int]


def unheld(sentence: str, cited: Sequence[Source]) -> list[str]:
    """What the sources do not hold, each in plain words.

    >>> from index.article import Article
    >>> article = Article(id="1", title="Talks", text="Talks ended on Friday.", source="")
    >>> unheld("Talks ended on Monday.", [Source(1, article, 0, 22)])
    ['the time “monday” is not in what it cites']
    """
    texts = [source.text for source in cited]
    reasons = unsupported(sentence, texts, [source.article.published for source in cited])
    return [
        *(f"{each} is not in what it cites" for each in reasons),
        *(f"the words “{each}” are not quoted there" for each in misquoted(sentence, texts)),
        *(f"“{each}” is not named there" for each in unnamed(sentence, cited)),
    ]


def places(sentence: str, reasons: Sequence[str]) -> tuple[Span, ...]:
    """The characters of a sentence that reasons name, as far as they stand there as they are named."""
    found: list[Span] = []
    for reason in reasons:
        quoted = re.search(r"“([^”]+)”", reason)
        number = re.match(r"the number (?:no\. )?([\d.]+)", reason)
        words = quoted[1] if quoted else number[1] if number else ""
        match = re.search(re.escape(words), sentence, re.IGNORECASE) if words else None
        if match:
            found.append(match.span())
    return tuple(sorted(set(found)))
