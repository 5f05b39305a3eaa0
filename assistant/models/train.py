"""Training command: `python -m assistant.models.train reading|entailment|types`.

Each model is trained on the written data of `training/data` and, where `--data` names a folder, on the articles,
bundles and public sets in it. It writes the weights, and beside them what they were made of: seeds, settings, digests
of the data. A training takes an hour or two on two processors; `--start` goes on from a checkpoint, or from weights as
they ship.
"""

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.models.weights import packed, parsed
from index.encoding import Encoder

train = typer.Typer(add_completion=False, help="Train the small models of Talks.")

Data = Annotated[list[Path] | None, typer.Option(help="A folder with further data; may be given several times.")]
Out = Annotated[Path, typer.Option(help="The folder that the weights are written to.")]
Start = Annotated[Path | None, typer.Option(help="A checkpoint to go on from.")]
Seed = Annotated[int, typer.Option(help="What the drawing of rows, and their order, begins with.")]
Public = Annotated[int, typer.Option(help="Rows or pairs of the public sets.")]


@train.command()
def reading(
    out: Out,
    data: Data = None,
    start: Start = None,
    seed: Seed = 1,
    public: Public = 16_000,
    mined: Annotated[Path | None, typer.Option(help="Rows by `assistant.evaluation.mining`, to end with.")] = None,
) -> None:
    """Train the reader: public rows first, then written ones with some public ones among them, then mined ones."""
    from assistant.models.training import TrainingSettings, as_shipped, restore
    from assistant.models.training import train as run
    from assistant.models.training.mined import mined_questions, mined_rows
    from assistant.models.training.public import public_rows
    from assistant.models.training.reading_network import ReadingNetwork, reading_loss
    from assistant.models.training.reading_rows import RowMaker, rows_of
    from assistant.models.training.written import bundles_in, held_out, own_bundles

    folder = _base()
    network, maker = ReadingNetwork(folder), RowMaker(str(folder / "tokenizer.json"))
    kept, _ = held_out(own_bundles())
    further = [bundle for each in data or [] for bundle in held_out(bundles_in(each))[0]]
    sources = [each for each in data or [] if (each / "reading-questions.jsonl.gz").is_file()]
    checkpoint, settings = out / "reading-checkpoint.safetensors", TrainingSettings(seed=seed)
    out.mkdir(parents=True, exist_ok=True)
    if start is not None:
        restore(network, start)
    elif sources:
        rows = public_rows(maker, sources[0], public, seed)
        run(network, rows, lambda row: len(row.ids), reading_loss, checkpoint, settings)
    rows = rows_of(maker, kept, 1, seed) + rows_of(maker, further, 2, seed + 1)
    rows += public_rows(maker, sources[0], public // 4, seed + 2) if sources else []
    run(network, rows, lambda row: len(row.ids), reading_loss, checkpoint, settings)
    if mined is not None:
        rows = mined_rows(maker, mined_questions(mined), seed + 3)
        rows += public_rows(maker, sources[0], public // 4, seed + 4) if sources else []
        run(network, rows, lambda row: len(row.ids), reading_loss, checkpoint, settings)
    _written("reading", as_shipped(network), out, {"seed": seed, "rows": len(rows), "data": _digests(data or [])})


@train.command()
def entailment(out: Out, data: Data = None, start: Start = None, seed: Seed = 1, public: Public = 30_000) -> None:
    """Train the entailment model: public pairs first, then written ones with some public ones among them."""
    from assistant.models.training import TrainingSettings, as_shipped, restore
    from assistant.models.training import train as run
    from assistant.models.training.entailment_network import (
        EntailmentNetwork,
        PairMaker,
        by_premise,
        entailment_loss,
    )
    from assistant.models.training.entailment_pairs import claim_pairs, public_pairs, sentence_pairs
    from assistant.models.training.written import bundles_in, held_out, held_out_claims, own_bundles, own_claims

    folder = _base()
    network, maker = EntailmentNetwork(folder), PairMaker(str(folder / "tokenizer.json"))
    kept, _ = held_out(own_bundles())
    further = [bundle for each in data or [] for bundle in held_out(bundles_in(each))[0]]
    sources = [each for each in data or [] if (each / "entailment.jsonl.gz").is_file()]
    checkpoint, settings = out / "entailment-checkpoint.safetensors", TrainingSettings(seed=seed)
    out.mkdir(parents=True, exist_ok=True)
    if start is not None:
        restore(network, start)
    elif sources:
        pairs = [maker.pair(each) for each in public_pairs(sources[0], public, public // 10, seed)]
        grouped = by_premise(pairs, settings.pieces, seed)
        run(network, grouped, lambda _: settings.pieces, entailment_loss, checkpoint, settings)
    written = claim_pairs(held_out_claims(own_claims())[0], 2, seed) + sentence_pairs([*kept, *further], seed + 1)
    written += claim_pairs([claim for bundle in further for claim in bundle.claims], 2, seed + 2)
    written += public_pairs(sources[0], public // 3, public // 12, seed + 3) if sources else []
    pairs = [maker.pair(each) for each in written]
    grouped = by_premise(pairs, settings.pieces, seed)
    run(network, grouped, lambda _: settings.pieces, entailment_loss, checkpoint, settings)
    _written("entailment", as_shipped(network), out, {"seed": seed, "pairs": len(pairs), "data": _digests(data or [])})


@train.command()
def types(out: Out, data: Data = None) -> None:
    """Train the question classifier, in a minute."""
    from assistant.models.training.question_types import trained_types
    from assistant.models.training.written import bundles_in, held_out, own_bundles

    bundles, _ = held_out(own_bundles() + [bundle for each in data or [] for bundle in bundles_in(each)])
    out.mkdir(parents=True, exist_ok=True)
    _written("question_types", packed({}, trained_types(bundles, Encoder())), out, {"data": _digests(data or [])})


@train.command()
def mean(
    first: Path, second: Path, out: Path, share: Annotated[float, typer.Option(help="Of the second.")] = 0.5
) -> None:
    """Write the mean of two files of weights, of which one was trained on from the other.

    It keeps most of what each does well (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
    """
    one, two = parsed(first.read_bytes()), parsed(second.read_bytes())
    layers, heads = (
        {name: (1 - share) * value + share * after[name] for name, value in before.items()}
        for before, after in ((one.layers, two.layers), (one.heads, two.heads))
    )
    out.write_bytes(packed(layers, heads))


def _base() -> Path:
    """The default encoder's folder, its files checked."""
    encoder = Encoder()
    _ = encoder.fingerprint
    assert encoder.folder is not None
    return encoder.folder


def _digests(folders: list[Path]) -> dict[str, str]:
    """SHA-256 of each file of the data, by its name."""
    own = sorted((Path(__file__).parent / "training" / "data").glob("*.gz"))
    files = own + [path for folder in folders for path in sorted(folder.rglob("*.json*")) if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _written(name: str, weights: bytes, out: Path, about: dict[str, Any]) -> None:
    (out / f"{name}.safetensors").write_bytes(weights)
    about = {"sha256": hashlib.sha256(weights).hexdigest(), **about}
    (out / f"{name}.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{name}: {len(weights):,} bytes, SHA-256 {about['sha256']}")


if __name__ == "__main__":
    train()
