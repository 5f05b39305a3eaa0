"""Candidates: passages that are being ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats, Span
from index.article import Article


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage in the running, with every signal that ranking has of it.

    `start`, `end` and `sentences` are characters of `article.text`. `tokens` has shape (word pieces,
    dimensions), rows of unit length; `spans`, shape (word pieces, 2), are their characters, counted from `start`.
    `score` is what ranks it, 0 to 1; `words` its BM25 score (0 or more), `dense` and `late` cosines
    (-1 to 1; `late` is the idf-weighted mean over the question's word pieces of the best match).
    """

    number: int
    article: Article
    start: int
    end: int
    sentences: tuple[Span, ...]
    tokens: Floats
    spans: NDArray[np.int64] | Sequence[Span]
    score: float
    words: float
    dense: float
    late: float

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.article.text[self.start : self.end]
