"""PDF and DOCX parsing: text in reading order, title and author."""

import io
import logging
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Any

from index.errors import ArticleError
from index.ingestion.normalising import one_line

MOST_CHARACTERS = 5_000_000
_MOST_UNPACKED = 200_000_000  # bytes
_MOST_TRIED = 200  # objects, where a PDF does not say which is the first: each takes a search of the whole file
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|стор\.)?\s*\d{1,4}(?:\s*(?:of|/|з)\s*\d{1,4})?\W*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"untitled.*|\(?(?:unspecified|anonymous)\)?|microsoft \w+ - .*|document\d*|.*\.(?:docx?|pdf|indd|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\(?(?:unspecified|anonymous|unknown)\)?|python-docx|user|admin|administrator|author", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, with form feeds between pages and blank lines between paragraphs."""

    text: str
    title: str | None
    author: str | None


def read_pdf(data: bytes, name: str) -> Document:
    """The text of a PDF, without the running heads and page numbers that most of its pages repeat.

    Raises `ArticleError` naming `name` for a PDF that is broken, locked with a password, or only pictures.
    """
    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it reports each oddity of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), root_object_recovery_limit=_MOST_TRIED)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{name} is locked with a password; save a copy without the password and add that.")
        pages: list[str] = []
        characters = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            characters += len(pages[-1])
            if characters > MOST_CHARACTERS:
                break  # the reader of the article refuses it for its length
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except (ArticleError, MemoryError):
        raise
    except pypdf.errors.DependencyError as error:
        raise ArticleError(f"{name} is encrypted in a way that cannot be read; save an unencrypted copy.") from error
    except Exception as error:  # pypdf raises whatever a broken file makes it raise
        raise ArticleError(
            f"{name} is not a PDF that can be read; save it again, or save the article as text."
        ) from error
    if not any(page.strip() for page in pages):
        raise ArticleError(f"{name} holds only pictures of pages, no text; run text recognition (OCR) on it first.")
    return Document(
        "\f".join(_without_running_heads(pages)), _sensible(title, _NO_TITLE), _sensible(author, _NO_AUTHOR)
    )


def _without_running_heads(pages: list[str]) -> list[str]:
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    for edge in (0, -1):
        for _ in range(3):  # a running head has up to three lines
            keys = [_without_digits(page[edge]) for page in lines if page]
            often = {key for key, times in Counter(keys).items() if times >= 3 and times > len(pages) / 2}
            numbered = len(pages) > 1 and sum(_is_page_number(page[edge]) for page in lines if page) > len(pages) / 2
            hit = False
            for page in lines:
                if page and (_without_digits(page[edge]) in often or (numbered and _is_page_number(page[edge]))):
                    del page[edge]
                    hit = True
            if not hit:
                break
    return ["\n".join(page) for page in lines]


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _is_page_number(line: str) -> bool:
    return len(line) < 30 and _PAGE_NUMBER.fullmatch(line.strip()) is not None


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
        _sensible(title, _NO_TITLE) or _sensible(headline, _NO_TITLE),
        _sensible(author, _NO_AUTHOR),
    )


def _rows(table: Any) -> list[str]:
    """Each row as one line; a cell that spans several columns is said once."""
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        rows.append(" | ".join(cells.values()))
    return rows


def _sensible(value: object, nonsense: re.Pattern[str]) -> str | None:
    """What a writer put there, not what a program did."""
    text = one_line(value) if isinstance(value, str) else ""
    return None if not text or nonsense.fullmatch(text) else text
