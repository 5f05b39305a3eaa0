"""Wire stories: the same words in several papers are one quote with several sources.

Words are the same where they differ in nothing but how names are spelled: another figure, or another word that says
something, makes a quote of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Citation, SameWords
from assistant.language import words_of
from assistant.language.spelling import same_name
from assistant.language.tokens import Word
from index.aliases import Span
from index.article import Article
from index.encoding import sentences

#: In shorter sentences, the same words say little about who took them from whom.
FEWEST_WORDS = 5
#: So many of the longest words are looked for, before an article is cut into sentences.
RAREST = 3


def merged(citations: Sequence[Citation], articles: Iterable[Article]) -> list[Citation]:
    """The citations in their order, each with the other `articles` that print its words, and none of them twice.

    >>> one, other = (Article(id, "", "The talks ended without a deal.", "") for id in "ab")
    >>> [(each.article.id, each.also[0].article.id) for each in merged([Citation(1, one.text, 0, 31, one)], [other])]
    [('a', 'b')]
    """
    found: list[Citation] = []
    others = {each.id: each for each in articles}
    for citation in citations:
        if any(_is_in(citation, each) for each in found):
            continue
        lines = _lines(citation.quote)
        same = [_same(lines, article) for article in others.values() if article.id != citation.article.id]
        found.append(replace(citation, also=tuple(each for each in same if each is not None)))
    return found


def _is_in(citation: Citation, other: Citation) -> bool:
    """Are the words of a citation those that another has from the same article?"""
    return any(
        each.article.id == citation.article.id and each.start <= citation.start and citation.end <= each.end
        for each in other.also
    )


def _lines(text: str) -> list[tuple[Word, ...]]:
    return [words_of(text[start:end]) for start, end in sentences(text)]


def _same(lines: Sequence[tuple[Word, ...]], article: Article) -> SameWords | None:
    """Where an article prints these sentences one after another."""
    if sum(map(len, lines)) < FEWEST_WORDS:
        return None
    small = [word.text for line in lines for word in line if not word.capital]
    rarest = sorted(small, key=len)[-RAREST:]  # names may be spelled otherwise; capitals alone tell nothing
    if not all(word in article.text for word in rarest):
        return None
    printed = _cut(article.text)
    for at in range(len(printed) - len(lines) + 1):
        part = printed[at : at + len(lines)]
        if all(_alike(line, words) for line, (_, words) in zip(lines, part, strict=True)):
            start, end = part[0][0][0], part[-1][0][1]
            return SameWords(article.text[start:end], start, end, article)
    return None


@lru_cache(maxsize=128)
def _cut(text: str) -> list[tuple[Span, tuple[Word, ...]]]:
    """The sentences of an article with their words, which several quotes are compared with."""
    return [((start, end), words_of(text[start:end])) for start, end in sentences(text)]


def _alike(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Are two sentences the same word for word, but for the spelling of names?"""
    return len(one) == len(other) and all(
        a.lower == b.lower or (a.capital and b.capital and same_name(a.lower, b.lower))
        for a, b in zip(one, other, strict=True)
    )
