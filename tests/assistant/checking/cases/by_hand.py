"""What a model may write about four made-up articles, honest and not, each sentence written by hand.

Each article's cases were written before any of them was checked, and the rules mended after each. When first run: of
"border" 23 of 41 honest sentences stood and 26 of 28 inventions were stopped; of "truce" 28 of 32 and 18 of 26; of
"swap" 20 of 28 and 17 of 26; of "loan" 20 of 22 and 16 of 23.
That is what to expect of an article that nobody has seen yet.
"""

from dataclasses import dataclass

from index.article import Article
from tests.assistant.checking.cases.brief import Case
from tests.assistant.checking.cases.files import Cites, article, sentences


@dataclass(frozen=True, slots=True)
class Talks:
    """An article, and sentences on it with words of the sentences that they cite."""

    article: Article
    true: tuple[tuple[str, Cites], ...]
    false: tuple[tuple[str, Cites], ...]

    def honest(self) -> list[Case]:
        """Sentences that stand."""
        return [Case("by hand", text, cites) for text, cites in self.true]

    def inventions(self) -> list[Case]:
        """Sentences that must not be shown."""
        return [Case("by hand", text, cites) for text, cites in self.false]


def _talks(name: str) -> Talks:
    return Talks(article(name), sentences(name), sentences(name, stand=False))


BORDER, TRUCE, SWAP, LOAN = ALL = tuple(map(_talks, ("border", "truce", "swap", "loan")))
