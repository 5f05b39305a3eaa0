"""The files of weights: what was published, whole, or one sentence that says what is wrong."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from assistant.models import ReadingModel
from assistant.models.weights import DIGESTS, FOLDER, WeightsError, load, packed, parsed
from index import Index
from index.encoding import Encoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped weights in a folder of their own."""
    return Path(shutil.copytree(FOLDER, tmp_path / "weights"))


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_the_weights_that_ship_are_the_published_ones(name: str) -> None:
    assert load(name).heads


def test_all_weights_together_take_at_most_25_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.safetensors")) <= 25_000_000


def test_weights_in_bytes_are_near_the_weights() -> None:
    exact = np.random.default_rng(1).normal(size=(8, 16)).astype(np.float32)
    found = parsed(packed({"layer.weight": exact, "layer.bias": exact[0]}, {"pool.weight": exact}))
    step = np.abs(exact).max(axis=1, keepdims=True) / 127
    assert (np.abs(found.layers["layer.weight"] - exact) <= step / 2 + 1e-6).all()
    assert np.array_equal(found.layers["layer.bias"], exact[0])
    assert np.array_equal(found.heads["pool.weight"], exact)


def test_missing_weights_are_named_with_what_to_do(folder: Path) -> None:
    (folder / "reading.safetensors").unlink()
    with pytest.raises(WeightsError, match=r"reads the articles .*reading\.safetensors.* cannot be read: reinstall"):
        ReadingModel(folder=folder)


def test_weights_of_which_one_byte_is_another_are_refused(folder: Path) -> None:
    data = bytearray((folder / "reading.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "reading.safetensors").write_bytes(data)
    with pytest.raises(WeightsError, match="is not the published one: reinstall"):
        ReadingModel(folder=folder)


def test_bytes_that_are_no_weights_are_no_weights() -> None:
    with pytest.raises(ValueError, match=r"."):
        parsed(b"\xff" * 64)


@pytest.mark.parametrize("name", ["reading", "question_types"])
def test_without_its_models_talks_quotes_what_is_nearest_and_says_so(
    tmp_path: Path, folder: Path, encoder: Encoder, name: str
) -> None:
    (folder / f"{name}.safetensors").write_bytes(b"nothing")
    with Index(tmp_path / "home", encoder=encoder) as index:
        index.add_text("The night train runs again from June. Tickets cost 60 crowns.", title="Trains")
    with Assistant(tmp_path / "home", encoder=encoder, weights=folder) as talks:
        answer = talks.ask("What do tickets for the night train cost?")
        assert talks.retrieve("night train")
    assert [notice for notice in answer.notices if "reinstall Talks" in notice]
    assert all(each.article.text[each.start : each.end] == each.quote for each in answer.citations)
    assert "60 crowns" in answer.text
