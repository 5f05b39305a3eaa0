"""Quotes: selected sentences made into quotes that a reader can follow.

A sentence that begins with "He" or "Both men" comes with the sentences before it that say who that is; neighbours
become one quote; a quotation is heard out to its end.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.reading import ReadSentence
from assistant.language.anaphora import MOST_LEADING, QUOTATION, leans_back
from index.aliases import Span
from index.article import Article
from index.encoding import sentences

#: No quote is longer than this, unless one sentence alone is.
MOST_SENTENCES = 4
MOST_WORDS = 90
#: How far behind a quote its speaker's next sentence may end, in characters.
LOOK_AHEAD = 600
#: How far before a sentence the one that names someone is looked for, in characters.
LOOK_BACK = 1500


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article, characters `start` to `end` of its text.

    `score` ranks it among the quotes of one answer. `words` are the spans of the article's text that answer by
    themselves, inside the quote.

    >>> article = Article(id="1", title="Talks end", text="The talks ended. No deal was reached.", source="")
    >>> Quote(article, 17, 37, 0.8).text
    'No deal was reached.'
    """

    article: Article
    start: int
    end: int
    score: float
    words: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article.text[self.start : self.end]


def quotes_of(selected: Sequence[ReadSentence]) -> list[Quote]:
    """The selected sentences as quotes, in their order; those that stand side by side become one.

    >>> [each.text for each in quotes_of(selected)]  # doctest: +SKIP
    ['The talks ended. No deal was reached.']
    """
    found: list[Quote] = []
    for each in selected:
        words = (each.words,) if each.words else ()
        quote = _shortened(Quote(each.article, led_from(each.article, each.start), each.end, each.score, words), each)
        merged = _merged(found, quote)
        found = [*found, quote] if merged is None else merged
    return _apart([_heard_out(quote) for quote in found])


def led_from(article: Article, start: int) -> int:
    """Where a quote of the sentence at `start` begins: at the first sentence before it that says who is meant."""
    text = article.text
    offset = max(0, start - LOOK_BACK)
    end = min([len(text), *(at for at in (text.find("\n", start),) if at >= 0)])
    near = [(offset + a, offset + b) for a, b in sentences(text[offset:end])]
    at = bisect_right([a for a, _ in near], start) - 1
    if at < 0 or near[at][0] != start:
        return start
    first = at
    while (
        first > (1 if offset else 0) and at - first < MOST_LEADING and leans_back(text[near[first][0] : near[first][1]])
    ):
        first -= 1
    return near[first][0]


def _shortened(quote: Quote, sentence: ReadSentence) -> Quote:
    """The quote without what leads to it, where that makes it too long to read."""
    return replace(quote, start=sentence.start) if len(quote.text.split()) > MOST_WORDS else quote


def _heard_out(quote: Quote) -> Quote:
    """The quote with the rest of what its speaker said: “It will be easy,” she said. “Come to the table.”"""
    if "”" not in quote.text and '"' not in quote.text:
        return quote
    rest = quote.article.text[quote.end : quote.end + LOOK_AHEAD]
    for start, end in sentences(rest)[:1]:
        goes_on = rest[start:end].startswith(("“", '"')) and not re.search(r"\w", QUOTATION.sub("", rest[start:end]))
        longer = replace(quote, end=quote.end + end)
        if goes_on and "\n\n" not in rest[:start] and len(longer.text.split()) <= MOST_WORDS:
            return longer
    return quote


def _apart(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without the sentences that an earlier one holds already."""
    found: list[Quote] = []
    for quote in quotes:
        for other in found:
            if other.article.id == quote.article.id and other.start < quote.end and quote.start < other.end:
                gap = quote.article.text[other.end : quote.end]
                after = replace(quote, start=quote.end - len(gap.lstrip()))
                before = replace(quote, end=len(quote.article.text[: other.start].rstrip()))
                quote = after if quote.start >= other.start else before
        if quote.start < quote.end:
            words = tuple(span for span in quote.words if quote.start <= span[0] and span[1] <= quote.end)
            found.append(replace(quote, words=words))
    return found


def _merged(quotes: Sequence[Quote], quote: Quote) -> list[Quote] | None:
    """The quotes with this one taken into its neighbour; None where it has none, or they would be too long."""
    for i, other in enumerate(quotes):
        if other.article.id != quote.article.id:
            continue
        first, second = sorted((other, quote), key=lambda each: each.start)
        if second.start > first.end and quote.article.text[first.end : second.start].strip():
            continue
        joined = Quote(
            quote.article, first.start, max(first.end, second.end), other.score, (*other.words, *quote.words)
        )
        short = len(joined.text.split()) <= MOST_WORDS and len(sentences(joined.text)) <= MOST_SENTENCES
        if short or (joined.start, joined.end) == (other.start, other.end):
            return [*quotes[:i], joined, *quotes[i + 1 :]]
    return None
