"""Reading Word documents, also broken and endless ones."""

import io
import struct
import zipfile
from pathlib import Path

import docx

from index.ingestion.parsing import read_article
from tests.index.files import saved, the_error


def test_a_word_document_is_read_in_its_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Ferries collide", "Ada Writer"
    document.add_heading("What is known", 1)
    document.add_paragraph("Two ferries collided.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Ship", "Age", "Ada", "31"], strict=True):
        cell.text = text
    document.add_paragraph("The pier is closed.")
    document.save(str(tmp_path / "a.docx"))
    article = read_article(tmp_path / "a.docx")
    assert (article.title, article.author, article.published) == ("Ferries collide", "Ada Writer", None)
    assert article.text.split("\n\n") == [
        "What is known",
        "Two ferries collided.",
        "Ship | Age",
        "Ada | 31",
        "The pier is closed.",
    ]


def test_a_word_document_without_properties_is_titled_by_its_title_line_or_its_name(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = document.core_properties.author = ""
    document.add_paragraph("It ended.")
    document.save(str(tmp_path / "ferries.docx"))
    assert read_article(tmp_path / "ferries.docx").title == "ferries"
    document.add_heading("Ferries collide", 0)
    document.save(str(tmp_path / "ferries.docx"))
    assert read_article(tmp_path / "ferries.docx").title == "Ferries collide"


def test_a_broken_word_document_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as parcel:
        parcel.writestr("a.txt", "no document")
    assert "other.docx" in the_error(tmp_path / "other.docx")
    assert "a.docx" in the_error(saved(tmp_path, "a.docx", b"PK\x03\x04 broken"))


def test_a_word_document_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("word/document.xml", b"tiny")
    # The directory at the end of the file claims 300 MB for it.
    packed = bytearray(data.getvalue())
    struct.pack_into("<I", packed, packed.rfind(b"PK\x01\x02") + 24, 300_000_000)
    sentence = the_error(saved(tmp_path, "bomb.docx", bytes(packed)))
    assert "bomb.docx" in sentence and "200 MB" in sentence
