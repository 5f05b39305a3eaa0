"""Running heads, feet, page numbers and jump lines are no part of an article."""

from pathlib import Path

from index.ingestion.parsing import read_article
from tests.index.ingestion.pdf.printed import SENTENCE, Sheet, a_pdf

PROSE = [f"The ferry {name} stayed in the port of Tarn for the whole of that week in spring." for name in "ABCDEFGH"]


def test_a_pdf_is_read_in_whole_sentences_across_its_pages(tmp_path: Path) -> None:
    pages = [SENTENCE * 3 + "She was asked by the"], ["reporters when the pier would open."], [SENTENCE]
    path = a_pdf(tmp_path / "a.pdf", *pages, title="Ferries collide", head="Harbour News 2026")
    article = read_article(path)
    assert article.title == "Ferries collide"
    assert "She was asked by the reporters when the pier would open." in article.text
    assert "Harbour News" not in article.text and "Page" not in article.text
    assert article.published is None and article.author is None


def of_pages(count: int, head: str = "", odd: str = "", number: str = "{}") -> str:
    sheet = Sheet()
    for page in range(count):
        sheet.line(odd if odd and page % 2 else head, 60, 40, 8)
        sheet.column([PROSE[page], "It was painted there."], 60, 300)
        sheet.line(number.format(page + 1), 300, 760, 8)
        sheet.turn_page()
    return read_article("a.pdf", sheet.bytes()).text


def test_left_and_right_pages_may_have_heads_of_their_own() -> None:
    text = of_pages(6, "Ferries of the strait", "The Tarn Yearbook")
    assert "Ferries of" not in text and "Yearbook" not in text and text.count("painted") == 6


def test_the_head_of_a_document_of_two_pages_is_told_by_its_place() -> None:
    assert "Tarn Yearbook" not in of_pages(2, "The Tarn Yearbook")


def test_page_numbers_go_in_all_their_forms() -> None:
    for form in ("{}", "- {} -", "Page {}", "{} / 4", "Page {} of 4", "A{}"):
        assert of_pages(4, number=form).count("\n\n") == 3 * 1 + 0, form


def test_words_that_stand_once_at_the_edge_of_a_page_are_kept() -> None:
    sheet = Sheet()
    sheet.line("For the families of the crew", 60, 40, 8)
    sheet.column(PROSE[:3], 60, 300)
    sheet.turn_page()
    sheet.column(PROSE[3:6], 60, 300)
    assert "For the families of the crew" in read_article("a.pdf", sheet.bytes()).text


def test_lines_that_send_readers_to_another_page_go() -> None:
    for jump in (
        "Continued on Page A6",
        "Continued from page 1",
        "See FERRIES, Page A4",
        "FERRIES, continued from page 1",
    ):
        sheet = Sheet()
        sheet.column([PROSE[0]], 60, 300)
        sheet.line(jump, 60, 340)
        assert read_article("a.pdf", sheet.bytes()).text == PROSE[0], jump
