"""PDF: the layout of a page becomes running text, sentence by sentence as a reader of the page reads it."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.ingestion.pdf.reading import read_pdf

__all__ = ["read_pdf"]

__getattr__ = exports(__name__, {"read_pdf": "reading"})
