"""Tables: rows of figures are lines; pages laid out in tables are read cell by cell; odd ones cost nothing."""

from index.ingestion.word.reading import read_docx
from tests.index.ingestion.word.made import p, row, word_file

MERGED = '<w:vMerge w:val="restart"/>'
WIDE = '<w:vMerge/><w:gridSpan w:val="9"/>'


def blocks(body: str) -> list[str]:
    return read_docx(word_file(body), "a.docx").text.split("\n\n")


def cell(content: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{content}</w:tc>"


def test_a_row_is_a_line() -> None:
    assert blocks(f"<w:tbl>{row('Ship', 'Age')}{row('Ada', '31')}</w:tbl>") == ["Ship | Age", "Ada | 31"]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    first = f"<w:tr>{cell(p('Monday'), MERGED)}{cell(p('Ada'))}{cell(p('31'))}</w:tr>"
    second = f"<w:tr>{cell('<w:p/>', '<w:vMerge/>')}{cell(p('Bela'))}{cell(p('7'))}</w:tr>"
    assert blocks(f"<w:tbl>{first}{second}</w:tbl>") == ["Monday | Ada | 31", "Monday | Bela | 7"]


def test_a_page_laid_out_in_a_table_keeps_its_paragraphs_and_the_tables_in_it() -> None:
    inner = f"<w:tbl>{row('Date', '11 April')}{row('Place', 'Tarn')}</w:tbl>"
    laid_out = f"<w:tbl><w:tr>{cell(p('Town of Tarn') + inner + '<w:p/>')}{cell(p('One.') + p('Two.'))}</w:tr></w:tbl>"
    assert blocks(laid_out) == ["Town of Tarn", "Date | 11 April", "Place | Tarn", "One.", "Two."]


def test_rows_that_begin_late_end_early_or_lie_in_controls_are_read() -> None:
    late = f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell(p('late'))}</w:tr>"
    lone = f"<w:tr>{cell('<w:p/>', WIDE)}{cell(p('lone'), '<w:vMerge/>')}</w:tr>"
    controlled = f"<w:sdt><w:sdtContent>{row('in', 'control')}</w:sdtContent></w:sdt>"
    assert blocks(f"<w:tbl>{row('a', 'b')}{late}{lone}{controlled}<w:tr/></w:tbl>") == [
        "a | b",
        "late",
        "lone",
        "in | control",
    ]
