"""Training of the entailment model: the claims about one source are read side by side, and ranked."""

from pathlib import Path

import pytest
import torch

from assistant.models.training import TrainingSettings, restore, train
from assistant.models.training.entailment_network import EntailmentNetwork, PairMaker, by_premise, entailment_loss
from assistant.models.training.entailment_pairs import ENTAILMENT, OTHER, Pair
from index.encoding import Encoder

FOLDER = Encoder().folder or Path()
MAKER = PairMaker(str(FOLDER / "tokenizer.json"))
SOURCE = "Marco Bellini told Dara Holm that the bridge was shut."
TOLD, TURNED = "Bellini told Holm that the bridge was shut.", "Holm told Bellini that the bridge was shut."
PAIRS = [
    MAKER.pair(Pair(SOURCE, TOLD, ENTAILMENT)),
    MAKER.pair(Pair(SOURCE, TURNED, OTHER, wrong="Holm told Bellini")),
]


def test_batches_keep_the_claims_about_one_source_together() -> None:
    pairs = [
        MAKER.pair(Pair(f"{SOURCE} {'It was late. ' * (number % 7)}{number}", claim, label))
        for number in range(60)
        for claim, label in ((TOLD, ENTAILMENT), (TURNED, OTHER))
    ]
    found = by_premise(pairs, 512, seed=1)
    assert sorted(pair.ids for batch in found for pair in batch) == sorted(pair.ids for pair in pairs)
    premises = [{pair.premise for pair in batch} for batch in found]
    assert sum(map(len, premises)) == len(set.union(*premises))
    assert all(max(len(pair.ids) for pair in batch) * len(batch) <= 512 for batch in found)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> EntailmentNetwork:
    torch.manual_seed(1)
    network = EntailmentNetwork(FOLDER)
    checkpoint = tmp_path_factory.mktemp("training") / "entailment.safetensors"
    batches = [PAIRS] * 20
    train(network, batches, lambda _: 64, entailment_loss, checkpoint, TrainingSettings(rate=3e-4, pieces=64), _silent)
    restore(network, checkpoint)
    return network.eval()


def _silent(_: str) -> None:
    """Progress is not shown in tests."""


def test_training_tells_two_claims_apart_that_have_the_same_words(trained: EntailmentNetwork) -> None:
    fresh = EntailmentNetwork(FOLDER).eval()
    with torch.no_grad():
        assert entailment_loss(trained, [PAIRS]) < entailment_loss(fresh, [PAIRS]) / 2
        right, wrong = (_logits(trained, number) for number in (0, 1))
    assert right[2] > right[0]
    assert wrong[2] < wrong[0]


def _logits(network: EntailmentNetwork, number: int) -> torch.Tensor:
    pair = PAIRS[number]
    ids = torch.tensor([pair.ids])
    inside = torch.zeros_like(ids, dtype=torch.bool)
    inside[0, pair.first : -1] = True
    return network(ids, torch.ones_like(ids), inside)[0][0]
