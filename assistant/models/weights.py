"""Model weights: 8-bit safetensors that ship with the package, checked by digest before anything of them is used.

The two small models (reading, entailment) share their word embeddings with the encoder, so a file holds the six
transformer layers, each matrix in bytes with one step a row, and the heads in float32.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats

FOLDER = Path(__file__).parent / "weights"
#: The published digest (SHA-256) of each file of weights, and what the file is for, in a reader's words.
DIGESTS: Mapping[str, str] = {
    "entailment": "f41c1b5abba9ea18b918f6fa594e7afbd04a2070b03c80f67ca41ad4c9615bcb",
    "question_types": "46d8ec5b48ad6dec787ea0acd0f431efbd881b6f1fd6d3f4798cab0cfe65c822",
    "reading": "126766ab14777dda57d2a5f871434cacd776f974b4b7443475b0ee1f97663175",
}
PURPOSES = {
    "reading": "reads the articles",
    "question_types": "tells what a question asks for",
    "entailment": "checks written sentences",
}

_HEAD = "head."
_STEPS = ".steps"
_LARGEST = 200_000_000  # bytes; a header that claims more is not one of ours


class WeightsError(Exception):
    """A file of weights is missing, damaged or not the published one; the message says which and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights of one model.

    `layers` maps the names of BERT's tensors ("encoder.layer.0.output.dense.weight") to float32 arrays; `heads` maps
    "pool.weight" and the like to theirs.
    """

    layers: Mapping[str, Floats]
    heads: Mapping[str, Floats]


def load(name: str, folder: Path | None = None) -> Weights:
    """The weights of the model `name` ("reading", "question_types" or "entailment") in `folder`, or the shipped ones.

    Raises WeightsError where the file is missing or is not the one that was published.

    >>> load("reading").heads["sentence.weight"].shape  # doctest: +SKIP
    (1, 256)
    """
    path, known = (folder or FOLDER) / f"{name}.safetensors", DIGESTS.get(name, "")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsError(_sentence(name, path, "cannot be read")) from error
    if hashlib.sha256(data).hexdigest() != known:
        raise WeightsError(_sentence(name, path, "is not the published one"))
    try:
        return parsed(data)
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise WeightsError(_sentence(name, path, "is damaged")) from error


def _sentence(name: str, path: Path, wrong: str) -> str:
    return f"The model that {PURPOSES.get(name, name)} ({path}) {wrong}: reinstall Talks to have it again."


def parsed(data: bytes) -> Weights:
    """The weights of a safetensors file as float32, bytes multiplied with their steps.

    Raises ValueError where the file is not one.
    """
    from safetensors.numpy import load as tensors_of

    try:
        raw = tensors_of(data)
    except Exception as error:  # the library's own error has no public name in all of its versions
        raise ValueError(str(error)) from error
    found: dict[str, Floats] = {}
    for key, value in raw.items():
        if key.endswith(_STEPS):
            continue
        if value.dtype == np.int8:
            found[key] = value.astype(np.float32) * raw[key + _STEPS].astype(np.float32)[:, None]
        else:
            found[key] = value.astype(np.float32)
    return Weights(
        {key: value for key, value in found.items() if not key.startswith(_HEAD)},
        {key.removeprefix(_HEAD): value for key, value in found.items() if key.startswith(_HEAD)},
    )


def packed(layers: Mapping[str, Floats], heads: Mapping[str, Floats]) -> bytes:
    """Weights as the bytes of a safetensors file: matrices of layers in bytes with a step a row, all else in float32.

    Rounding to 255 levels a row moves a weight by at most half a step.
    """
    from safetensors.numpy import save

    tensors: dict[str, NDArray[np.generic]] = {}
    for key, value in layers.items():
        if value.ndim == 2:
            steps = np.maximum(np.abs(value).max(axis=1), 1e-12) / 127
            tensors[key] = np.round(value / steps[:, None]).astype(np.int8)
            tensors[key + _STEPS] = steps.astype(np.float32)
        else:
            tensors[key] = value.astype(np.float32)
    tensors |= {_HEAD + key: np.ascontiguousarray(value, dtype=np.float32) for key, value in heads.items()}
    return bytes(save(tensors))
