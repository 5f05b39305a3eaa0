"""Quotation attribution: who says which words of an article, in what office, and how."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.language.quotations.speech import Speech, speech_of

__all__ = ["Speech", "speech_of"]

__getattr__ = exports(__name__, {"Speech": "speech", "speech_of": "speech"})
