"""Files that wrap a text or a page: mails, web archives, rich text, subtitles, feeds; `parsing` names all kinds."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.kinds.unwrapping import unwrapped

__all__ = ["unwrapped"]

__getattr__ = exports(__name__, {"unwrapped": "unwrapping"})
