"""A GGUF file of some 50 kilobytes that llama.cpp loads: a model of one layer that writes “A” and nothing else."""

import struct
from pathlib import Path
from typing import Any

import numpy as np

SIZE, INNER, HEADS = 32, 64, 2
TOKENS = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
WRITES = "A"
_TEXT, _ARRAY = 8, 9
_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _value(kind: int, value: Any) -> bytes:
    return _text(value) if kind == _TEXT else struct.pack({4: "<I", 5: "<i", 6: "<f"}[kind], value)


def _entry(key: str, kind: int, value: Any) -> bytes:
    if isinstance(value, list):
        items = b"".join(_value(kind, each) for each in value)
        return _text(key) + struct.pack("<IIQ", _ARRAY, kind, len(value)) + items
    return _text(key) + struct.pack("<I", kind) + _value(kind, value)


def write_tiny(path: Path) -> Path:
    """Write the file."""
    entries = [
        _entry("general.architecture", _TEXT, "llama"),
        _entry("llama.context_length", 4, 8_192),
        _entry("llama.embedding_length", 4, SIZE),
        _entry("llama.block_count", 4, 1),
        _entry("llama.feed_forward_length", 4, INNER),
        _entry("llama.attention.head_count", 4, HEADS),
        _entry("llama.rope.dimension_count", 4, SIZE // HEADS),
        _entry("llama.attention.layer_norm_rms_epsilon", 6, 1e-5),
        _entry("tokenizer.ggml.model", _TEXT, "llama"),
        _entry("tokenizer.ggml.tokens", _TEXT, TOKENS),
        _entry("tokenizer.ggml.scores", 6, [0.0] * len(TOKENS)),
        _entry("tokenizer.ggml.token_type", 5, [2, 3, 3] + [6] * 256),
        _entry("tokenizer.ggml.bos_token_id", 4, 1),
        _entry("tokenizer.ggml.eos_token_id", 4, 2),
        _entry("tokenizer.chat_template", _TEXT, _TEMPLATE),
    ]
    # Every word piece looks alike, the layer adds nothing, and only one piece is like them.
    out = np.zeros((len(TOKENS), SIZE))
    out[TOKENS.index(f"<0x{ord(WRITES):02X}>")] = 1
    layer = {f"blk.0.attn_{name}.weight": np.zeros((SIZE, SIZE)) for name in ("q", "k", "v", "output")}
    tensors = {
        "token_embd.weight": np.ones((len(TOKENS), SIZE)),
        "output_norm.weight": np.ones(SIZE),
        "output.weight": out,
        **layer,
        "blk.0.attn_norm.weight": np.ones(SIZE),
        "blk.0.ffn_norm.weight": np.ones(SIZE),
        "blk.0.ffn_gate.weight": np.zeros((INNER, SIZE)),
        "blk.0.ffn_up.weight": np.zeros((INNER, SIZE)),
        "blk.0.ffn_down.weight": np.zeros((SIZE, INNER)),
    }
    infos, data = b"", b""
    for name, values in tensors.items():
        shape = values.shape[::-1]
        infos += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += values.astype("<f4").tobytes()
        data += b"\0" * (-len(data) % 32)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries)) + b"".join(entries) + infos
    path.write_bytes(head + b"\0" * (-len(head) % 32) + data)
    return path
