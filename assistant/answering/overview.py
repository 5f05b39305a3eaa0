"""Extractive summary: how an article opens, and its most central sentences."""

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np

from assistant.answering.quotes import MOST_WORDS, Quote
from assistant.language.anaphora import leading, leans_back
from assistant.language.tokens import STOP_WORDS, stems_of
from assistant.retrieval import Candidate
from index.aliases import Floats

#: Articles that an overview of several opens, the newest first; and quotes from one that is alone.
MOST_ARTICLES = 3
MOST_QUOTES = 4
#: Passages of an article that are looked at, from its beginning.
PASSAGES = 60
#: A shorter sentence says too little about the whole.
FEWEST_WORDS = 8
#: What a sentence loses for being like one that is quoted, per cosine. Chosen by reading what came out for the brief
#: and some articles on other subjects; no set of questions measures it.
ALIKE = 0.6

#: How likely a question must be for an overview, and in which share of all passages what it names must stand.
LIKELY = 0.3
COMMON = 0.25

ONE = "This overview is made of the article’s own sentences: how it opens, and what most of the rest is about."
SEVERAL = "This overview is made of how the newest articles open; name a person or a subject to hear more."

_SUMMARY = re.compile(
    r"\b(?:summar(?:y|ies|i[sz]e[ds]?|i[sz]ing)|overview|recap|gist|outline|tl;?dr|in (?:short|brief|a nutshell)|"
    r"(?:main|key|important|central) (?:points?|facts?|messages?|findings?|ideas?)|takeaways?|highlights?)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\bwhat(?:['’]s| is| are| was| were| do| does| did| has| have)?\b.*"
    r"\b(?:new|news|latest|happen(?:ed|ing|s)?|going on|about|say|cover|discuss)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
#: Words that name no subject of their own.
_GENERAL = frozenset(
    """
    article articles text texts story stories report reports reporting piece news newest latest new library talks talk
    peace negotiation negotiations round rounds meeting meetings please can could would want give show tell write make
    me us we summary summaries summarize summarise summarized summarised summarizing overview recap gist outline tldr tl
    dr short brief nutshell main key important central point points takeaway takeaways fact facts message messages
    finding findings idea ideas highlight highlights happened happening happen happens going say says said cover covers
    discuss discusses discussed about whole entire quick quickly let know s
    """.split()
)


def wants_overview(question: str, leans: bool = False, publishers: Collection[str] = ()) -> bool:
    """Does a question ask what the articles, or those of the `publishers` that it names, say as a whole?

    `leans` is whether it leans on an earlier question.

    >>> wants_overview("Summarize the article"), wants_overview("What happened?")
    (True, True)
    >>> wants_overview("Summarize what Putin wants"), wants_overview("What happened in Abu Dhabi?")
    (False, False)
    """
    asked = _SUMMARY.search(question) or (not leans and _NEWS.search(question))
    words = {word.lower() for word in _WORD.findall(question)}
    named = {word.lower() for publisher in publishers for word in _WORD.findall(publisher)}
    return bool(asked) and not words - named - _GENERAL - STOP_WORDS


def asks_for_all(
    likely: float, stems: Collection[str], document_frequency: Callable[[str], int], passages: int
) -> bool:
    """Does a question that is `likely` (0 to 1) for an overview name nothing but what most passages are about?

    "How did the Geneva round go?" asks for all of a library on the Geneva round, and for a part of any other.

    >>> asks_for_all(0.9, {"geneva"}, lambda stem: 5, passages=6)
    True
    """
    own = set(stems) - stems_of(" ".join(_GENERAL))
    return likely >= LIKELY and all(document_frequency(stem) >= COMMON * passages for stem in own)


def overview(candidates: Sequence[Candidate]) -> list[Quote]:
    """Up to four quotes that tell what one article is about, in its order; `candidates` are its passages, in theirs.

    The opening comes first; then, one by one, the sentence most like all others and least like those chosen.
    """
    if not candidates:
        return []
    article = candidates[0].article
    spans: list[tuple[int, int]] = []
    vectors: list[Floats] = []
    for candidate in candidates:
        starts = [candidate.start + span[0] for span in candidate.spans]
        for start, end in candidate.sentences:
            first, last = np.searchsorted(starts, (start, end))
            if last > first and (not spans or start >= spans[-1][1]):
                mean = candidate.tokens[first:last].mean(axis=0)
                spans.append((start, end))
                vectors.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    if not spans:
        return []
    near = np.stack(vectors) @ np.stack(vectors).T
    central = near.mean(axis=1)
    texts = [article.text[start:end] for start, end in spans]
    leans = [leans_back(text) for text in texts]
    quotes = [Quote(article, *spans[0], 1.0)]
    chosen = [0]
    while len(quotes) < MOST_QUOTES:
        worth = central - ALIKE * near[:, chosen].max(axis=1)
        worth[[i for i, text in enumerate(texts) if len(text.split()) < FEWEST_WORDS]] = -np.inf
        worth[chosen] = -np.inf
        at = int(worth.argmax())
        if worth[at] == -np.inf:
            break
        chosen.append(at)
        quote = Quote(article, spans[leading(leans, at)][0], spans[at][1], 1.0)
        apart = all(quote.end <= each.start or each.end <= quote.start for each in quotes)
        if apart and len(quote.text.split()) <= MOST_WORDS:
            quotes.append(quote)
    return sorted(quotes, key=lambda quote: quote.start)


def opening(candidates: Sequence[Candidate]) -> list[Quote]:
    """How an article begins: its first sentence; `candidates` are its passages, in its order."""
    if not candidates or not candidates[0].sentences:
        return []
    start, end = candidates[0].sentences[0]
    return [Quote(candidates[0].article, start, end, 1.0)]
