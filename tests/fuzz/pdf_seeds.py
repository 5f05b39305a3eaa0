"""PDFs from which to start: small ones that between them use what the reading of a PDF has code for."""

import base64
import io
import zlib

from pypdf import PdfReader, PdfWriter

from tests.index.ingestion.hostile_files import one_page, pdf, stream

_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_SHOWN = b"BT /F1 12 Tf 72 700 Td (It ended in fog.) Tj ET\n"
_MOVED = (
    b"q 1 0 0 1 9 9 cm BT /F1 12 Tf 1 0 0 1 72 700 Tm 14 TL 2 Tc 3 Tw 90 Tz 1 Ts 0 Tr [(It) -250 (ended) 9 <696e>] TJ "
    b"T* (fog) ' 1 2 (and) \" 0 -14 TD (rain\\050\\)\\n) Tj ET Q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI /Artifact BMC EMC"
)
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"2 beginbfchar <0001> <0049> <0002> <00740020> endbfchar 2 beginbfrange <0003> <0005> <0065> "
    b"<0006> <0007> [<0066> <006F>] endbfrange endcmap"
)
_COMPOSITE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /DescendantFonts [6 0 R] "
    b"/ToUnicode 7 0 R >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /DW 500 /W [1 [250 300] 3 5 400] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
)
_DIFFERENT = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /Other /FirstChar 32 /LastChar 34 /Widths [250 300 400] /Encoding "
    b"<< /BaseEncoding /WinAnsiEncoding /Differences [65 /quoteright /uni0416 /g7 /a66] >> >>"
)


def _filtered(name: bytes, data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d /Filter %s %s >>\nstream\n%s\nendstream" % (len(data), name, more, data)


def _written(*, password: str | None = None, objects: bool = False) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page(_SHOWN))))
    writer.add_metadata({"/Title": "Ferries collide", "/Author": "Ada"})
    writer.add_outline_item("Fog", 0)
    if password is not None:
        writer.encrypt("", password, algorithm="RC4-128")
    writer.write(made := io.BytesIO())
    return made.getvalue()


def _of_objects() -> bytes:
    """Objects inside a stream, and a table of places that is a stream with a predictor, as since PDF 1.5."""
    inside = [_CATALOG, _PAGES, _PAGE, _FONT]
    numbers, places, body = [1, 2, 3, 5], [], b""
    for each in inside:
        places.append(len(body))
        body += each + b" "
    head = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=True)) + b" "
    made = b"%PDF-1.7\n"
    at = {6: len(made)}
    made += b"6 0 obj\n%s\nendobj\n" % stream(head + body, b"/Type /ObjStm /N 4 /First %d" % len(head))
    at[4] = len(made)
    made += b"4 0 obj\n%s\nendobj\n" % stream(_SHOWN)
    at[7] = len(made)
    rows = [(0, 0, 255), (2, 6, 0), (2, 6, 1), (2, 6, 2), (1, at[4], 0), (2, 6, 3), (1, at[6], 0), (1, at[7], 0)]
    table, before = b"", bytes(4)
    for kind, where, generation in rows:
        row = bytes([kind]) + where.to_bytes(2) + bytes([generation])
        table += b"\x02" + bytes((new - old) % 256 for new, old in zip(row, before, strict=True))
        before = row
    about = b"/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /DecodeParms << /Predictor 12 /Columns 4 >>"
    return made + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(table, about), at[7])


def seeds() -> list[bytes]:
    """The PDFs, each of which can be read."""
    drawn = b"".join(b"%02x" % each for each in _SHOWN) + b">"
    packed = zlib.compress(_SHOWN)
    runs = bytes([len(_SHOWN) - 1]) + _SHOWN + b"\x80"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 0 0] /Resources << /Font << /F1 5 0 R >> >>"
    contents = [
        _filtered(b"/ASCIIHexDecode", drawn),
        _filtered(b"[/ASCII85Decode /FlateDecode]", base64.a85encode(packed) + b"~>", b"/DecodeParms [null null]"),
        _filtered(b"/RunLengthDecode", runs),
        _filtered(b"/LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
        _filtered(b"[]", _MOVED),
    ]
    shown = b"BT /F1 12 Tf 72 700 Td <000100020003000400050006> Tj ET"
    return [
        *(pdf(_CATALOG, _PAGES, _PAGE, each, _FONT) for each in contents),
        pdf(_CATALOG, _PAGES, _PAGE, _filtered(b"[]", shown), *_COMPOSITE, stream(_TO_UNICODE)),
        pdf(_CATALOG, _PAGES, _PAGE, _filtered(b"[]", b"BT /F1 9 Tf 72 700 Td (A B C ABC) Tj ET"), _DIFFERENT),
        pdf(
            _CATALOG,
            _PAGES,
            _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"),
            _filtered(b"[]", b"/X Do"),
            _FONT,
            _filtered(b"[]", _SHOWN, form),
        ),
        _written(),
        _written(password="fog"),
        _of_objects(),
    ]
