"""Files made to take down what reads them."""

import io
import zipfile
import zlib
from collections.abc import Callable

import docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = "<w:p><w:r><w:t>It ended.</w:t></w:r></w:p>"
_SHOWN = b"BT /F1 12 Tf 72 700 Td (It ended in fog.) Tj ET\n"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /%s >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def word(document: bytes) -> bytes:
    """A Word file whose text part is `document`."""
    docx.Document().save(parcel := io.BytesIO())
    made = io.BytesIO()
    with zipfile.ZipFile(parcel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, document if entry.filename == "word/document.xml" else old.read(entry))
    return made.getvalue()


def word_body(body: str) -> bytes:
    """A Word file with this in its body."""
    return word(f"<w:document {_W}><w:body>{body}{_PARAGRAPH}</w:body></w:document>".encode())


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
        % (count, table, count, trailer, len(made))
    )


def stream(data: bytes, about: bytes = b"") -> bytes:
    """A PDF's stream, packed."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), about, packed)


def one_page(content: bytes) -> bytes:
    """A PDF with one page that draws this."""
    return pdf(_CATALOG, _ONE_PAGE, _PAGE % b"Font << /F1 5 0 R >>", stream(content), _FONT)


def _entities() -> bytes:
    declared = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol"}">' for i in range(10))
    text = f"<w:document {_W}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    return word(f"<!DOCTYPE a [{declared}]>{text}".encode())


def _form_that_draws_itself() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return pdf(
        _CATALOG, _ONE_PAGE, _PAGE % b"XObject << /X 5 0 R >>", stream(b"/X Do /X Do"), stream(b"/X Do /X Do", form)
    )


#: File name -> the file. Each is read quickly, or refused quickly.
QUICK: dict[str, Callable[[], bytes]] = {
    "nested.html": lambda: b"<div>" * 100_000 + b"<p>It ended in thick fog on Monday.</p>" + b"</div>" * 100_000,
    "nested-words.html": lambda: b"<article>" + b"<b>" * 100_000 + b"It ended in thick fog on Monday.",
    "nested-quotes.html": lambda: b"<article>" + b"<blockquote>" * 100_000 + b"It ended in thick fog on Monday.",
    "nested-table.html": lambda: b"<article>" + b"<table><tr><td>" * 30_000 + b"It ended in thick fog on Monday.",
    "nested-data.html": lambda: b'<script type="application/ld+json">' + b'{"a":' * 100_000 + b"</script><p>It ended.",
    "comments.html": lambda: b"<html><body>" + b"<!--" * 500_000,
    "nested.docx": lambda: word_body("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "nested-table.docx": lambda: word_body("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000),
    "tall-cell.docx": lambda: word_body(
        f"<w:tbl>{'<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>' * 3_000}</w:tbl>"
    ),
    "wide-cell.docx": lambda: word_body(
        "<w:tbl><w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc>' * 100 + "</w:tr></w:tbl>"
    ),
    "entities.docx": _entities,
    "page-in-itself.pdf": lambda: pdf(_CATALOG, b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
    "earlier-in-itself.pdf": lambda: pdf(_CATALOG, _ONE_PAGE, trailer=b"/Prev 9"),
    "form-in-itself.pdf": _form_that_draws_itself,
    "nested.pdf": lambda: pdf(_CATALOG[:-2] + b"/A " + b"<< /A " * 50_000 + b">>" * 50_001),
    "nested-drawing.pdf": lambda: one_page(b"[" * 200_000 + _SHOWN),
    "rootless.pdf": lambda: b"%PDF-1.7\n" + b"% fog\n" * 220_000 + b"trailer\n<< /Size 1000000 >>\nstartxref\n0\n%%EOF",
    "bomb.pdf": lambda: one_page(b" " * 200_000_000),
    "unseen.txt": lambda: ("It ended.\x01\x02" + "\u202e\u2066\u200b" * 50 + " Nobody was hurt" * 20).encode(),
    "no-text.txt": lambda: b"It\x00ended.",
    "surrogates.txt": lambda: b"It ended. \xed\xa0\x80",
    "nested.md": lambda: b"---\na: " + b"[" * 30_000 + b"\n---\nIt ended.",
    "quotes.md": lambda: b"> " * 100_000 + b"It ended.",
}

#: File name -> a file that takes minutes of time, or gigabytes of memory.
ENDLESS: dict[str, Callable[[], bytes]] = {
    "many-pages.pdf": lambda: pdf(
        _CATALOG,
        b"<< /Type /Pages /Count 1000000 /Kids [" + b"3 0 R " * 1_000_000 + b"] >>",
        _PAGE % b"Font << /F1 5 0 R >>",
        stream(_SHOWN),
        _FONT,
    ),
    "declarations.md": lambda: b"It ended.\n\na " + b"<![CDATA[" * 200_000,
    "much-drawing.pdf": lambda: one_page(_SHOWN * 300_000),
}

#: What makes an expression or a loop that is not careful take the square of the time, or worse.
REPEATED: dict[str, str] = {
    "spaces": " ",
    "spaces between": "a ",
    "letters": "a",
    "line ends": "\n",
    "short lines": "a\n",
    "short paragraphs": "a\n\n",
    "quotes": '"',
    "curly quotes": "“”",
    "apostrophes": "'",
    "dots": ".",
    "dots and spaces": ". ",
    "initials": "A.",
    "initials and spaces": "A. ",
    "titles": "Mr. ",
    "short sentences": "It ended. ",
    "numbers": "1. ",
    "brackets": "(",
    "items": "- \n",
    "broken words": "a-\n",
    "lower case": "word that goes on and on in lower case\n\n",
    "form feeds": "a\f",
    "soft hyphens": "\u00ad",
    "soft hyphens and spaces": "\u00ad ",
    "joiners": "a\u200d",
    "accents": "\u0301\u0316",
    "vowel signs": "\u0f71\u0f72\u0f74\u0f80",
    "ideographs": "。",
    "columns": "a\t",
    "bars": "|",
}
