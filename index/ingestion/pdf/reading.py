"""PDF parsing: from bytes to paragraphs in reading order, by PDFium and the layout of its pages."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from index.errors import ArticleError
from index.ingestion.documents import MOST_CHARACTERS, Document, sensible_author, sensible_title
from index.ingestion.pdf.blocks import Line, blocks_of, lines_of
from index.ingestion.pdf.columns import regions
from index.ingestion.pdf.flow import flowing
from index.ingestion.pdf.furniture import without_furniture
from index.ingestion.pdf.headline import Head, head_of
from index.ingestion.pdf.hyphens import Hyphens
from index.ingestion.pdf.words import Page, page_words

_PASSWORD, _SECURITY = 4, 5  # PDFium's numbers of what can be wrong
_MOST_NAMED = 5  # pages that a note names one by one


def read_pdf(data: bytes, name: str) -> Document:
    """The text of a PDF as it is read on the page: column by column, without running heads and page numbers.

    Raises `ArticleError` naming `name` for a PDF that is broken, locked with a password, or only pictures.
    """
    pages, about, pictures = _pages(data, name)
    if not any(page.words for page in pages):
        raise ArticleError(f"{name} holds only pictures of pages, no text; run text recognition (OCR) on it first.")
    title, author = sensible_title(about.get("Title")), sensible_author(about.get("Author"))
    columns = [[lines_of(rows) for rows in regions(page.words)] for page in pages]
    lines = without_furniture([(page.height, each) for page, each in zip(pages, columns, strict=True)])
    head = head_of(columns[0], titled=title is not None)
    text = _text(lines, pages, head)
    notes = (_note(pictures),) if pictures else ()
    return Document(text, title or head.title, head.author or author, head.publisher, head.published, notes)


def _pages(data: bytes, name: str) -> tuple[list[Page], dict[str, str], list[int]]:
    """The words of each page, what the file says of itself, and which pages are only pictures."""
    import pypdfium2  # type: ignore[import-untyped]  # carries no type hints

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages: list[Page] = []
            pictures: list[int] = []
            characters = 0
            for number in range(len(document)):
                page = document[number]
                pages.append(page_words(page))
                characters += sum(len(word.text) + 1 for word in pages[-1].words)
                if not pages[-1].words and _shows_pictures(page):
                    pictures.append(number + 1)
                page.close()
                if characters > MOST_CHARACTERS:
                    break  # the reader of the article refuses it for its length
            return pages, document.get_metadata_dict(), pictures
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ArticleError(
                f"{name} is locked with a password; save a copy without the password and add that."
            ) from error
        if error.err_code == _SECURITY:
            raise ArticleError(
                f"{name} is encrypted in a way that cannot be read; save an unencrypted copy."
            ) from error
        raise _unreadable(name) from error
    except (ValueError, OSError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> ArticleError:
    return ArticleError(f"{name} is not a PDF that can be read; save it again, or save the article as text.")


def _shows_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # carries no type hints

    with suppress(Exception):  # what stands there cannot be told: the page counts as empty
        return any(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=2))
    return False


def _note(pictures: Sequence[int]) -> str:
    shown = ", ".join(map(str, pictures[:_MOST_NAMED]))
    more = f" and {len(pictures) - _MOST_NAMED} more" if len(pictures) > _MOST_NAMED else ""
    which = f"page {shown} is" if len(pictures) == 1 else f"pages {shown}{more} are"
    return f"{which} only a picture, not read; run text recognition (OCR) on the file"


def _text(lines: Sequence[Sequence[Sequence[Line]]], pages: Sequence[Page], head: Head) -> str:
    taken = {id(line) for line in head.lines}
    blocks = [
        block
        for number, columns in enumerate(lines)
        for column, found in enumerate(columns)
        for block in blocks_of([line for line in found if id(line) not in taken], number, column)
    ]
    hyphens = Hyphens(line.text for columns in lines for column in columns for line in column)
    paragraphs = [hyphens.joined(line.text for block in run for line in block.lines) for run in flowing(blocks)]
    if not paragraphs:  # nothing but a head: then that is the text
        paragraphs = [line.text for line in head.lines]
    return "\n\n".join([*paragraphs, *(page.sideways for page in pages if page.sideways)])
