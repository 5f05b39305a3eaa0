"""Question classification: what a question asks for, and how many sentences its answer needs, learned from its words.

A linear model over the encoder's vector of the question and its word pairs; it was trained on some 5,000 written
questions. It costs a tenth of a millisecond.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.models.weights import load
from index.aliases import Floats

#: What is learned: kinds of question, then "needs at least two, three, four sentences".
KINDS = "change compare date disagree fact keywords latest list overview role said timeline why yesno".split()
COUNTS = (2, 3, 4)
_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?|\?")


@dataclass(frozen=True, slots=True)
class QuestionType:
    """What a question asks for.

    `kinds` maps each kind ("timeline", "yesno" ...) to how likely it is, 0 to 1; several may be likely. `needs` maps 2,
    3 and 4 to how likely the answer needs at least so many sentences.
    """

    kinds: dict[str, float]
    needs: dict[int, float]

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])


#: Where nothing is known: a question of fact that one sentence answers.
PLAIN = QuestionType(dict.fromkeys(KINDS, 0.0) | {"fact": 1.0}, dict.fromkeys(COUNTS, 0.0))


class QuestionTypes:
    """The classifier with its weights; loads when first used.

    >>> QuestionTypes().read("give me a timeline", vector).kind  # doctest: +SKIP
    'timeline'
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the weights in `folder`, or those that ship with Talks.

        Raises WeightsError where they are missing or damaged.
        """
        self._heads = load("question_types", folder).heads

    @cached_property
    def _places(self) -> dict[str, int]:
        grams = bytes(self._heads["grams"].astype(np.uint8)).decode("utf-8").split("\n")
        return {gram: place for place, gram in enumerate(grams)}

    def read(self, question: str, vector: Floats) -> QuestionType:
        """Classify a question; `vector` is the default encoder's, of unit length; of another length it is not used."""
        found = grams_of(question)
        size = self._heads["weight"].shape[1] - len(self._places)
        features = np.zeros(size + len(self._places), dtype=np.float32)
        if len(vector) == size:
            features[:size] = vector
        for gram in found & self._places.keys():
            features[size + self._places[gram]] = len(found) ** -0.5
        logits = self._heads["weight"] @ features + self._heads["bias"]
        likely = (1 / (1 + np.exp(-logits))).tolist()
        return QuestionType(
            dict(zip(KINDS, likely[: len(KINDS)], strict=True)), dict(zip(COUNTS, likely[len(KINDS) :], strict=True))
        )


def grams_of(question: str) -> set[str]:
    """The words and word pairs of a question, lower case; short numbers are all alike, and so are long ones.

    >>> sorted(grams_of("Who led?"))
    ['?', '? $', '^ who', 'led', 'led ?', 'who', 'who led']
    """
    words = _WORD.findall(question.lower().replace("’", "'"))
    words = ["#" if word.isdigit() and len(word) < 4 else "####" if word.isdigit() else word for word in words]
    edged = ["^", *words, "$"]
    return set(words) | {f"{a} {b}" for a, b in pairwise(edged)}
