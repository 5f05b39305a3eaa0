"""The encoder is the published one, and gives a vector for a text and for each of its word pieces."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import SettingError
from index.encoding.cpu import multiplies_bytes
from index.encoding.encoder import DEFAULT_MODEL, DEFAULT_MODEL_FILES, Encoder
from index.encoding.onnx_bert import Bert

ROOT = Path(__file__).parents[3]
BRIEF = ROOT / "index" / "articles" / "geneva-round-ends-without-deal.md"


def test_a_text_has_a_vector_of_unit_length_and_one_for_each_word_piece(encoder: Encoder) -> None:
    encoded = encoder.encode(["Talks ended in Geneva."])[0]
    assert encoded.vector.shape == (384,)
    assert np.isclose(np.linalg.norm(encoded.vector), 1, atol=1e-3)
    assert encoded.tokens.shape == (len(encoded.spans), 384)
    assert ["Talks ended in Geneva."[a:b] for a, b in encoded.spans] == ["Talks", "ended", "in", "Geneva", "."]


def test_texts_come_back_in_their_order_whatever_their_length(encoder: Encoder) -> None:
    texts = ["short", "a much longer text about the talks " * 5, "middle length of a text"]
    together, alone = encoder.encode(texts), [encoder.encode([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert float(one.vector @ other.vector) > 0.999


def test_vectors_are_those_that_sentence_transformers_gives(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["The delegations parted without an accord.", "Borscht is a soup of beetroot."]
    plain = SentenceTransformer(str(encoder.folder), device="cpu").encode(texts, normalize_embeddings=True)
    for ours, theirs in zip(encoder.encode(texts), plain, strict=True):
        assert float(ours.vector @ theirs) > 0.998


def test_without_torch_vectors_are_the_same_to_the_sixth_place() -> None:
    from sentence_transformers import SentenceTransformer

    encoder = Encoder()  # one of its own: after many articles, it calculates in bytes
    texts = ["", "Zürich — “words” in a\u0301 naïve 日本語 ß U.S. 🙂", "longer than what is read " * 100, "x" * 300]
    plain = SentenceTransformer(str(encoder.folder), device="cpu").encode(texts, normalize_embeddings=True)
    assert Bert.fits(Path(str(encoder.folder)))
    for ours, theirs in zip(encoder.encode(texts), plain, strict=True):
        assert np.allclose(ours.vector, theirs, atol=2e-6)


def test_neither_questions_nor_articles_need_torch() -> None:
    program = (
        "import sys; from index.encoding.encoder import Encoder; encoder = Encoder();"
        "encoder.encode(['Who led?'], question=True);"
        "encoder.encode(['Talks ended.'] * 40); encoder.pieces('Talks'); encoder.limit;"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_what_runs_the_model_keeps_no_record_to_send(tmp_path: Path) -> None:
    program = "from index.encoding.encoder import Encoder; Encoder().encode(['Who led?'], question=True)"
    own = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "ORT_DISABLE_TELEMETRY": ""}
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env={**os.environ, **own})
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


#: Of other kinds than the brief: capitals throughout, names, figures, marks of other scripts, one word, hardly any.
KINDS = [
    "The delegations parted without an accord.",
    "THE DELEGATIONS, CUT OFF FROM SUPPLIES, MAY WELL BE ABLE TO CONSOLIDATE THEIR GAINS, AND COMPLETE A VICTORY. " * 3,
    "Borscht is a soup of beetroot, and naïvely “red” — 日本語 ß U.S. 🙂.",
    "On 18 February 2026, 1,200 prisoners were exchanged (314 of them civilians); 3.5% of the oil went by sea.",
    "Talks",
    "longer than what is read " * 100,
    "a b c d e f g . . . , , , - - -" * 8,
]


#: Cosine of a word piece's two vectors, at least: where products of bytes saturate, quick is not used, and less close.
CLOSE = 0.99 if multiplies_bytes() else 0.98


def test_a_long_sync_and_a_short_one_come_to_the_same_vectors(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = KINDS + [
        brief[start : start + 900] for brief in [BRIEF.read_text("utf-8")] for start in range(0, 5400, 900)
    ]
    exact = Encoder(folder=encoder.folder).encode(texts)
    monkeypatch.setattr("index.encoding.encoder.QUICK_FROM", 0)
    monkeypatch.setattr("index.encoding.encoder.multiplies_bytes", lambda: True)
    quick = Encoder(folder=encoder.folder).encode(texts)
    assert any((one.vector != other.vector).any() for one, other in zip(exact, quick, strict=True))
    for one, other in zip(exact, quick, strict=True):
        assert float(one.vector @ other.vector) > 0.998
        assert one.spans == other.spans
        assert (np.sum(one.tokens * other.tokens, axis=1) > CLOSE).all()


def test_a_processor_without_instructions_for_bytes_calculates_as_exactly_as_ever(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoding.encoder.QUICK_FROM", 0)
    monkeypatch.setattr("index.encoding.encoder.multiplies_bytes", lambda: False)
    exact = encoder.encode(KINDS, question=True)
    for one, other in zip(exact, Encoder(folder=encoder.folder).encode(KINDS), strict=True):
        assert (one.vector == other.vector).all()


def test_torch_comes_to_the_same_vectors_where_it_runs_the_model(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder.load()
    monkeypatch.setattr(Bert, "fits", lambda folder: False)
    by_torch = Encoder(folder=encoder.folder)
    for one, other in zip(encoder.encode(KINDS, question=True), by_torch.encode(KINDS), strict=True):
        assert float(one.vector @ other.vector) > 0.998
        assert one.spans == other.spans
        assert (np.sum(one.tokens * other.tokens, axis=1) > 0.99).all()


@pytest.mark.parametrize(
    ("file", "found", "put"),
    [
        ("config.json", '"gelu"', '"relu"'),
        ("config.json", '"bert"', '"roberta"'),
        ("1_Pooling/config.json", '"pooling_mode_cls_token": false', '"pooling_mode_cls_token": true'),
        ("modules.json", "models.Normalize", "models.Dense"),
    ],
)
def test_a_model_of_another_make_is_left_to_sentence_transformers(
    tmp_path: Path, encoder: Encoder, file: str, found: str, put: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(Path(str(encoder.folder)), folder)
    assert Bert.fits(folder)
    written = (folder / file).read_text(encoding="utf-8")
    assert found in written
    (folder / file).write_text(written.replace(found, put), encoding="utf-8")
    assert not Bert.fits(folder)


def test_weights_with_another_digest_are_refused_before_they_are_loaded(tmp_path: Path, encoder: Encoder) -> None:
    assert encoder.folder is not None
    folder = tmp_path / "model"
    shutil.copytree(encoder.folder, folder)
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(SettingError, match=r"weights of all-MiniLM-L6-v2 in .* are not the published ones"):
        Encoder(DEFAULT_MODEL, folder=folder).encode(["anything"])


@pytest.mark.parametrize("name", DEFAULT_MODEL_FILES)
def test_files_that_decide_how_the_weights_are_used_are_held_to_their_digests_too(
    name: str, tmp_path: Path, encoder: Encoder
) -> None:
    assert encoder.folder is not None
    folder = tmp_path / "model"
    shutil.copytree(encoder.folder, folder)
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(SettingError, match=rf"The file {name} of all-MiniLM-L6-v2 .* is not the published one"):
        Encoder(DEFAULT_MODEL, folder=folder).encode(["anything"])


def test_weights_that_would_have_to_be_unpickled_are_refused(tmp_path: Path, encoder: Encoder) -> None:
    import torch
    from safetensors.torch import load_file

    folder = tmp_path / "my-model"
    shutil.copytree(Path(str(encoder.folder)), folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(SettingError, match="my-model” cannot be loaded"):
        Encoder(str(folder)).load()


def test_a_model_that_cannot_be_loaded_is_named_with_the_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"“.*nothing-here” cannot be loaded .*TALKS_EMBEDDING_MODEL"):
        Encoder(str(tmp_path / "nothing-here")).load()


def test_a_copy_of_the_model_in_a_folder_of_ones_own_serves_as_well(tmp_path: Path, encoder: Encoder) -> None:
    assert encoder.folder is not None
    folder = tmp_path / "my-model"
    shutil.copytree(encoder.folder, folder)
    own = Encoder(str(folder))
    assert own.fingerprint.startswith("my-model@53aa51172d14")
    assert float(own.encode(["Talks"])[0].vector @ encoder.encode(["Talks"])[0].vector) > 0.999
