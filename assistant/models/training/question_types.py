"""Training of the question classifier: logistic regressions over the encoder's vector and the question's word pairs."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.models.question_types import COUNTS, KINDS, grams_of
from assistant.models.training.written import Bundle
from index.aliases import Floats
from index.encoding import Encoder

#: Bundles in which a word pair must occur, so that names are not learned.
SPREAD = 4
#: How much large weights cost, and how much a rare kind counts at most.
DECAY, RARE = 1e-5, 4.0


def trained_types(bundles: Sequence[Bundle], encoder: Encoder) -> dict[str, Floats]:
    """The classifier's heads, for `assistant.models.weights.packed`."""
    asked = [(question, bundle.name) for bundle in bundles for question in bundle.questions]
    vectors = np.stack([each.vector for each in encoder.encode([question.text for question, _ in asked])])
    grams = [grams_of(question.text) for question, _ in asked]
    spread: dict[str, set[str]] = defaultdict(set)
    for found, (_, name) in zip(grams, asked, strict=True):
        for gram in found:
            spread[gram].add(name)
    known = sorted(gram for gram, names in spread.items() if len(names) >= SPREAD)
    place = {gram: i for i, gram in enumerate(known)}
    held = np.zeros((len(asked), len(known)), dtype=np.float32)
    for row, found in enumerate(grams):
        for gram in found & place.keys():
            held[row, place[gram]] = len(found) ** -0.5
    kinds = np.array([question.kind for question, _ in asked])
    needed = np.array([len(question.answer) for question, _ in asked])
    labels = [kinds == kind for kind in KINDS] + [needed >= count for count in COUNTS]
    counted = [np.isin(kinds, KINDS)] * len(KINDS) + [needed > 0] * len(COUNTS)
    weight, bias = _fitted(np.hstack([vectors, held]), np.stack(labels, 1), np.stack(counted, 1))
    spelled = np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8).astype(np.float32)
    return {"weight": weight, "bias": bias, "grams": spelled}


def _fitted(features: Floats, labels: NDArray[np.bool_], counted: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Weights, shape (labels, features), and biases of one regression a column."""
    x, y = torch.from_numpy(features), torch.from_numpy(labels.astype(np.float32))
    counts = torch.from_numpy(counted.astype(np.float32))
    share = (y * counts).sum(0) / counts.sum(0)
    counts = counts * torch.where(y > 0, (0.15 / share).sqrt().clamp(1, RARE), torch.ones(1))
    weight = torch.zeros(x.shape[1], y.shape[1], requires_grad=True)
    bias = torch.zeros(y.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=60, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(x @ weight + bias, y, reduction="none")
        total = (each * counts).mean() + DECAY * (weight**2).sum()
        total.backward()  # type: ignore[no-untyped-call]  # torch gives no hints here
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]  # torch gives no hints here
    return weight.detach().numpy().T.copy(), bias.detach().numpy()
