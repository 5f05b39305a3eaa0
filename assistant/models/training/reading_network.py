"""Reading network: MiniLM's layers with heads for sentences, for the answer's words, and for the row."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from assistant.models.training.reading_rows import ANSWERS, FINE, NOT, LabelledRow

#: How much each loss counts: sentences, rows, words, and the ranking of a row's answering sentences above the others.
#: An answering sentence counts twice, as there are few.
SHARES = (2.0, 0.5, 0.25, 0.3)


def layers(folder: Path) -> nn.Module:
    """The default encoder's layers; its embeddings are not trained, so that every model can share them."""
    from transformers import BertModel

    found: nn.Module = BertModel.from_pretrained(str(folder), add_pooling_layer=False)
    for parameter in found.get_submodule("embeddings").parameters():
        parameter.requires_grad = False
    return found


class ReadingNetwork(nn.Module):
    """Scores every sentence of a row, and each word piece as the first and the last of the answer's words."""

    def __init__(self, folder: Path, size: int = 384) -> None:
        super().__init__()
        self.bert = layers(folder)
        self.pool = nn.Linear(size, 1)
        self.hidden = nn.Linear(2 * size, 256)
        self.sentence = nn.Linear(256, 1)
        self.hold = nn.Linear(size, 1)
        self.span = nn.Linear(size, 2)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, sentence_of: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits of sentences (rows, sentences), of rows (rows,), and of word pieces (rows, pieces, 2)."""
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        count = int(sentence_of.max()) + 1
        looks = self.pool(states).squeeze(-1).float()
        inside = (sentence_of.unsqueeze(-1) == torch.arange(count)).float()
        weights = (looks - looks.max(1, keepdim=True).values).clamp(-30, 0).exp().unsqueeze(-1) * inside
        weights = weights / (weights.sum(1, keepdim=True) + 1e-9)
        pooled = torch.einsum("bln,bld->bnd", weights, states.float())
        first = states[:, :1].float().expand(-1, count, -1)
        hidden = functional.gelu(self.hidden(torch.cat([pooled, first], -1)))
        sentences = self.sentence(hidden).squeeze(-1).float()
        return sentences, self.hold(states[:, 0]).squeeze(-1).float(), self.span(states).float()


def reading_loss(network: ReadingNetwork, rows: Sequence[LabelledRow]) -> torch.Tensor:
    """The loss of a batch of rows."""
    ids, mask, sentence_of, labels = _padded(rows)
    sentences, holds, pieces = network(ids, mask, sentence_of)
    weights = torch.tensor([row.weight for row in rows])
    labels = labels[:, : sentences.shape[1]]
    counts = (labels != FINE).float() * weights[:, None] * (1 + (labels == ANSWERS).float())
    each = functional.binary_cross_entropy_with_logits(sentences, labels.clamp(0), reduction="none")
    held = torch.tensor([float(row.holds) for row in rows])
    known = (held != FINE).float() * weights
    whole = functional.binary_cross_entropy_with_logits(holds, held.clamp(0), reduction="none")
    total = SHARES[0] * (each * counts).sum() / (labels != FINE).sum().clamp(1)
    total = total + SHARES[1] * (whole * known).sum() / known.sum().clamp(1)
    total = total + SHARES[3] * _ranking(sentences, labels)
    spans = [(i, row.span) for i, row in enumerate(rows) if row.span]
    for i, (first, last, number) in spans:
        here = pieces[i].masked_fill((sentence_of[i] != number)[:, None], -1e4)
        edges = functional.cross_entropy(here[:, 0][None], torch.tensor([first]))
        edges = edges + functional.cross_entropy(here[:, 1][None], torch.tensor([last]))
        total = total + SHARES[2] * edges / len(spans)
    return total


def _ranking(sentences: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The mean loss of each answering sentence against those of its row that do not answer (softmax cross-entropy)."""
    answers = labels == ANSWERS
    if not answers.any():
        return sentences.sum() * 0
    others = torch.logsumexp(sentences.masked_fill(labels != NOT, -1e4), 1, keepdim=True)
    return (torch.logaddexp(sentences, others) - sentences)[answers].mean()


def _padded(rows: Sequence[LabelledRow]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    longest, most = max(len(row.ids) for row in rows), max(len(row.labels) for row in rows)
    ids, mask = torch.zeros(2, len(rows), longest, dtype=torch.long)
    sentence_of = torch.full((len(rows), longest), -1)
    labels = torch.full((len(rows), most), float(FINE))
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        mask[i, : len(row.ids)] = 1
        sentence_of[i, : len(row.ids)] = torch.tensor(row.sentence_of)
        labels[i, : len(row.labels)] = torch.tensor(row.labels, dtype=torch.float)
    return ids, mask, sentence_of, labels
