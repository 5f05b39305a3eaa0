"""Quotation attribution: who says which words of an article, in what office, and how."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.language.quotations.speech import Speech, mostly_within, questions_in, speech_of

__all__ = ["Speech", "mostly_within", "questions_in", "speech_of"]

__getattr__ = exports(
    __name__, {"Speech": "speech", "mostly_within": "speech", "questions_in": "speech", "speech_of": "speech"}
)
