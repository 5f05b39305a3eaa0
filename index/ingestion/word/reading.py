"""Word parsing: from bytes to paragraphs."""

import io
import zipfile
from typing import Any

from index.errors import ArticleError
from index.ingestion.documents import Document, sensible_author, sensible_title

_MOST_UNPACKED = 200_000_000  # bytes


def read_docx(data: bytes, name: str) -> Document:
    """The paragraphs and table rows of a Word document, in the order they stand in.

    Raises `ArticleError` naming `name` for a file that is broken or would unpack to more than 200 MB.
    """
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            unpacked = sum(entry.file_size for entry in parcel.infolist())
        if unpacked > _MOST_UNPACKED:
            raise ArticleError(
                f"{name} unpacks to {unpacked // 1_000_000} MB, over the limit of 200 MB; save the article as text."
            )
        document = docx.Document(io.BytesIO(data))
        blocks: list[str] = []
        headline: str | None = None
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                blocks += _rows(block)
                continue
            blocks.append(block.text)
            if headline is None and block.style is not None and block.style.name == "Title":
                headline = block.text
        title, author = document.core_properties.title, document.core_properties.author
    except (ArticleError, MemoryError):
        raise
    except Exception as error:  # python-docx raises whatever a broken file makes it raise
        raise ArticleError(
            f"{name} is not a Word document that can be read; save it again as .docx, or save the article as text."
        ) from error
    return Document(
        "\n\n".join(blocks),
        sensible_title(title) or sensible_title(headline),
        sensible_author(author),
    )


def _rows(table: Any) -> list[str]:
    """Each row as one line; a cell that spans several columns is said once."""
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        rows.append(" | ".join(cells.values()))
    return rows
