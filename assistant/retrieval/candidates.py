"""Query and candidate: the encoded question, and a passage that is being ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.language.times.questions import AskedTime
from index.article import Article

Floats = NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question, encoded.

    `text` is the question itself; `history` the earlier questions, oldest first. `vector` has shape
    (dimensions,) and `tokens` (word pieces, dimensions), rows of unit length; `weights` (word pieces,) is
    each word piece's idf, 0 for words that say nothing. `stems` maps the question's content stems to
    their idf in the library, question words and stop words left out; `variants` maps the stems of other spellings of
    its names, as the library has them, to those stems. `read` tells which words of the question are read as others,
    that the library holds: (("Zelenskyy", "Zelensky"),). `paper` is the publisher that the question is put to, whose
    name is no longer in `text`, and `time` the days that it asks about.
    `meaning`, shape (encoder's dimensions,), is the vector as the encoder gives it; `searched` is the text that was
    encoded, with the earlier questions before it.
    """

    text: str
    history: tuple[str, ...]
    vector: Floats
    tokens: Floats
    weights: Floats
    stems: Mapping[str, float]
    variants: Mapping[str, str] = field(default_factory=dict)
    read: tuple[tuple[str, str], ...] = ()
    paper: str | None = None
    time: AskedTime | None = None
    meaning: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    searched: str = ""


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
