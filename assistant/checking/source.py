"""The source: a sentence of an article that can be cited, with the sentences around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.language.anaphora import MOST_LEADING, leans_back
from index.article import Article
from index.encoding import sentences

#: So many sentences before one may name who is meant by its "him".
REMEMBERED = 5


@dataclass(frozen=True)
class Source:
    """A sentence that can be cited, characters `start` to `end` of its article; `number` is what the model calls it."""

    number: int
    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, as it stands."""
        return self.article.text[self.start : self.end]

    @cached_property
    def before(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences before it stand, oldest first: those that may name who its "he" is."""
        offset = max(0, self.start - 2_000)
        earlier = [(offset + a, offset + b) for a, b in sentences(self.article.text[offset : self.start])]
        return tuple(earlier[1 if offset else 0 :][-REMEMBERED:])

    @cached_property
    def texts_before(self) -> tuple[str, ...]:
        """The words of those sentences."""
        return tuple(self.article.text[a:b] for a, b in self.before)

    @cached_property
    def led_by(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences stand without which this one does not say who is meant; none where it does."""
        found: list[tuple[int, int]] = []
        text = self.text
        for start, end in reversed(self.before[-MOST_LEADING:]):
            if not leans_back(text):
                break
            found.insert(0, (start, end))
            text = self.article.text[start:end]
        return tuple(found)


def sources_of(texts: Sequence[str], before: str = "") -> list[Source]:
    """Texts that belong to no article as sources; `before` is what stands before each of them.

    >>> [source.text for source in sources_of(["He left."], before="Holm spoke.")]
    ['He left.']
    """
    lead = " ".join(before.split())
    found: list[Source] = []
    for number, text in enumerate(texts, start=1):
        own = text.strip()
        whole = f"{lead} {own}" if lead else own
        article = Article(id=f"text-{number}", title="", text=whole, source="")
        found.append(Source(number, article, len(whole) - len(own), len(whole)))
    return found
