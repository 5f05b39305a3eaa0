"""PDFs that are broken, locked, endless or only pictures."""

import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.ingestion.parsing import read_article
from index.ingestion.pdf.reading import read_pdf
from tests.index.files import saved, the_error
from tests.index.ingestion.pdf.printed import SENTENCE, Sheet, a_pdf


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
    monkeypatch.setattr("index.ingestion.pdf.reading.MOST_CHARACTERS", 25)
    assert read_pdf(data, "a.pdf").text.split("\n\n") == ["It a ended.", "It b ended.", "It c ended."]


def test_a_pdf_of_pictures_asks_for_text_recognition(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.save()
    sentence = the_error(tmp_path / "scan.pdf")
    assert "scan.pdf" in sentence and "OCR" in sentence


def test_a_page_that_is_only_a_picture_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.line(SENTENCE, 60, 100)
    sheet.turn_page()
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (8, 8))), 10, 10, 400, 400)
    document = read_pdf(sheet.bytes(), "a.pdf")
    assert document.text == SENTENCE.strip()
    (note,) = document.notes
    assert note.startswith("page 2 ") and "OCR" in note
