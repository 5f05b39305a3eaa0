"""Encoding: chunking, stemming, and the sentence encoder with its schedule."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.encoding.chunking import cut, sentences
    from index.encoding.cpu import processors
    from index.encoding.encoder import Encoder
    from index.encoding.stemming import stems

__all__ = ["Encoder", "cut", "processors", "sentences", "stems"]

__getattr__ = exports(
    __name__,
    {"Encoder": "encoder", "cut": "chunking", "processors": "cpu", "sentences": "chunking", "stems": "stemming"},
)
