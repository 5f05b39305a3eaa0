"""A PDF is read as its reader reads the page: column by column, in whole paragraphs and sentences."""

from index.ingestion.parsing import read_article
from tests.index.ingestion.pdf.printed import Sheet

LEFT = [
    " The ferry Ada left the port",
    "of Tarn at nine in the morning",
    "and met the ferry Bela in fog",
    "that had come up an hour be-",
    "fore. Nobody on either ship",
    "was hurt.",
    " The harbour master ordered",
    "both of them back, and asked",
]
RIGHT = [
    "the coast guard to look for oil",
    "until the evening.",
    " It found none, the mayor said",
    "in the town hall, and the beach",
    "at Cape Ume stays open to who-",
    "ever wants to swim there.",
    " The port opens again on Monday.",
]
READ = [
    "The ferry Ada left the port of Tarn at nine in the morning and met the ferry Bela in fog that had come up an hour "
    "before. Nobody on either ship was hurt.",
    "The harbour master ordered both of them back, and asked the coast guard to look for oil until the evening.",
    "It found none, the mayor said in the town hall, and the beach at Cape Ume stays open to whoever wants to swim "
    "there.",
    "The port opens again on Monday.",
]


def paragraphs(sheet: Sheet) -> list[str]:
    return read_article("ferries.pdf", sheet.bytes()).text.split("\n\n")


def test_columns_are_read_one_after_the_other_and_a_sentence_goes_on_from_one_to_the_next() -> None:
    sheet = Sheet()
    sheet.column(LEFT, 60, 100)
    sheet.column(RIGHT, 210, 100)
    assert paragraphs(sheet) == READ


def test_columns_are_told_apart_where_the_file_holds_the_page_line_by_line() -> None:
    sheet = Sheet()
    for number, (left, right) in enumerate(zip(LEFT, [*RIGHT, ""], strict=True)):
        sheet.column([left], 60, 100 + 12 * number)
        sheet.column([right], 210, 100 + 12 * number)
    assert paragraphs(sheet) == READ


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.column(LEFT, 60, 100, size=10, step=12)
    sheet.column(RIGHT, 210, 103, size=10, step=13.5)
    assert paragraphs(sheet) == READ


def test_a_file_with_one_object_for_each_word_is_read_in_lines() -> None:
    sheet = Sheet()
    words = sorted((line, place) for line, text in enumerate(LEFT) for place in range(len(text.split())))
    for line, place in words[::2] + words[1::2]:
        text = LEFT[line].split()
        before = " ".join(text[:place]) + (" " if place else "")
        indent = 8 if LEFT[line].startswith(" ") else 0
        shift = sheet.canvas.stringWidth(before, "Times-Roman", 10)
        sheet.line(text[place], 60 + indent + shift, 100 + 12 * line)
    assert paragraphs(sheet)[0] == READ[0]


def test_a_heading_over_two_columns_stands_before_both() -> None:
    sheet = Sheet()
    sheet.line("What is known of the two ferries", 60, 80, 11, "Times-Bold")
    sheet.column(LEFT, 60, 100)
    sheet.column(RIGHT, 210, 100)
    assert paragraphs(sheet) == ["What is known of the two ferries", *READ]


def test_a_narrow_ragged_column_beside_a_wide_one_keeps_its_sentences_whole() -> None:
    sheet = Sheet()
    narrow = ["Ada Corvin", "would not say", "whether the", "port of Tarn", "will be opened", "this week."]
    wide = [
        "The council of Tarn met for six hours and heard the captains of both ferries, who",
        "agreed on nothing but the fog. It will meet again when the owners have sent their",
        "papers, and wants to hear the pilot too, who was not on board on that morning and",
        "learned of the collision from the radio. A report is due in the summer, the mayor",
        "said, and will be printed in full. Until then the ferries stay where they are now,",
        "at the northern quay.",
    ]
    sheet.column(narrow, 60, 100)
    sheet.column(wide, 170, 100)
    assert paragraphs(sheet) == [" ".join(narrow), " ".join(wide)]


def test_notes_in_a_margin_do_not_cut_the_sentences_beside_them() -> None:
    sheet = Sheet()
    sheet.column(["Ferries", "collide"], 60, 112, size=9)
    text = [
        "The two ferries had passed each other every morning for eleven years, and none",
        "of their captains had ever seen the other one's ship come so close before the",
        "bow struck the quay wall, which had been rebuilt a year ago with money from the",
        "town.",
    ]
    sheet.column(text, 130, 100)
    assert " ".join(text) in paragraphs(sheet)


def test_paragraphs_are_told_by_an_indent_by_a_gap_and_by_a_short_line() -> None:
    sheet = Sheet()
    lines = [
        "The ferry left Tarn at nine o'clock and came",
        "into fog.",
        "It met another one at ten, off Cape Ume, and",
    ]
    down = sheet.column([*lines, "sank."], 60, 100)
    sheet.column(["Nobody was hurt, the coast guard said, and all", "were brought ashore."], 60, down + 8)
    assert paragraphs(sheet) == [
        "The ferry left Tarn at nine o'clock and came into fog.",
        "It met another one at ten, off Cape Ume, and sank.",
        "Nobody was hurt, the coast guard said, and all were brought ashore.",
    ]


def test_items_of_a_list_stay_apart_and_are_whole() -> None:
    sheet = Sheet()
    sheet.line("The council wants three things:", 60, 100)
    for number, (first, second) in enumerate(
        [("a lighthouse at Cape Ume that is", "lit all night;"), ("pilots on both", "ferries;"), ("no fog", "at all.")]
    ):
        sheet.line(f"{number + 1}.", 60, 115 + 24 * number)
        sheet.column([first, second], 78, 115 + 24 * number)
    assert paragraphs(sheet) == [
        "The council wants three things:",
        "1. a lighthouse at Cape Ume that is lit all night;",
        "2. pilots on both ferries;",
        "3. no fog at all.",
    ]


def test_a_row_of_a_table_is_one_line_with_all_of_a_cell_in_it() -> None:
    sheet = Sheet()
    sheet.line("The port counted what had been damaged on the morning of the collision.", 60, 80)
    for number, row in enumerate(
        [("Ship", "Age in", "Tons"), ("", "years", ""), ("Ada", "31", "840"), ("Bela", "7", "912")]
    ):
        for place, cell in enumerate(row):
            sheet.line(cell, 60 + 110 * place, 100 + 12 * number)
    assert paragraphs(sheet)[1:] == ["Ship | Age in years | Tons", "Ada | 31 | 840", "Bela | 7 | 912"]


def test_a_paragraph_goes_on_over_a_page_and_past_a_footnote() -> None:
    sheet = Sheet()
    sheet.column(["The ferries stay in the port of Tarn until the", "captains have been heard by the"], 60, 600)
    sheet.line("The captains asked not to be named in this report.", 60, 700, 7)
    sheet.turn_page()
    sheet.column(["council, which meets again on Monday."], 60, 80)
    assert paragraphs(sheet) == [
        "The ferries stay in the port of Tarn until the captains have been heard by the council, which meets again on "
        "Monday.",
        "The captains asked not to be named in this report.",
    ]


def test_the_number_of_a_footnote_is_no_part_of_the_sentence() -> None:
    sheet = Sheet()
    sheet.line("The lighthouse was built by the town of Tarn in those years.", 60, 100)
    end = 60 + sheet.canvas.stringWidth(
        "The lighthouse was built by the town of Tarn in those years.", "Times-Roman", 10
    )
    sheet.line("3", end + 0.3, 96, 6)
    assert paragraphs(sheet) == ["The lighthouse was built by the town of Tarn in those years."]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_read_by_people() -> None:
    sheet = Sheet(792, 612)
    sheet.canvas.rotate(90)
    sheet.canvas.translate(0, -792)
    for number, line in enumerate(LEFT):
        sheet.canvas.setFont("Times-Roman", 10)
        sheet.canvas.drawString(60 + (8 if line.startswith(" ") else 0), 700 - 12 * number, line.strip())
    assert paragraphs(sheet)[0] == READ[0]


def test_words_outside_of_the_page_are_not_read() -> None:
    sheet = Sheet()
    sheet.column(LEFT, 60, 100)
    sheet.line("Slug line 14 of the print shop, magenta plate", 60, 850)
    assert "magenta" not in " ".join(paragraphs(sheet))


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    sheet = Sheet()
    for shift in (0, 0.3):
        sheet.line("Both ferries stay in the port of Tarn.", 60 + shift, 100)
    assert paragraphs(sheet) == ["Both ferries stay in the port of Tarn."]


def test_a_sentence_goes_on_behind_a_colon_over_columns_in_lower_case() -> None:
    sheet = Sheet()
    sheet.column([*LEFT[:-2], " The harbour master asked for", "one thing and for that alone:"], 60, 100)
    sheet.column(["that nobody leaves the port until", "the fog has gone.", *RIGHT[2:]], 210, 100)
    whole = "The harbour master asked for one thing and for that alone: that nobody leaves the port until the fog has "
    whole += "gone."
    assert whole in paragraphs(sheet)


def test_a_list_behind_a_colon_stays_a_list() -> None:
    sheet = Sheet()
    sheet.column([*LEFT[:-2], " The harbour master asked for", "three things on that day:"], 60, 100)
    sheet.column(["a) that nobody leaves the port", "b) that the coast guard looks"], 210, 100)
    assert any(line.endswith("on that day:") for line in paragraphs(sheet))
