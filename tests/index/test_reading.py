"""Reading articles: every format gives the same kind of article, and every failure one sentence."""

import io
import struct
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import docx
import pypdf
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from index.documents import read_pdf
from index.errors import ArticleError
from index.reading import ARTICLE_SUFFIXES, read_article

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def the_error(path: Path | str, data: bytes | None = None, content_type: str | None = None) -> str:
    with pytest.raises(ArticleError) as caught:
        read_article(path, data, content_type=content_type)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


# --- text ---


def test_a_text_file_has_the_name_of_the_file_as_title(tmp_path: Path) -> None:
    path = saved(tmp_path, "Ferry collision.txt", "Ferries collide in fog\n\nThe harbour was closed.\n")
    article = read_article(path)
    assert article.title == "Ferry collision"
    assert article.text == "Ferries collide in fog\n\nThe harbour was closed."
    assert article.source == str(path)
    assert (article.id, article.publisher, article.published, article.url) == ("", None, None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-u"])
def test_ukrainian_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Пором повернувся до порту після шторму. Капітан подякував усім, хто допоміг людям на борту."
    assert read_article(saved(tmp_path, "пором.txt", text.encode(encoding))).text == text


def test_curly_quotes_of_an_old_windows_file_survive(tmp_path: Path) -> None:
    text = "“It’s over,” the mayor said — and the café closed."
    assert read_article(saved(tmp_path, "a.txt", text.encode("cp1252"))).text == text


def test_front_matter_says_what_the_article_is(tmp_path: Path) -> None:
    article = read_article(
        saved(
            tmp_path,
            "a.txt",
            "---\r\ntitle: 'Ferries: collide'\r\npublisher: Harbour News\r\nauthor: [Ada Writer, Bo Second]\r\n"
            "published: 2026-02-18\r\nurl: https://news.example/f\r\nlanguage: no\r\nmood: grey\r\n"
            "---\r\n\r\nIt ended.",
        )
    )
    assert (article.title, article.publisher, article.author) == (
        "Ferries: collide",
        "Harbour News",
        "Ada Writer, Bo Second",
    )
    assert (article.published, article.url, article.language) == (date(2026, 2, 18), "https://news.example/f", "no")
    assert article.text == "It ended."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-02-18", date(2026, 2, 18)),
        ('"2026-02-18"', date(2026, 2, 18)),
        ("2026-02-18T10:30:00Z", datetime(2026, 2, 18, 10, 30, tzinfo=UTC)),
        ("2026-02-18 10:30:00 +01:00", datetime(2026, 2, 18, 10, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-02-18 10:30", datetime(2026, 2, 18, 10, 30)),  # no zone is given, so none is made up
        ("", None),
        ("null", None),
    ],
)
def test_a_day_is_a_date_and_a_time_keeps_its_zone(tmp_path: Path, written: str, meant: object) -> None:
    article = read_article(saved(tmp_path, "a.md", f"---\npublished: {written}\n---\nIt ended."))
    assert article.published == meant
    assert type(article.published) is type(meant)


@pytest.mark.parametrize("impossible", ["2026-02-30", "yesterday", "18/02/2026", "2026"])
def test_an_impossible_date_is_named(tmp_path: Path, impossible: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\npublished: {impossible}\n---\nIt ended."))
    assert "a.md" in sentence and "published" in sentence and impossible in sentence


@pytest.mark.parametrize(
    "block",
    [
        "title: [",
        "title: a: b",
        "just words",
        "- a\n- b",
        "a: &x [1]\ntitle: *x",
        "[" * 5000,
        "? {a: b}\n: c\ntitle: [x",
    ],
)
def test_bad_front_matter_is_named(tmp_path: Path, block: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\n{block}\n---\nIt ended."))
    assert "front matter of a.md" in sentence


@pytest.mark.parametrize("line", ["title: {a: b}", "author: [[a]]", "url: javascript:alert(1)", "url: not a url"])
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, line: str) -> None:
    sentence = the_error(saved(tmp_path, "a.md", f"---\n{line}\n---\nIt ended."))
    assert "a.md" in sentence and line.split(":")[0] in sentence


def test_dashes_that_nothing_closes_are_text(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.txt", "---\nIt ended.")).text.endswith("It ended.")


# --- Markdown ---

MARKDOWN = """\
# Ferries *collide*

Two [ferries](https://news.example/f "x") hit **each other** in `thick` fog on an ultra-
conservative course. ![The pier](pier.png)

## What next

- the *pier*
- the harbour

1. first

> “We did everything right,” she said.

| Ship | Age |
|------|----:|
| Ada  | 31  |

```python
print("no reader sees this")
```

<div>Seen <b>too</b><script>hidden()</script></div>

The inquiry goes on.\\
The pier is closed.
"""


def test_markdown_is_read_as_its_reader_sees_it(tmp_path: Path) -> None:
    article = read_article(saved(tmp_path, "a.md", MARKDOWN))
    assert article.title == "Ferries collide"
    assert article.text.split("\n\n") == [
        "Ferries collide",
        "Two ferries hit each other in thick fog on an ultra-conservative course. The pier",
        "What next",
        "- the pier",
        "- the harbour",
        "1. first",
        "“We did everything right,” she said.",
        "Ship | Age",
        "Ada | 31",
        "Seen too",
        "The inquiry goes on.",
        "The pier is closed.",
    ]


def test_the_title_in_front_matter_goes_before_the_heading(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.md", "---\ntitle: Given\n---\n# Heading\n\nIt ended.")).title == "Given"


def test_indented_markdown_is_not_lost_as_code(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "a.md", "    It ended.")).text == "It ended."


# --- web pages ---

PAGE = """<html lang="en-GB"><head><meta charset="utf-8"><title>Ferries collide | Harbour News</title>
<meta property="og:site_name" content="Harbour News"><link rel="canonical" href="https://news.example/ferries">
%s</head><body><nav><a href="/">Home</a></nav><article><h1>Ferries collide in fog</h1><p>By Ada Writer</p>
<p>Two ferries collided in thick fog on Monday, and nobody was hurt,
the harbour authority said in a “statement” to reporters.</p>
<p>The pier will be closed until Friday while divers look at the damage that was done to it.</p>
<table><tr><th>Ship</th><th>Age</th></tr><tr><td>Ada</td><td>31</td></tr></table>
</article><footer>Copyright 2021 Harbour News. Posted 3 May 2019</footer></body></html>"""


def test_a_web_page_gives_its_article_and_what_it_says_of_it(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2026-02-18T10:30:00+01:00">'
    meta += '<meta name="author" content="Ada Writer">'
    article = read_article(saved(tmp_path, "page.html", PAGE % meta))
    assert (article.title, article.publisher, article.author) == (
        "Ferries collide in fog",
        "Harbour News",
        "Ada Writer",
    )
    assert article.published == datetime(2026, 2, 18, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    assert (article.url, article.language) == ("https://news.example/ferries", "en-GB")
    assert "nobody was hurt, the harbour authority said in a “statement” to reporters.\n\nThe pier" in article.text
    assert "Ada | 31" in article.text
    assert "Copyright" not in article.text and "Home" not in article.text


@pytest.mark.parametrize(
    ("mark", "day"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-02-18"}</script>', 18),
        ('<meta itemprop="datePublished" content="2026-02-17">', 17),
        ('<time pubdate datetime="2026-02-16">Monday</time>', 16),
    ],
)
def test_a_web_page_dates_itself_by_its_marks(tmp_path: Path, mark: str, day: int) -> None:
    assert read_article(saved(tmp_path, "page.htm", PAGE % mark)).published == date(2026, 2, day)


def test_no_date_is_taken_from_what_merely_stands_on_a_web_page(tmp_path: Path) -> None:
    assert read_article(saved(tmp_path, "page.html", PAGE % "")).published is None


def test_a_fetched_page_has_its_address_as_source() -> None:
    page = (PAGE % "").replace("canonical", "other").replace("utf-8", "wrong").encode("cp1252")
    article = read_article("https://paper.example/f?id=1", page, content_type="text/html; charset=cp1252")
    assert article.source == article.url == "https://paper.example/f?id=1"
    assert "“statement”" in article.text


def test_a_host_is_not_taken_for_a_publisher() -> None:
    page = (PAGE % "").replace("og:site_name", "other").replace("| Harbour News", "")
    assert read_article("https://paper.example/f", page.encode(), content_type="text/html").publisher is None


def test_the_type_that_a_server_names_tells_the_format() -> None:
    assert read_article("https://paper.example/f", b"It ended.", content_type="text/plain; charset=utf-8").title == "f"
    assert read_article("https://paper.example/f.md", b"# It\n\nended.", content_type="text/plain").title == "It"


def test_a_web_page_without_an_article_is_named(tmp_path: Path) -> None:
    assert "page.html" in the_error(saved(tmp_path, "page.html", "<html><body></body></html>"))


# --- PDF ---

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
            "import sys; from index.reading import *\n"
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
    monkeypatch.setattr("index.documents.MOST_CHARACTERS", 25)
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


# --- what cannot be read ---


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
def test_a_picture_under_any_ending_is_refused(tmp_path: Path, suffix: str) -> None:
    assert "picture" + suffix in the_error(saved(tmp_path, "picture" + suffix, PNG))


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
def test_an_empty_file_is_named(tmp_path: Path, suffix: str) -> None:
    assert "nothing" + suffix in the_error(saved(tmp_path, "nothing" + suffix, b" \n"))


def test_text_of_unseen_characters_or_only_front_matter_is_no_text(tmp_path: Path) -> None:
    assert "a.txt holds no text" in the_error(saved(tmp_path, "a.txt", "\u200b\n\u00ad"))
    assert "a.md holds no text" in the_error(saved(tmp_path, "a.md", "---\ntitle: It\n---\n"))


def test_damaged_utf8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    sentence = the_error(saved(tmp_path, "a.txt", "“Пором повернувся”".encode() + b"\xff. It ended."))
    assert "a.txt" in sentence and "UTF-8" in sentence


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "gone.txt is not there" in the_error(tmp_path / "gone.txt")
    assert "gone is not there" in the_error(tmp_path / "gone")


def test_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.txt").mkdir()
    assert "news.txt is a folder" in the_error(tmp_path / "news.txt")


def test_an_unknown_ending_is_named_with_the_known_ones(tmp_path: Path) -> None:
    sentence = the_error(saved(tmp_path, "a.rtf", "It ended."))
    assert "a.rtf" in sentence and ".docx" in sentence


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other there")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", "It ended.")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert "a.txt may not be read" in the_error(path)
    else:
        pytest.skip("this user may read everything")


def test_a_file_over_50_mb_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_001)
    assert "50 MB" in the_error(tmp_path / "a.txt")


def test_text_over_5_million_characters_is_refused() -> None:
    assert "5,000,000" in the_error("a.txt", b"word " * 1_000_001)


def test_reading_brings_in_no_heavy_library_before_it_is_needed() -> None:
    program = (
        "import sys, index.reading; print({'trafilatura', 'pypdf', 'docx', 'yaml', 'markdown_it'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
