"""Training of the reader: rows as it sees them, and weights that read the same when they are shipped as bytes."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.models import ReadingModel, RowSentence
from assistant.models.train import mean
from assistant.models.training import TrainingSettings, as_shipped, restore, train
from assistant.models.training.loop import batches
from assistant.models.training.reading_network import ReadingNetwork, reading_loss
from assistant.models.training.reading_rows import ANSWERS, LabelledRow, RowMaker, rows_of
from assistant.models.training.written import own_bundles
from assistant.models.weights import packed, parsed
from index.encoding import Encoder

FOLDER = Encoder().folder or Path()
MAKER = RowMaker(str(FOLDER / "tokenizer.json"))
LINES = (
    RowSentence("Officials met in Vesterby on Tuesday.", header="Talks - Warden"),
    RowSentence("Marco Bellini led the delegation.", follows=True),
)


def row(span: tuple[int, int, int] | None = (1, 0, 13)) -> LabelledRow:
    made = MAKER.row("who led the delegation", LINES, (0, 1), span)
    assert made is not None
    return made


def test_a_row_names_the_word_pieces_of_the_answer() -> None:
    made = row()
    assert made.span is not None
    first, last, sentence = made.span
    assert sentence == 1
    assert {made.sentence_of[first], made.sentence_of[last]} == {1}
    assert last - first == 2  # marco bell ##ini


def test_rows_of_the_bundles_hold_answers_and_rows_without() -> None:
    rows = rows_of(MAKER, own_bundles()[:3], each=1, seed=1)
    assert rows == rows_of(MAKER, own_bundles()[:3], each=1, seed=1)
    held = [made.holds for made in rows]
    assert 0.3 < held.count(ANSWERS) / len(held) < 0.8
    assert max(len(made.ids) for made in rows) <= 288


def test_batches_hold_every_item_once_and_stay_small() -> None:
    lengths = [random.Random(2).randrange(5, 90) for _ in range(500)]
    found = batches(lengths, 512, random.Random(1))
    assert sorted(place for batch in found for place in batch) == list(range(500))
    assert all(max(lengths[place] for place in batch) * len(batch) <= 512 for batch in found)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[ReadingNetwork, list[float]]:
    """A network after a few steps on one row, and the loss before and after."""
    torch.manual_seed(1)
    network = ReadingNetwork(FOLDER)
    losses = [reading_loss(network, [row()]).item()]
    checkpoint = tmp_path_factory.mktemp("training") / "reading.safetensors"
    settings = TrainingSettings(rate=5e-4, pieces=64)
    train(network, [row()] * 12, lambda made: len(made.ids), reading_loss, checkpoint, settings, lambda _: None)
    restore(network, checkpoint)
    network.eval()
    return network, [*losses, reading_loss(network, [row()]).item()]


def test_training_lowers_the_loss_and_keeps_the_embeddings(trained: tuple[ReadingNetwork, list[float]]) -> None:
    network, (before, after) = trained
    assert after < before / 2
    fresh = ReadingNetwork(FOLDER).state_dict()
    now = network.state_dict()
    shared = [name for name in now if name.startswith("bert.embeddings.")]
    assert shared
    assert all(torch.equal(now[name], fresh[name]) for name in shared)


def test_what_ships_reads_as_what_was_trained(trained: tuple[ReadingNetwork, list[float]]) -> None:
    network, _ = trained
    shipped = parsed(as_shipped(network))
    [found] = ReadingModel(shipped).read("who led the delegation", (), [LINES])
    made = row()
    ids = torch.tensor([made.ids])
    with torch.no_grad():
        sentences, holds, _ = network(ids, torch.ones_like(ids), torch.tensor([made.sentence_of]))
    assert np.allclose([each.score for each in found.sentences], sentences[0].numpy(), atol=0.15)
    assert found.holds == pytest.approx(holds.item(), abs=0.15)
    assert found.sentences[1].words == (0, 13)


def test_training_goes_on_from_weights_as_they_ship(
    trained: tuple[ReadingNetwork, list[float]], tmp_path: Path
) -> None:
    network, _ = trained
    (tmp_path / "shipped.safetensors").write_bytes(as_shipped(network))
    again = ReadingNetwork(FOLDER)
    restore(again, tmp_path / "shipped.safetensors")
    assert all(
        torch.allclose(value, again.state_dict()[name], atol=0.05) for name, value in network.state_dict().items()
    )


def test_the_mean_of_two_files_of_weights_lies_between_them(tmp_path: Path) -> None:
    for name, value in (("one", 0.0), ("two", 4.0)):
        matrix = np.full((2, 3), value, dtype=np.float32)
        (tmp_path / name).write_bytes(packed({"encoder.a.weight": matrix}, {"pool.bias": matrix[0]}))
    mean(tmp_path / "one", tmp_path / "two", tmp_path / "both", 0.25)
    both = parsed((tmp_path / "both").read_bytes())
    assert np.allclose(both.layers["encoder.a.weight"], 1.0, atol=0.01)
    assert np.allclose(both.heads["pool.bias"], 1.0, atol=0.01)
