"""Reader: a cross-encoder that reads a question with the sentences of an article, in their surroundings.

One row of word pieces holds the question (with the earlier one that it leans on), a header (title, publisher, day) and
several sentences of the article in their order. For each sentence the reader gives the score that it answers, and which
of its words are the answer. Reading sentences side by side costs a third of reading each by itself, and shows the
reader who "he" is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from assistant.models.cross_encoder import CrossEncoder, gelu, linear, softmax
from assistant.models.weights import Weights, load
from index.aliases import Floats, Span

#: Word pieces read of a question, a header and a sentence, as in training.
QUESTION, HEADER, SENTENCE = 64, 40, 120
#: Word pieces of a row: as in training, and quickest a sentence.
ROW = 288
#: Words of a short answer at most, in word pieces.
SHORT: Final = 25
#: Stands before a sentence that does not follow the one before it in the row.
GAP = "… "


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the reader makes of one sentence.

    `score`, a logit, is above 0 where the sentence more likely answers than not. `words` are the characters of the
    sentence that hold the answer, None where it was not read that far. `sure` (0 to 1) says how sure these words are.
    """

    score: float
    words: Span | None
    sure: float


@dataclass(frozen=True, slots=True)
class RowSentence:
    """A sentence of a row.

    `follows` is whether it follows the line before it in the article. `header` comes from `header_of` where the line is
    the first of its article in the row, and is None elsewhere.
    """

    text: str
    follows: bool = False
    header: str | None = None


#: Sentences that are read together, of one article or of several, one after the other.
Row = tuple[RowSentence, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """What the reader makes of a row: each of its sentences, and whether any answers (`holds`, a logit)."""

    sentences: tuple[SentenceReading, ...]
    holds: float


_UNREAD = SentenceReading(-20.0, None, 0.0)


def header_of(title: str, publisher: str | None, published: date | None) -> str:
    """What the reader is told of an article: "Talks end - The Warden - Wednesday 18 February 2026"."""
    day = f"{published:%A} {published.day} {published:%B} {published.year}" if published else ""
    return " - ".join(part for part in (title, publisher, day) if part)


def behind(question: str, history: Sequence[str]) -> str:
    """The question as it is read: behind the earlier one that it leans on.

    >>> behind("why?", ("who led the talks?",))
    'who led the talks? > why?'
    """
    return f"{history[-1]} > {question}" if history else question


#: Where a sentence's word pieces begin and end in a row, the characters of each, and how many characters stand before.
RowPlace = tuple[int, int, list[Span], int]


def laid_out(
    question: Sequence[int], row: Row, pieces: Callable[[str], tuple[list[int], list[Span]]], opening: int, end: int
) -> tuple[list[int], list[RowPlace]]:
    """The word pieces of a row, and the places of its sentences: as many from its beginning as fit.

    Training and reading share it. `question` comes as word pieces, `pieces` gives those of a text with their
    characters; `opening` begins a row, `end` parts it. The characters include what is put before a sentence (`GAP`).
    """
    ids = [opening, *question[:QUESTION], end]
    places: list[RowPlace] = []
    for number, line in enumerate(row):
        head: list[int] = []
        if line.header is not None:
            head = [*([end] if number else []), *pieces(line.header)[0][:HEADER], end]
        lead = GAP if number and line.header is None and not line.follows else ""
        own, offsets = pieces(lead + line.text)
        own, offsets = own[:SENTENCE], offsets[:SENTENCE]
        if len(ids) + len(head) + len(own) > ROW - 1:
            break
        ids += head
        places.append((len(ids), len(ids) + len(own), offsets, len(lead)))
        ids += own
    return [*ids, end], places


class ReadingModel:
    """The reader with its weights; loads when first used, safe among threads.

    >>> row = (RowSentence("The talks ended.", header="Talks end"), RowSentence("Dara Holm led them.", follows=True))
    >>> reading = ReadingModel().read("who led the talks", (), [row])[0]  # doctest: +SKIP
    >>> [round(each.score) for each in reading.sentences]  # doctest: +SKIP
    [-4, 3]
    """

    def __init__(self, weights: Weights | None = None, folder: Path | None = None) -> None:
        """Take the given weights, or those in `folder`, or those that ship with Talks.

        Raises WeightsError where they are missing or damaged.
        """
        weights = weights or load("reading", folder)
        self._heads = weights.heads
        self._model = CrossEncoder(weights)

    def load(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self._model.states([self._model.opening, self._model.separator])

    def rows(self, lines: Sequence[RowSentence]) -> list[Row]:
        """The lines in rows that can be read whole, whatever the question.

        An article that fits into a row by itself is not cut in two by the end of another row that is half full; where
        one is cut, its header stands in both rows.
        """
        room = ROW - QUESTION // 2 - 4
        heads = [min(HEADER, len(self._model.pieces(line.header)[0])) + 2 if line.header else 2 for line in lines]
        sizes = [min(SENTENCE, len(self._model.pieces(line.text)[0]) + 2) for line in lines]
        found: list[list[RowSentence]] = []
        used, header, head = room, "", 0
        for i, line in enumerate(lines):
            if line.header is not None:
                ends = next((j for j in range(i + 1, len(lines)) if lines[j].header is not None), len(lines))
                whole = heads[i] + sum(sizes[i:ends])
                header, head = line.header, heads[i]
                if used + whole > room and (whole <= room and used > room // 2):
                    used = room
            opens = head if line.header is not None else 0
            if found and used + opens + sizes[i] <= room:
                found[-1].append(line)
                used += opens + sizes[i]
            else:
                found.append([replace(line, header=header)])
                used = head + sizes[i]
        return [tuple(row) for row in found]

    def read(self, question: str, history: Sequence[str], rows: Sequence[Row]) -> list[RowReading]:
        """Read each row with the question; `history` holds the earlier questions that it leans on.

        Sentences past the end of a row come back with the lowest score.
        """
        ids = self._model.pieces(behind(question, history))[0]
        return [self._row(ids, row) for row in rows]

    def _row(self, question: list[int], row: Row) -> RowReading:
        model = self._model
        ids, places = laid_out(question, row, model.pieces, model.opening, model.separator)
        states = model.states(ids)
        head = self._heads
        looks = linear(states, head["pool.weight"], head["pool.bias"])[:, 0]
        pooled = np.stack([softmax(looks[a:b]) @ states[a:b] for a, b, _, _ in places if b > a] or [states[0]])
        first = np.broadcast_to(states[0], pooled.shape)
        hidden = gelu(linear(np.concatenate([pooled, first], axis=1), head["hidden.weight"], head["hidden.bias"]))
        scores = iter(linear(hidden, head["sentence.weight"], head["sentence.bias"])[:, 0].tolist())
        edges = linear(states, head["span.weight"], head["span.bias"])
        found = [
            SentenceReading(next(scores), *_words(edges[a:b], offsets, lead)) if b > a else _UNREAD
            for a, b, offsets, lead in places
        ]
        holds = float(linear(states[0], head["hold.weight"], head["hold.bias"])[0])
        return RowReading((*found, *[_UNREAD] * (len(row) - len(found))), holds)


def _words(edges: Floats, offsets: Sequence[Span], lead: int) -> tuple[Span | None, float]:
    """The likeliest answer words of a sentence, as its characters, and how likely they are."""
    starts, ends = softmax(edges[:, 0]), softmax(edges[:, 1])
    joint = np.triu(starts[:, None] * ends[None, :]) - np.triu(np.ones((len(starts), len(starts))), SHORT)
    first, last = divmod(int(joint.argmax()), len(starts))
    start, end = offsets[first][0] - lead, offsets[last][1] - lead
    return ((max(0, start), end), float(joint[first, last])) if end > max(0, start) else (None, 0.0)
