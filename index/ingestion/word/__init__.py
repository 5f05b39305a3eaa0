"""Word: the final text of a document, with all of its parts."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.word.reading import read_docx

__all__ = ["read_docx"]

__getattr__ = exports(__name__, {"read_docx": "reading"})
