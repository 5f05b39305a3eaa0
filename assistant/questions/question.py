"""The question: all that retrieval, answering and abstention know of it, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.models import PLAIN, QuestionType
from assistant.questions.hints import Hints
from assistant.request import Request
from index.aliases import Floats
from index.filters import Filter


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question as `QuestionReader` read it in one library.

    Its words: `request` is the question as it was asked, with the turns before it and the filters. `text` is the
    question in the library's spelling, without the name of the paper that it is put to; `earlier` are the earlier
    questions that it leans on, as asked, and `history` the same in the library's spelling, oldest first. `respelled`
    are the words that are read as others: (("Zelenskyy", "Zelensky"),). `stems` maps the content stems of `text` and
    `history` to their idf in the library, question words and stop words left out; `own` are all stems of `text`;
    `variants` maps the stems of other spellings of its names, as the library has them, to those stems.

    Its meaning: `meaning`, shape (encoder's dimensions,), is the encoder's vector of `searched`. `vector`, shape
    (dimensions,), is `meaning`, and `tokens`, shape (word pieces, dimensions), are the vectors of `searched`'s word
    pieces, all projected on the principal directions of the token index, of unit length. `weights`, shape (word
    pieces,), is each word piece's idf, 0 for words that say nothing.

    What it asks for: `type` is its type, `courtesy` whether it is no more than a greeting, `publishers` the keys of
    the publishers that it names, `paper` the one that it is put to, and `hints` what counts in favour of an article.

    `generation` is the library's generation that it was read in: in another, it has to be read again.
    """

    request: Request
    text: str
    vector: Floats
    tokens: Floats
    weights: Floats
    stems: Mapping[str, float]
    earlier: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    variants: Mapping[str, str] = field(default_factory=dict)
    respelled: tuple[tuple[str, str], ...] = ()
    meaning: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    type: QuestionType = PLAIN
    courtesy: bool = False
    publishers: frozenset[str] = frozenset()
    paper: str | None = None
    hints: Hints = Hints()
    generation: int = 0

    @property
    def asked(self) -> str:
        """The question as it was asked."""
        return self.request.question

    @property
    def searched(self) -> str:
        """The text that is looked for: the question behind those that it leans on."""
        return " ".join((*self.history, self.text))

    @property
    def where(self) -> Filter:
        """Which articles are searched: the request's filter, or else the paper that the question is put to."""
        where = self.request.where
        return replace(where, publisher=self.paper) if self.paper and not where.publisher else where

    @property
    def read_as(self) -> str | None:
        """The question behind those that it leans on, as asked; None where it leans on none."""
        return " ".join((*self.earlier, self.asked)) if self.earlier else None
