"""Exact facts: what of a sentence's numbers, times, names, offices and quoted words its sources do not hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.entities import names_lacking
from assistant.checking.facts import lacking, misquoted
from assistant.checking.source import Source
from assistant.language import words_of
from assistant.language.attribution import VERBS, told
from assistant.language.tokens import keys
from index.aliases import Span

STRIPPED = "it does not say whose words these are"
#: So many words of a quotation are no coincidence.
_QUOTED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a sentence that its sources do not hold, each in plain words.

    `missing` make it false or unproven whatever else stands there; `loose` may follow from other words of theirs.
    """

    missing: tuple[str, ...]
    loose: tuple[str, ...]


def facts_lacking(sentence: str, cited: Sequence[Source]) -> Facts:
    """The facts of a sentence that its sources do not hold.

    >>> from index.article import Article
    >>> article = Article(id="1", title="Talks", text="Talks ended on Friday.", source="")
    >>> facts_lacking("Talks ended on Monday.", [Source(1, article, 0, 22)]).missing
    ('the time “monday” is not in what it cites',)
    """
    texts = [source.text for source in cited]
    counted = lacking(sentence, texts, [source.article.published for source in cited])
    named = names_lacking(sentence, cited)
    return Facts(
        (
            *(f"{each} is not in what it cites" for each in counted.missing),
            *(f"the words “{each}” are not quoted there" for each in misquoted(sentence, texts)),
            *(f"“{each}” is not named there" for each in named.missing),
            *((STRIPPED,) if _stripped(sentence, texts) else ()),
        ),
        (
            *(f"{each} is not in what it cites" for each in counted.loose),
            *(f"“{each}” is not named there" for each in named.loose),
        ),
    )


def _stripped(sentence: str, sources: Sequence[str]) -> bool:
    """Does a sentence state in the paper's own voice what stands only in somebody's quoted words?"""
    words = words_of(sentence)
    if any(word.quoted or word.lower in VERBS for word in words) or told(sentence):
        return False
    there = [word for text in sources for word in words_of(text)]
    own = keys([word for word in words if not word.plain])
    quoted = keys([word for word in there if word.quoted]) - keys([word for word in there if not word.quoted])
    return len(own & quoted) >= max(_QUOTED_WORDS, len(own) / 2)


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
