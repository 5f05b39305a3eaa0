"""Rarer kinds of files: mails, saved pages with all their parts, rich text, subtitles and feeds."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.kinds.unwrapping import unwrapped

__all__ = ["unwrapped"]

__getattr__ = exports(__name__, {"unwrapped": "unwrapping"})
