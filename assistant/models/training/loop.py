"""Optimisation loop: AdamW with warm-up and linear decay, batches by length, bfloat16 where known, checkpoints."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from assistant.models.weights import packed, parsed

Item = TypeVar("Item")
#: The name of the encoder's layers inside a network.
_BERT = "bert."


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How a network is trained; all of it is written beside the weights.

    `rate` is the highest learning rate, reached after the share `warm` of all steps. A batch holds at most `pieces`
    word pieces, padding included. `every` is the time between checkpoints, in seconds.
    """

    seed: int = 1
    rate: float = 1e-4
    warm: float = 0.06
    pieces: int = 4096
    decay: float = 0.01
    every: float = 600.0


def batches(lengths: Sequence[int], pieces: int, rng: random.Random, portion: int = 2000) -> list[list[int]]:
    """Places of items in batches of like lengths, in random order; each batch padded has at most `pieces`.

    >>> sorted(sum(batches([3, 5, 4], 10, random.Random(1)), []))
    [0, 1, 2]
    """
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found: list[list[int]] = []
    for first in range(0, len(order), portion):
        batch: list[int] = []
        for place in sorted(order[first : first + portion], key=lambda each: lengths[each]):
            if batch and lengths[place] * (len(batch) + 1) > pieces:
                found.append(batch)
                batch = []
            batch.append(place)
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def train(
    network: nn.Module,
    items: Sequence[Item],
    length: Callable[[Item], int],
    loss_of: Callable[[Any, Sequence[Item]], torch.Tensor],
    checkpoint: Path,
    settings: TrainingSettings,
    say: Callable[[str], object] = print,
) -> None:
    """Train `network` once through `items`; writes its state to `checkpoint` every so often and at the end.

    `loss_of` gives the loss of a batch; `say` is told the progress every fifty steps.
    """
    rng = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    groups = [
        {"params": [each for each in trained if each.ndim > 1], "weight_decay": settings.decay},
        {"params": [each for each in trained if each.ndim <= 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=settings.rate)
    plan = batches([length(item) for item in items], settings.pieces, rng)
    begun = saved = time.monotonic()
    losses: list[float] = []
    network.train()
    quick = _knows_bfloat16()
    for step, batch in enumerate(plan):
        done = step / len(plan)
        share = min(1.0, done / settings.warm) if done < settings.warm else (1 - done) / (1 - settings.warm)
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * share
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=quick):
            loss = loss_of(network, [items[place] for place in batch])
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives no hints here
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step % 50 == 0:
            mean = sum(losses[-100:]) / len(losses[-100:])
            say(f"step {step} of {len(plan)}, loss {mean:.4f}, {(time.monotonic() - begun) / 60:.1f} minutes")
        if time.monotonic() - saved > settings.every or step == len(plan) - 1:
            _save(network, checkpoint)
            saved = time.monotonic()


def _knows_bfloat16() -> bool:
    """Does the processor compute in bfloat16? Where it must imitate it, a step takes ten times as long."""
    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


def _save(network: nn.Module, checkpoint: Path) -> None:
    """The state on disk, whole or as it was before; safetensors hold numbers and no code."""
    beside = checkpoint.with_suffix(".part")
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, beside)
    beside.replace(checkpoint)


def restore(network: nn.Module, checkpoint: Path) -> None:
    """Give `network` the state that `train` wrote to `checkpoint`, or that of weights as they ship."""
    state = load_file(checkpoint)
    if any(name.startswith("encoder.") for name in state):
        shipped = parsed(checkpoint.read_bytes())
        named = {**{f"{_BERT}{name}": value for name, value in shipped.layers.items()}, **shipped.heads}
        state = {**network.state_dict(), **{name: torch.from_numpy(value) for name, value in named.items()}}
    network.load_state_dict(state)


def as_shipped(network: nn.Module) -> bytes:
    """The weights of `network` as the bytes of a file that ships: without the embeddings, which all models share."""
    arrays = {name: value.float().numpy() for name, value in network.state_dict().items()}
    layers = {name.removeprefix(_BERT): value for name, value in arrays.items() if name.startswith(f"{_BERT}encoder.")}
    return packed(layers, {name: value for name, value in arrays.items() if not name.startswith(_BERT)})


def settings_as_json(settings: TrainingSettings) -> dict[str, Any]:
    """The settings as they stand beside the weights."""
    return asdict(settings)
