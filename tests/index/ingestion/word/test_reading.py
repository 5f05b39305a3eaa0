"""Reading Word documents, also broken and endless ones."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import docx

from index.ingestion.parsing import read_article
from index.ingestion.word.reading import read_docx
from tests.index.files import saved, the_error
from tests.index.ingestion.word.made import p, word_file


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


def test_one_damaged_part_costs_that_part_and_is_told() -> None:
    noted = p("It left.", "<w:r><w:footnoteReference w:id='2'/></w:r>")
    for part, told in (("footnotes", "footnotes"), ("endnotes", "endnotes"), ("numbering", "automatic numbers")):
        document = read_docx(word_file(noted, **{part: b"<w:broken"}), "a.docx")
        assert document.text == "It left."
        assert len(document.notes) == 1 and told in document.notes[0]


def test_a_text_that_breaks_off_is_read_as_far_as_it_goes_and_that_is_told() -> None:
    whole = word_file(p("It left.") + p("It came back."))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-60] if name == "word/document.xml" else data)
    document = read_docx(made.getvalue(), "a.docx")
    assert document.text.startswith("It left.")
    assert len(document.notes) == 1 and "damaged" in document.notes[0]


def test_a_part_that_cannot_be_unpacked_costs_that_part() -> None:
    whole = bytearray(word_file(p("It left."), footnotes=b"fog " * 500))
    place = whole.index(b"word/footnotes.xml") + len("word/footnotes.xml")
    whole[place + 2 : place + 8] = b"\xff" * 6
    document = read_docx(bytes(whole), "a.docx")
    assert (document.text, len(document.notes)) == ("It left.", 1)


def test_a_locked_or_old_document_is_told(tmp_path: Path) -> None:
    sentence = the_error(saved(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"))
    assert "a.docx" in sentence and "password" in sentence


def test_headline_byline_and_date_line_are_what_the_article_is_called_and_not_its_text() -> None:
    styles = '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    head = (
        p("Ferries collide", about='<w:pStyle w:val="Titel"/>') + p("By Ada Corvin and Osk Lind") + p("13 March 2026")
    )
    document = read_docx(word_file(head + p("It ended."), styles=styles), "a.docx")
    assert (document.title, document.author) == ("Ferries collide", "Ada Corvin; Osk Lind")
    assert (document.published, document.text) == (date(2026, 3, 13), "It ended.")


def test_a_table_of_contents_is_not_read() -> None:
    styles = '<w:style w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    body = p("Fog 3", about='<w:pStyle w:val="T1"/>') + p("Fog came up.")
    assert read_docx(word_file(body, styles=styles), "a.docx").text == "Fog came up."
