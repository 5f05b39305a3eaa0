"""Extractive answers: selects the sentences that answer, and trims them to quotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.question_types import Kind, asked
from assistant.answering.sentence_features import Sentence, sentences_of
from assistant.answering.sentence_scores import likely, speaker_of, speaks_in
from assistant.language.anaphora import MOST_LEADING, QUOTATION, leans_back
from assistant.retrieval.candidates import Candidate, Query
from index.article import Article
from index.encoding.chunking import sentences

MOST_QUOTES = 3
#: The same where nothing is asked, and a subject only named ("Indian fears of an invasion"): so much is about it
#: that a third quote adds nothing.
MOST_ON_A_SUBJECT = 2

#: A further sentence is quoted where it is at least this likely against the likeliest one. Measured on the
#: sets that `likelihoods.py` names: at .03, one answer in 300 more was quoted, for an eighth more quotes.
SHARE = 0.05
#: The same where the question asks for several things, or is a follow-up, whose words say less.
SHARE_OF_SEVERAL = 0.02
#: The same for a long question: it names so many facts that many sentences match some of them. Set on MultiHop-RAG,
#: so that it has fewer than two quotes an answer (1.9; at 0.15, 2.1).
SHARE_OF_LONG = 0.25
#: The same for a sentence right beside one already quoted: it lengthens a quote and adds none.
SHARE_BESIDE = 0.15

#: The same for a sentence that goes on about the one quoted: "Kyiv wants guarantees. It fears ...".
SHARE_LEANING = 0.01

#: No quote is longer than this, unless one sentence alone is.
MOST_SENTENCES = 4
MOST_WORDS = 90

#: How far behind a quote its speaker's next sentence may end, in characters.
LOOK_AHEAD = 600

#: How far before a passage the sentence that names someone is looked for, in characters.
LOOK_BACK = 2000


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article, characters `start` to `end` of its text.

    `score`, 0 to 1, is how likely the answer stands here rather than in another sentence found.

    >>> article = Article(id="1", title="Talks end", text="The talks ended. No deal was reached.", source="")
    >>> Quote(article, 17, 37, 0.8).text
    'No deal was reached.'
    """

    article: Article
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article.text[self.start : self.end]


def choose(query: Query, candidates: Sequence[Candidate]) -> list[Quote]:
    """The one to three quotes that best answer the question, likeliest first; none only without candidates.

    One where the answer is clear; more where it is not, or where the question asks for several things. A
    sentence that begins with "He" or "Both men" comes with the sentences before it that say who that is.
    """
    found = sentences_of(query, candidates)
    if not found:
        return []
    wanted = asked(query.text)
    speaker, shares = speaker_of(wanted), likely(query, found)
    order = np.argsort(-shares, kind="stable")
    top = float(shares[order[0]])
    share = SHARE_OF_LONG if wanted.long else SHARE_OF_SEVERAL if wanted.several or query.history else SHARE
    names_a_subject = wanted.kind is Kind.OTHER and not wanted.several and "?" not in query.text
    most = MOST_ON_A_SUBJECT if names_a_subject else MOST_QUOTES
    heard = False  # from whom the question names; what then only mentions that name is no answer
    quotes: list[Quote] = []
    for at in order:
        sentence, score = found[at], float(shares[at])
        if quotes and score < min(share, SHARE_BESIDE, SHARE_LEANING) * top:
            break
        quote = Quote(sentence.article, _led_from(sentence, candidates[sentence.passage]), sentence.end, score)
        merged = _merged(quotes, quote)
        if merged is not None:
            share_beside = SHARE_LEANING if _leans_on(quotes, sentence) else SHARE_BESIDE
            if not quotes or score >= share_beside * top or _inside(quotes, sentence):
                quotes = merged
        elif (
            score >= share * top
            and len(quotes) < most
            and (not heard or speaks_in(quote.article, quote.start, quote.end, speaker))
        ):
            quotes.append(_shortened(quote, sentence))
            first = quotes[0]
            heard = heard or (bool(speaker) and speaks_in(first.article, first.start, first.end, speaker))
    return _apart(sorted((_heard_out(quote) for quote in quotes), key=lambda quote: -quote.score))


def _led_from(sentence: Sentence, candidate: Candidate) -> int:
    """Where a quote of the sentence begins, also where who is meant is named only in the passage before."""
    text = sentence.article.text
    reached = next(i for i, span in enumerate(candidate.sentences) if span[0] == sentence.led_from)
    start = sentence.led_from
    room = MOST_LEADING - (sentence.order - reached)
    first = candidate.sentences[0]
    if reached or not room or not leans_back(text[first[0] : first[1]]):
        return start
    offset = max(0, candidate.start - LOOK_BACK)
    earlier = sentences(text[offset : candidate.start])
    if offset:
        earlier = earlier[1:]  # the first is most likely cut off at its beginning
    for from_, to in reversed(earlier[-room:]):
        start = offset + from_
        if not leans_back(text[start : offset + to]):
            break
    return start


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
    """The quotes without the sentences that a likelier one holds already."""
    found: list[Quote] = []
    for quote in quotes:
        for other in found:
            if other.article is quote.article and other.start < quote.end and quote.start < other.end:
                gap = quote.article.text[other.end : quote.end]
                after = replace(quote, start=quote.end - len(gap.lstrip()))
                before = replace(quote, end=len(quote.article.text[: other.start].rstrip()))
                quote = after if quote.start >= other.start else before
        if quote.start < quote.end:
            found.append(quote)
    return found


def _shortened(quote: Quote, sentence: Sentence) -> Quote:
    """The quote without what leads to it, where that makes it too long to read."""
    return replace(quote, start=sentence.start) if len(quote.text.split()) > MOST_WORDS else quote


def _inside(quotes: Sequence[Quote], sentence: Sentence) -> bool:
    return any(
        quote.article is sentence.article and quote.start <= sentence.start and sentence.end <= quote.end
        for quote in quotes
    )


def _leans_on(quotes: Sequence[Quote], sentence: Sentence) -> bool:
    """Does the sentence lean on the last sentence of a quote?"""
    return sentence.led_from < sentence.start and any(
        quote.article is sentence.article
        and quote.start <= sentence.led_from < quote.end <= sentence.start
        and not sentence.article.text[quote.end : sentence.start].strip()
        for quote in quotes
    )


def _merged(quotes: Sequence[Quote], quote: Quote) -> list[Quote] | None:
    """The quotes with this one taken into its neighbour; None where it has none, or they would be too long."""
    for i, other in enumerate(quotes):
        if other.article is not quote.article:
            continue
        first, second = sorted((other, quote), key=lambda each: each.start)
        if second.start > first.end and quote.article.text[first.end : second.start].strip():
            continue
        joined = Quote(quote.article, first.start, max(first.end, second.end), min(1.0, other.score + quote.score))
        short = len(joined.text.split()) <= MOST_WORDS and len(sentences(joined.text)) <= MOST_SENTENCES
        if short or (joined.start, joined.end) == (other.start, other.end):
            return [*quotes[:i], joined, *quotes[i + 1 :]]
    return None
