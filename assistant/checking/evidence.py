"""Evidence: which sources may carry a sentence, by the words that they share with it."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.checking.source import Source
from assistant.language import words_of
from assistant.language.anaphora import leans_back
from assistant.language.attribution import last_speaker
from assistant.language.subjects import subject_of
from assistant.language.tokens import keys
from assistant.models import header_of
from assistant.models.entailment import Premise

#: Sources of one sentence at most.
MOST_SOURCES: Final = 3
#: Sentences before a source that the model reads with it: as many as it was trained with.
LED: Final = 1
#: What a word counts that stands in the sentence before a source.
NEAR: Final = 0.3


def ranked(claim: str, sources: Sequence[Source]) -> list[int]:
    """The sources that share words with a claim, those that share most first; rare words weigh more.

    >>> from assistant.checking.source import sources_of
    >>> ranked("Holm left Rome.", sources_of(["It rained in Rome.", "Holm left.", "Fish swim."]))
    [1, 0]
    """
    own = keys([word for word in words_of(claim) if not word.plain])
    inside = [keys(words_of(source.text)) for source in sources]
    around = [keys([word for text in source.texts_before[-1:] for word in words_of(text)]) for source in sources]
    weights = {key: 1 / (1 + sum(key in each for each in inside)) for key in own}
    scores = [
        sum(weights[key] for key in own & mine) + NEAR * sum(weights[key] for key in (own & beside) - mine)
        for mine, beside in zip(inside, around, strict=True)
    ]
    return sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: -scores[i])


def joint(claim: str, sources: Sequence[Source], near: Sequence[int], first: int) -> Iterator[tuple[int, ...]]:
    """Groups of two and of three sources, `first` among them, that share more words with a claim than it alone."""
    own = keys([word for word in words_of(claim) if not word.plain])
    group = [first]
    while len(group) < MOST_SOURCES:
        left = own - frozenset[str]().union(*(keys(words_of(sources[i].text)) for i in group))
        gains = {i: len(left & keys(words_of(sources[i].text))) for i in near if i not in group}
        best = max(gains, key=lambda i: gains[i], default=None)
        if best is None or not gains[best]:
            return
        group.append(best)
        yield tuple(group)


def premise_of(cited: Sequence[Source]) -> Premise:
    """What the model reads of sources: their words in the article's order, what stands before, and the headline."""
    ordered = sorted(cited, key=lambda source: (source.article.id != cited[0].article.id, source.start))
    first = ordered[0]
    article = first.article
    return Premise(
        " ".join(" ".join(source.text.split()) for source in ordered),
        " ".join(first.texts_before[-LED:]),
        header_of(article.title, article.publisher, article.published),
    )


def says_who(claim: str, cited: Sequence[Source], before: Sequence[str]) -> bool:
    """Is whom a claim's "he" means, by the sentences before it, also in the sources, or in what leads to them?"""
    if not before or not leans_back(claim):
        return True
    who = subject_of(before[-1]) | last_speaker(before)
    around = frozenset[str]()
    for source in cited:
        around |= last_speaker(source.texts_before)
        for text in (source.text, *(source.article.text[a:b] for a, b in source.led_by)):
            around |= {key for word in words_of(text) for key in (word.key, word.lower)}
    return not who or bool(who & around)
