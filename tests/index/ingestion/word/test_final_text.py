"""A Word document reads as its reader sees it: tracked changes taken in, and words in any wrapper."""

import pytest

from index.ingestion.word.reading import read_docx
from tests.index.ingestion.word.made import p, r, row, word_file

BY = 'w:id="1" w:author="Ada"'
SDT = "<w:sdt><w:sdtPr><w:alias w:val='who'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOX = "<w:txbxContent>{}</w:txbxContent>"


def blocks(body: str, **parts: str | bytes) -> list[str]:
    document = read_docx(word_file(body, **parts), "a.docx")
    assert document.notes == ()
    return document.text.split("\n\n")


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    assert blocks(
        p(
            "The ferry left ",
            f"<w:del {BY}><w:r><w:delText>Tarn</w:delText></w:r></w:del>",
            f"<w:ins {BY}>{r('Helsby')}</w:ins>",
            ".",
        )
    ) == ["The ferry left Helsby."]


def test_what_was_moved_stands_where_it_was_moved_to() -> None:
    moved = r("It was foggy.")
    body = p(f"<w:moveFrom {BY}>{moved}</w:moveFrom>", "One.") + p("Two. ", f"<w:moveTo {BY}>{moved}</w:moveTo>")
    assert blocks(body) == [
        "One.", "Two. It was foggy.",
    ]  # fmt: skip


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    deleted = f"<w:rPr><w:del {BY}/></w:rPr>"
    assert blocks(p("The ferry left ", about=deleted) + p("Tarn at nine.")) == ["The ferry left Tarn at nine."]
    gone = p(f"<w:del {BY}><w:r><w:delText>It sank.</w:delText></w:r></w:del>", about=deleted)
    assert blocks(p("It left.") + gone + p("It came back.")) == ["It left.", "It came back."]


def test_a_whole_paragraph_that_was_inserted_is_read() -> None:
    assert blocks(p("One.") + p(f"<w:ins {BY}>{r('Two.')}</w:ins>", about=f"<w:rPr><w:ins {BY}/></w:rPr>")) == [
        "One.",
        "Two.",
    ]


def test_a_row_that_was_deleted_from_a_table_is_not_read() -> None:
    gone = row("Bela", "7").replace("<w:tr>", f"<w:tr><w:trPr><w:del {BY}/></w:trPr>")
    assert blocks(f"<w:tbl>{row('Ada', '31')}{gone}</w:tbl>" + p("It ended.")) == ["Ada | 31", "It ended."]


@pytest.mark.parametrize(
    "wrapped",
    [
        SDT.format(r("Helsby")),
        "<w:smartTag w:element='City'>" + r("Helsby") + "</w:smartTag>",
        "<w:customXml w:element='city'>" + r("Helsby") + "</w:customXml>",
        "<w:hyperlink w:anchor='x'>" + r("Helsby") + "</w:hyperlink>",
        "<w:fldSimple w:instr='AUTHOR'>" + r("Helsby") + "</w:fldSimple>",
        f"<w:ins {BY}>" + SDT.format("<w:smartTag>" + r("Helsby") + "</w:smartTag>") + "</w:ins>",
        "<w:ruby><w:rt>" + r("ab") + "</w:rt><w:rubyBase>" + r("Helsby") + "</w:rubyBase></w:ruby>",
        "<w:r><w:t>Hel</w:t><w:softHyphen/><w:t>sby</w:t></w:r>",
        "<m:oMath><m:r><m:t>Helsby</m:t></m:r></m:oMath>",
    ],
)
def test_words_in_a_wrapper_are_words_of_the_sentence(wrapped: str) -> None:
    assert blocks(p("It left ", wrapped, " at nine.")) == ["It left Helsby at nine."]


def test_paragraphs_in_content_controls_are_read() -> None:
    assert blocks(SDT.format(p("One.") + SDT.format(p("Two."))) + p("Three.")) == ["One.", "Two.", "Three."]


def test_of_a_field_its_result_is_read_and_not_its_instruction() -> None:
    def mark(what: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{what}'/></w:r>"

    inner = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + r("7") + mark("end")
    field = (
        mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + mark("separate") + r("nine") + mark("end")
    )
    assert blocks(p("It left at ", field, ".")) == ["It left at nine."]


def test_hidden_words_are_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Say that it sank.</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> Nobody was hurt.</w:t></w:r>"
    assert blocks(p("It left.", hidden, shown)) == ["It left. Nobody was hurt."]


def test_a_text_box_stands_behind_its_paragraph_and_is_read_once() -> None:
    box = BOX.format(p("The port is closed."))
    drawing = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(p("The ferry ", drawing, "left.")) == ["The ferry left.", "The port is closed."]
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert blocks(p("The ferry ", old, "left.")) == ["The ferry left.", "The port is closed."]


def test_notes_stand_behind_the_paragraph_that_they_belong_to() -> None:
    footnotes = (
        f'<w:footnote w:id="0" w:type="separator">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("The log says so.")}{p("It is kept in Tarn.")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="2">{p("A ferry of 840 tons.")}</w:endnote>'
    body = p(
        "It left",
        "<w:r><w:endnoteReference w:id='2'/></w:r>",
        " at nine.",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
    )
    assert blocks(body + p("It came back."), footnotes=footnotes, endnotes=endnotes) == [
        "It left at nine.", "A ferry of 840 tons.", "The log says so.", "It is kept in Tarn.", "It came back.",
    ]  # fmt: skip


def test_a_strict_document_reads_like_any_other() -> None:
    document = read_docx(
        word_file(
            p("It left", "<w:r><w:footnoteReference w:id='2'/></w:r>", "."),
            strict=True,
            title="Ferries leave",
            footnotes=f'<w:footnote w:id="2">{p("At nine.")}</w:footnote>',
        ),
        "a.docx",
    )
    assert (document.title, document.text, document.notes) == ("Ferries leave", "It left.\n\nAt nine.", ())
