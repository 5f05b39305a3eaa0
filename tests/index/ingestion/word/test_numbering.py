"""Word's automatic numbers are written out, as people speak of "point 4"."""

from index.ingestion.word.reading import read_docx
from tests.index.ingestion.word.made import p, word_file


def level(number: int, form: str, text: str, more: str = "") -> str:
    inside = f'<w:start w:val="1"/>{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{inside}</w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def item(text: str, level: int = 0, number: int = 1, more: str = "") -> str:
    return p(text, about=f'{more}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def text(body: str, **parts: str) -> list[str]:
    return read_docx(word_file(body, **parts), "a.docx").text.split("\n\n")


def test_points_are_numbered_also_over_paragraphs_between_them() -> None:
    body = item("Ferries stop.") + p("This is new.") + item("Ports open.") + item("Fog lifts.")
    assert text(body, numbering=lists(level(0, "decimal", "%1."))) == [
        "1. Ferries stop.", "This is new.", "2. Ports open.", "3. Fog lifts.",
    ]  # fmt: skip


def test_levels_are_counted_each_below_the_one_above() -> None:
    numbering = lists(
        level(0, "upperRoman", "Article %1"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "(%3)"),
    )
    body = "".join(item(str(each), each) for each in (0, 1, 1, 2, 2, 0, 1, 2))
    assert [each.rsplit(" ", 1)[0] for each in text(body, numbering=numbering)] == [
        "Article I", "1.1", "1.2", "(a)", "(b)", "Article II", "2.1", "(a)",
    ]  # fmt: skip


def test_a_list_goes_on_in_another_of_its_kind_unless_that_begins_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("a") + item("b", number=2) + item("c", number=3) + item("d", number=3)
    assert text(body, numbering=lists(level(0, "decimal", "%1)"), nums=nums)) == ["1) a", "2) b", "7) c", "8) d"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_can_refuse() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Point"><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("a", about='<w:pStyle w:val="Point"/>') + item("b", number=0, more='<w:pStyle w:val="Point"/>')
    body += p("c", about='<w:pStyle w:val="Point"/>')
    assert text(body, numbering=lists(level(0, "decimal", "%1.")), styles=styles) == ["1. a", "b", "2. c"]


def test_bullets_have_a_mark_and_a_point_that_was_deleted_does_not_count() -> None:
    assert text(item("fog"), numbering=lists(level(0, "bullet", "\uf0b7"))) == ["- fog"]
    gone = item("b").replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>").replace("w:t", "w:delText")
    gone = gone.replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert text(item("a") + gone + item("c"), numbering=lists(level(0, "decimal", "%1."))) == ["1. a", "2. c"]


def test_the_forms_of_numbers() -> None:
    for form, fourth in {"lowerRoman": "iv", "upperLetter": "D", "decimalZero": "04", "ordinal": "4th"}.items():
        assert text(item("x") * 4, numbering=lists(level(0, form, "%1.")))[-1] == f"{fourth}. x"
