"""Picks the sentences that answer a question, and makes quotes of them that a reader can follow."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from assistant.candidates import Candidate, Query
from assistant.countries import country_of
from assistant.question_kinds import Kind, asked
from assistant.references import QUOTATION, leans_back
from assistant.sentences import MOST_LEADING, Evidence, Sentence, sentences_of
from assistant.speakers import told
from index.article import Article
from index.passages import sentences

# What each piece of evidence weighs, in logits: set by hand near a conditional logistic regression over the sentences
# of a question, on XQuAD, SQuAD 2.0, MultiHop-RAG and two small sets on the talks, and chosen with those sets in view.
# A regression that never saw a set finds that set's gold sentence among its first three about as often: within .02.
LATE = 7.0
LATE_BEFORE = 4.0
COVER = 2.0
COVER_BEFORE = 2.5
KIND = 1.7
SPEAKER = 2.5
DENSE = 5.0
PASSAGE = 4.0
#: Set by hand, so that who led for Kyiv does not answer who led for Russia; on the sets it changes next to nothing.
ELSEWHERE = -2.0

MOST_QUOTES = 3
#: The same where nothing is asked, and a subject only named ("Indian fears of an invasion"): so much is about it
#: that a third quote adds nothing.
MOST_ON_A_SUBJECT = 2

#: A further sentence is quoted where it is at least this likely against the likeliest one. Measured on the same
#: sets: smaller shares add quotes (above 2 an answer) faster than answers.
SHARE = 0.03
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

#: Where the question asks what somebody said, so many of the likeliest sentences are looked at for who speaks in them,
#: and those in which that somebody does are so much likelier. Set by hand: the sets ask so too seldom to tell.
LISTENED_TO = 12
HEARD = 4.0

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
    # Somebody's name; many speak for a country, and not all of them are called after it.
    speaker = {word.lower() for word in wanted.speaker.split() if word[:1].isupper() and not country_of(word)}
    likely = likelihoods(sentence.evidence for sentence in found)
    order = np.argsort(-likely, kind="stable")
    if speaker:
        for at in order[:LISTENED_TO]:
            likely[at] *= HEARD if _says(found[at].article, found[at].led_from, found[at].end, speaker) else 1
        likely /= likely.sum()
        order = np.argsort(-likely, kind="stable")
    top = float(likely[order[0]])
    share = SHARE_OF_LONG if wanted.long else SHARE_OF_SEVERAL if wanted.several or query.history else SHARE
    names_a_subject = wanted.kind is Kind.OTHER and not wanted.several and "?" not in query.text
    most = MOST_ON_A_SUBJECT if names_a_subject else MOST_QUOTES
    heard = False  # from whom the question names; what then only mentions that name is no answer
    quotes: list[Quote] = []
    for at in order:
        sentence, score = found[at], float(likely[at])
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
            and (not heard or _says(quote.article, quote.start, quote.end, speaker))
        ):
            quotes.append(_shortened(quote, sentence))
            first = quotes[0]
            heard = heard or (bool(speaker) and _says(first.article, first.start, first.end, speaker))
    return sorted((_heard_out(quote) for quote in quotes), key=lambda quote: -quote.score)


def likelihoods(evidence: Iterable[Evidence]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How likely each sentence is the one that answers, shape (sentences,), summing to 1."""
    logits = np.array([_logit(each) for each in evidence], dtype=np.float64)
    shares = np.exp(logits - logits.max())
    return np.asarray(shares / shares.sum())


def _logit(evidence: Evidence) -> float:
    return (
        LATE * evidence.late
        + LATE_BEFORE * evidence.late_before
        + COVER * evidence.cover
        + COVER_BEFORE * evidence.cover_before
        + KIND * evidence.kind
        + SPEAKER * evidence.speaker
        + DENSE * evidence.dense
        + PASSAGE * evidence.passage
        + ELSEWHERE * evidence.elsewhere
    )


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


def _says(article: Article, start: int, end: int, speaker: Set[str]) -> bool:
    """Does whom these words name speak in the last of the sentences from `start` to `end`?"""
    texts = [article.text[start + from_ : start + to] for from_, to in sentences(article.text[start:end])]
    return bool(texts) and any(said.who & speaker for said in told(texts[-1], texts[:-1]))


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
