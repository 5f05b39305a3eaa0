"""MiniLM under ONNX Runtime: ready in a tenth of a second, where torch takes six to import.

The weights stay in the model's own `model.safetensors`, from which ONNX Runtime reads them
(`index.encoding.onnx_graph`). A question takes 5.7 ms of one processor in place of torch's 14, a passage of 200 word
pieces 48 ms in place of 67, and 27 in bytes.
"""

import json
import struct
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats, Span
from index.encoding.onnx_graph import WEIGHTS, graph, header
from index.encoding.onnx_session import session

#: Word pieces of a text up to which nothing is gained by calculating it in bytes.
_SHORT = 32


class Bert:
    """A sentence-transformers model that is a plain BERT whose word pieces' mean is the vector. Safe among threads.

    >>> Bert(folder).states("Talks ended.")[0].shape  # doctest: +SKIP
    (5, 384)
    """

    def __init__(self, folder: Path) -> None:
        """Load the model; `fits(folder)` must hold."""
        from tokenizers import Tokenizer

        self._folder = folder
        self._lock = threading.Lock()
        self._config = _read(folder / "config.json")
        self.dimensions: int = self._config["hidden_size"]
        self.longest: int = _read(folder / "sentence_bert_config.json")["max_seq_length"]
        self._whole = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._whole.no_padding()
        self._whole.no_truncation()
        self._cut = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._cut.no_padding()
        self._cut.enable_truncation(self.longest)
        self.special: int = self._whole.num_special_tokens_to_add(False)
        self._exact = self._session(quick=False)
        self._quick: Any = None

    def _session(self, *, quick: bool) -> Any:
        return session(graph(self._config, self._folder / WEIGHTS, quick=quick), self._folder)

    @staticmethod
    def fits(folder: Path) -> bool:
        """Is this a model that can be run here? Any other is left to sentence-transformers."""
        try:
            config, modules = _read(folder / "config.json"), _read(folder / "modules.json")
            pooling = _read(folder / "1_Pooling" / "config.json")
            about = _read(folder / "config_sentence_transformers.json")
            held, _ = header(folder / WEIGHTS)
            longest = _read(folder / "sentence_bert_config.json").get("max_seq_length")
        except (OSError, ValueError, struct.error):
            return False
        ways = {name for name, on in pooling.items() if name.startswith("pooling_mode") and on}
        return (
            config.get("model_type") == "bert"
            and config.get("hidden_act") == "gelu"
            and config.get("position_embedding_type", "absolute") == "absolute"
            and [each["type"].rsplit(".", 1)[-1] for each in modules] == ["Transformer", "Pooling", "Normalize"]
            and ways <= {"pooling_mode_mean_tokens", "pooling_mode"}
            and pooling.get("pooling_mode", "mean") == "mean"
            and not any((about.get("prompts") or {}).values())
            and isinstance(longest, int)
            and (folder / "tokenizer.json").is_file()
            and "embeddings.word_embeddings.weight" in held
            and all(each["dtype"] == "F32" for name, each in held.items() if name.endswith(("weight", "bias")))
        )

    def pieces(self, text: str) -> list[Span]:
        """The word pieces of `text`, each as (start, end) in characters, however many there are."""
        offsets: list[Span] = self._whole.encode(text, add_special_tokens=False).offsets
        return offsets

    def states(self, text: str, *, quick: bool = False) -> tuple[Floats, Sequence[Span], NDArray[np.bool_]]:
        """The last hidden states, shape (word pieces, dimensions), special ones too; their spans; which are special.

        `quick` takes half the time where `index.encoding.cpu.multiplies_bytes()`, and gives almost the same:
        cosine .9995.
        """
        found = self._cut.encode(text)
        session = self._bytes() if quick and len(found.ids) > _SHORT else self._exact
        states = session.run(None, {"ids": np.array(found.ids, dtype=np.int64)})[0]
        return states, found.offsets, np.array(found.special_tokens_mask, dtype=bool)

    def _bytes(self) -> Any:
        """The quick graph, made when first wanted, which takes a quarter of a second."""
        with self._lock:
            self._quick = self._quick or self._session(quick=True)
            return self._quick


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
