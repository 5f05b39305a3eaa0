"""Source links: the short, tamper-evident address of cited words, which a marker carries."""

import hashlib
import re
from dataclasses import dataclass

from assistant.answer import Citation, Passage
from index.article import Article

_FORM = re.compile(r"([0-9A-Za-z_-]{1,80})\.(\d{1,9})\.(\d{1,9})\.([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Reference:
    """Words `start` to `end` of an article, and a digest of them.

    The digest tells when the article has got other words since: then nothing in it may be marked.
    """

    article: str
    start: int
    end: int
    digest: str

    @classmethod
    def to(cls, words: Citation | Passage) -> "Reference":
        """The reference to what was cited or found."""
        said = words.article.text[words.start : words.end]
        return cls(words.article.id, words.start, words.end, _digest(said))

    @classmethod
    def read(cls, text: object) -> "Reference | None":
        """The reference that a page sent back; None where it is not one."""
        form = _FORM.fullmatch(text) if isinstance(text, str) else None
        return cls(form[1], int(form[2]), int(form[3]), form[4]) if form else None

    def __str__(self) -> str:
        return f"{self.article}.{self.start}.{self.end}.{self.digest}"

    def holds_in(self, article: Article) -> bool:
        """Whether the article still has these words there."""
        inside = 0 <= self.start < self.end <= len(article.text)
        return inside and _digest(article.text[self.start : self.end]) == self.digest


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
