"""Entailment network: MiniLM's layers with a head for the pair and one for each word piece of the hypothesis.

The hypotheses about one premise are read in one batch, and what it supports is ranked above what it does not: so the
words that both have, and how easy a premise is, count for nothing.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from assistant.models.training.entailment_pairs import BEFORE, ENTAILMENT, HEADER, HYPOTHESIS, OTHER, PREMISE, Pair
from assistant.models.training.reading_network import layers

#: How much the labels of word pieces count against the pair's, and one that is not supported against one that is.
WORDS, UNSUPPORTED = 0.5, 3.0
#: How much the ranking of a premise's hypotheses counts against the pairs' labels.
RANKING = 0.5
#: Hypotheses of one premise in one batch, and premises that batches of like lengths are made of.
TOGETHER, PORTION = 8, 1000
_UNKNOWN = -1.0


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Word pieces of a pair; the hypothesis' are those from `first` on but the last. `words` labels them, if known.

    `premise` is its text, by which the pairs of one premise know each other.
    """

    ids: tuple[int, ...]
    first: int
    label: int
    words: tuple[int, ...] | None
    weight: float
    premise: str


class PairMaker:
    """Makes labelled pairs with the default encoder's word pieces."""

    def __init__(self, tokenizer_file: str) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(tokenizer_file)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._opening = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self._separator = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def pair(self, pair: Pair) -> LabelledPair:
        """The word pieces and labels of a pair."""
        header = self._pieces(pair.header)[0][:HEADER] if pair.header else []
        before = self._pieces(pair.before)[0][-BEFORE:] if pair.before else []
        premise = self._pieces(pair.premise)[0][: PREMISE - len(before) - len(header)]
        hypothesis, offsets = self._pieces(pair.hypothesis)
        hypothesis, offsets = hypothesis[:HYPOTHESIS], offsets[:HYPOTHESIS]
        ids = [self._opening, *header, *([self._separator] if header else []), *before, *premise, self._separator]
        words: tuple[int, ...] | None = None
        start = pair.hypothesis.find(pair.wrong) if pair.wrong else -1
        if pair.label == ENTAILMENT:
            words = (0,) * len(hypothesis)
        elif start >= 0:
            end = start + len(pair.wrong)
            words = tuple(int(last > start and first < end) for first, last in offsets)
        return LabelledPair(
            (*ids, *hypothesis, self._separator), len(ids), pair.label, words, pair.weight, pair.premise
        )

    def _pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return found.ids, found.offsets


class EntailmentNetwork(nn.Module):
    """Three logits a pair (contradiction, neutral, entailment), and one a word piece: not supported."""

    def __init__(self, folder: Path, size: int = 384) -> None:
        super().__init__()
        self.bert = layers(folder)
        self.pool = nn.Linear(size, 1)
        self.hidden = nn.Linear(3 * size, 256)
        self.label = nn.Linear(256, 3)
        self.token = nn.Linear(size, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, inside: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of pairs (pairs, 3) and of word pieces (pairs, pieces); `inside` marks the hypothesis."""
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        exact = states.float()
        looks = self.pool(states).squeeze(-1).float().masked_fill(~inside, -1e4).softmax(1)
        pooled = torch.einsum("bl,bld->bd", looks, exact)
        largest = exact.masked_fill(~inside.unsqueeze(-1), -1e4).max(1).values
        hidden = functional.gelu(self.hidden(torch.cat([pooled, largest, exact[:, 0]], -1)))
        return self.label(hidden).float(), self.token(states).squeeze(-1).float()


Batch = Sequence[LabelledPair]


def by_premise(pairs: Sequence[LabelledPair], pieces: int, seed: int) -> list[Batch]:
    """Batches of at most `pieces` word pieces, padding included, in which the pairs of one premise stand together."""
    rng = random.Random(seed)
    of_premise: defaultdict[str, list[LabelledPair]] = defaultdict(list)
    for pair in pairs:
        of_premise[pair.premise].append(pair)
    groups: list[list[LabelledPair]] = []
    for group in of_premise.values():
        rng.shuffle(group)
        groups += [group[first : first + TOGETHER] for first in range(0, len(group), TOGETHER)]
    rng.shuffle(groups)
    found: list[Batch] = []
    for first in range(0, len(groups), PORTION):
        batch: list[LabelledPair] = []
        for group in sorted(groups[first : first + PORTION], key=_longest):
            if batch and max(_longest(batch), _longest(group)) * (len(batch) + len(group)) > pieces:
                found.append(batch)
                batch = []
            batch = [*batch, *group]
        found.append(batch)
    return found


def _longest(pairs: Batch) -> int:
    return max(len(pair.ids) for pair in pairs)


def entailment_loss(network: EntailmentNetwork, batches: Sequence[Batch]) -> torch.Tensor:
    """The loss of the pairs of some batches, which `by_premise` makes."""
    pairs = [pair for batch in batches for pair in batch]
    longest = _longest(pairs)
    ids, mask = torch.zeros(2, len(pairs), longest, dtype=torch.long)
    inside = torch.zeros(len(pairs), longest, dtype=torch.bool)
    words = torch.full((len(pairs), longest), _UNKNOWN)
    for i, pair in enumerate(pairs):
        ids[i, : len(pair.ids)] = torch.tensor(pair.ids)
        mask[i, : len(pair.ids)] = 1
        inside[i, pair.first : len(pair.ids) - 1] = True
        if pair.words is not None:
            words[i, pair.first : len(pair.ids) - 1] = torch.tensor(pair.words, dtype=torch.float)
    labels, weights = torch.tensor([pair.label for pair in pairs]), torch.tensor([pair.weight for pair in pairs])
    logits, pieces = network(ids, mask, inside)
    supported = logits[:, ENTAILMENT] - torch.logsumexp(logits[:, :ENTAILMENT], 1)
    whether = functional.binary_cross_entropy_with_logits(supported, (labels == ENTAILMENT).float(), reduction="none")
    which = functional.cross_entropy(logits, labels.clamp(max=ENTAILMENT), reduction="none")
    each = torch.where(labels < OTHER, (whether + which) / 2, whether)
    counts = (words != _UNKNOWN).float() * torch.where(words > 0, UNSUPPORTED, 1.0)
    marked = functional.binary_cross_entropy_with_logits(pieces, words.clamp(0), reduction="none")
    total = (each * weights).sum() / weights.sum() + WORDS * (marked * counts).sum() / counts.sum().clamp(1)
    return total + RANKING * _ranking(supported, labels == ENTAILMENT, [pair.premise for pair in pairs])


def _ranking(supported: torch.Tensor, holds: torch.Tensor, premises: Sequence[str]) -> torch.Tensor:
    """The mean loss of each hypothesis that holds against each of the same premise that does not (RankNet's)."""
    numbers = {premise: number for number, premise in enumerate(dict.fromkeys(premises))}
    premise = torch.tensor([numbers[each] for each in premises])
    against = (premise[:, None] == premise[None, :]) & holds[:, None] & ~holds[None, :]
    if not against.any():
        return supported.sum() * 0
    return functional.softplus(supported[None, :] - supported[:, None])[against].mean()
