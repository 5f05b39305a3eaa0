"""Entailment model: a cross-encoder that tells whether sentences of an article carry a written sentence.

One row of word pieces holds a header (title, publisher, day), the sentences before, the sentences that may carry the
written one, and the written one itself. The model gives how likely they carry all of it, and which of its words they do
not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np

from assistant.models.cross_encoder import CrossEncoder, gelu, linear, softmax
from assistant.models.weights import Weights, load
from index.aliases import Floats, Span

#: Word pieces read of a header, of what stands before, of all three together, and of the written sentence: as trained.
HEADER: Final = 30
BEFORE: Final = 50
PREMISE: Final = 200
HYPOTHESIS: Final = 80
#: A logit becomes a probability by these two: fitted on written claims that the model was not trained on.
SLOPE: Final = 0.377
SHIFT: Final = 0.195
#: A word is marked as not carried from this logit on.
MARKED: Final = 0.0
#: The place of entailment among the three labels.
_ENTAILS = 2


@dataclass(frozen=True, slots=True)
class Premise:
    """Sentences that may carry a written one.

    `header` comes from `assistant.models.header_of`; `before` are the sentences before, which say who "he" is.
    """

    text: str
    before: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Entailment:
    """Whether a premise carries a sentence.

    `score` (0 to 1) is how likely it carries all of it; `unsupported` are the characters of the sentence that it does
    not carry, as far as the model can tell.
    """

    score: float
    unsupported: tuple[Span, ...]


class EntailmentModel:
    """The entailment model with its weights; loads when first used, safe among threads.

    >>> model = EntailmentModel()  # doctest: +SKIP
    >>> model.read(Premise("Dara Holm led the talks."), "Dara Holm led.").score > 0.5  # doctest: +SKIP
    True
    """

    def __init__(self, weights: Weights | None = None) -> None:
        """Raises WeightsError where the shipped weights are missing or damaged."""
        weights = weights or load("entailment")
        self._heads = weights.heads
        self._model = CrossEncoder(weights)

    def load(self) -> None:
        """Load the model now, so that the first sentence does not wait for it."""
        self._model.states([self._model.opening, self._model.separator])

    def read(self, premise: Premise, sentence: str) -> Entailment:
        """Whether `premise` carries `sentence`."""
        logits, marks, offsets = self.logits(premise, sentence)
        others = float(np.logaddexp.reduce(np.delete(logits, _ENTAILS)))
        score = 1 / (1 + exp(-(SLOPE * (float(logits[_ENTAILS]) - others) + SHIFT)))
        return Entailment(
            score, _joined(sentence, [span for span, mark in zip(offsets, marks, strict=True) if mark > MARKED])
        )

    def logits(self, premise: Premise, sentence: str) -> tuple[Floats, list[float], list[Span]]:
        """The three logits (contradiction, neutral, entailment), and one a word piece of `sentence` with its place."""
        model, head = self._model, self._heads
        pieces, offsets = model.pieces(sentence)
        pieces, offsets = pieces[:HYPOTHESIS], offsets[:HYPOTHESIS]
        header, before = model.pieces(premise.header)[0][:HEADER], model.pieces(premise.before)[0][-BEFORE:]
        text = model.pieces(premise.text)[0][: PREMISE - len(before) - len(header)]
        ids = [model.opening, *header, *([model.separator] if header else []), *before, *text, model.separator]
        first = len(ids)
        states = model.states([*ids, *pieces, model.separator])
        own = states[first : first + len(pieces)] if pieces else states[:1]
        looks = softmax(linear(own, head["pool.weight"], head["pool.bias"])[:, 0])
        seen = np.concatenate([looks @ own, own.max(axis=0), states[0]])
        hidden = gelu(linear(seen, head["hidden.weight"], head["hidden.bias"]))
        marks = linear(own, head["token.weight"], head["token.bias"])[:, 0].tolist() if pieces else []
        return linear(hidden, head["label.weight"], head["label.bias"]), marks, offsets


def _joined(sentence: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Marked word pieces as whole words, those side by side as one."""
    found: list[Span] = []
    for start, end in spans:
        while start and sentence[start - 1].isalnum():
            start -= 1
        while end < len(sentence) and sentence[end].isalnum():
            end += 1
        if found and not sentence[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
