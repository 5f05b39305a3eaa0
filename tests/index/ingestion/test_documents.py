"""Reading PDF and Word documents, also broken, locked and endless ones."""

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from index.ingestion.documents import read_pdf
from index.ingestion.parsing import read_article
from tests.index.files import saved, the_error

SENTENCE = "The harbour authority said that the two ferries which collided in thick fog would stay in port for weeks. "


def a_pdf(path: Path, *pages: list[str], title: str | None = None, head: str = "") -> Path:
    style = getSampleStyleSheet()["Normal"]
    story = []
    for number, page in enumerate(pages):
        story += ([PageBreak()] if number else []) + [Paragraph(text, style) for text in page]

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if head:
            canvas.drawString(72, 800, head)
            canvas.drawString(300, 30, f"Page {document.page}")

    SimpleDocTemplate(str(path), title=title).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return path


def test_a_pdf_is_read_in_whole_sentences_across_its_pages(tmp_path: Path) -> None:
    pages = [SENTENCE * 3 + "She was asked by the"], ["reporters when the pier would open."], [SENTENCE]
    path = a_pdf(tmp_path / "a.pdf", *pages, title="Ferries collide", head="Harbour News 2026")
    article = read_article(path)
    assert article.title == "Ferries collide"
    assert "She was asked by the reporters when the pier would open." in article.text
    assert "Harbour News" not in article.text and "Page" not in article.text
    assert article.published is None and article.author is None


@pytest.mark.parametrize("title", ["untitled", "Microsoft Word - talks.doc", "", "ferries.docx"])
def test_a_title_that_a_program_made_up_is_not_used(tmp_path: Path, title: str) -> None:
    assert read_article(a_pdf(tmp_path / "ferries in fog.pdf", [SENTENCE], title=title)).title == "ferries in fog"


def locked(path: Path, password: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    writer.write(path)
    return path


def test_a_pdf_with_a_password_is_named(tmp_path: Path) -> None:
    sentence = the_error(locked(a_pdf(tmp_path / "a.pdf", [SENTENCE]), "secret"))
    assert "a.pdf" in sentence and "password" in sentence


def test_a_pdf_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    assert read_article(locked(a_pdf(tmp_path / "a.pdf", [SENTENCE]), "")).text == SENTENCE.strip()


def test_a_broken_pdf_is_named_and_nothing_is_printed(tmp_path: Path) -> None:
    whole = a_pdf(tmp_path / "a.pdf", [SENTENCE]).read_bytes()
    for content in (b"%PDF-1.7\n", b"not a PDF at all", whole[:400], whole[200:]):
        path = saved(tmp_path, "broken.pdf", content)
        program = (
            "import sys; from index.ingestion.parsing import *\n"
            "try: read_article(sys.argv[1])\n"
            "except Exception as error: print(type(error).__name__, error)"
        )
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert done.stdout.startswith("ArticleError broken.pdf") and done.stdout.count("\n") == 1


def test_of_a_pdf_without_end_no_more_is_read_than_an_article_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_pdf(tmp_path / "a.pdf", *([f"It {letter} ended."] for letter in "abcdefgh")).read_bytes()
    monkeypatch.setattr("index.ingestion.documents.MOST_CHARACTERS", 25)
    assert read_pdf(data, "a.pdf").text.split("\f") == ["It a ended.", "It b ended.", "It c ended."]


def test_a_pdf_of_pictures_asks_for_text_recognition(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.save()
    sentence = the_error(tmp_path / "scan.pdf")
    assert "scan.pdf" in sentence and "OCR" in sentence


# --- Word ---


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
