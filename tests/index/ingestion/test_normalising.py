"""What `normalise` promises: whole sentences, whole paragraphs, and nothing glued that stood apart."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.normalising import normalise, one_line

WRAPPED = """\
The harbour authority said on Monday that the two ferries which collided in thick fog would
stay in port until divers had looked at both hulls and the insurers had signed the papers,
a step that often takes weeks. Passengers were told to travel by road instead.
 The mayor, who was aboard one of them, said nobody had been hurt and that the crews “did
everything right.” She thanked them at a short ceremony on the quay.

Repairs to the pier, which was built in 1912 and strengthened twice, will cost the town about



as much as a new school, she added.
"""


def test_lines_broken_by_the_page_width_become_whole_paragraphs() -> None:
    paragraphs = normalise(WRAPPED).split("\n\n")
    assert [paragraph[:12] for paragraph in paragraphs] == ["The harbour ", "The mayor, w", "Repairs to t"]
    assert not any("\n" in paragraph for paragraph in paragraphs)


def test_a_sentence_broken_by_blank_lines_is_joined_again() -> None:
    assert "will cost the town about as much as a new school, she added." in normalise(WRAPPED)
    assert normalise("The fate of the bridge\n\n\n\nremained open, he said.") == (
        "The fate of the bridge remained open, he said."
    )


@pytest.mark.parametrize("page_break", ["\f", "\n\f", "\n\n\f\n", " \f "])
def test_a_sentence_broken_by_a_page_break_is_joined_again(page_break: str) -> None:
    assert normalise(f"The ferry{page_break}left on time.") == "The ferry left on time."


def test_a_full_line_at_the_end_of_a_page_goes_on_even_before_a_capital() -> None:
    page = WRAPPED + "\nThe town will hold a vote on the plan in the spring, according to its spokeswoman, Ms\f"
    assert "spokeswoman, Ms Green, who" in normalise(page + "Green, who declined to give a date for it.")


def test_a_page_that_ends_with_a_sentence_ends_its_paragraph() -> None:
    assert normalise("The ferry left.\fThe fog lifted.") == "The ferry left.\n\nThe fog lifted."


def test_an_indented_line_after_a_full_stop_starts_a_paragraph() -> None:
    assert "\n\nThe mayor, who was aboard" in normalise(WRAPPED)


def test_a_hyphen_at_a_line_end_is_kept_without_a_space() -> None:
    assert normalise("She is seen as an ultra-\nconservative member.") == "She is seen as an ultra-conservative member."
    assert normalise("They plan a two-\nand a three-day strike.") == "They plan a two- and a three-day strike."


def test_soft_hyphens_vanish_with_the_line_end_behind_them() -> None:
    assert normalise("The nego\u00ad\ntia\u00adtions ended.") == "The negotiations ended."


def test_a_dash_at_the_start_of_a_line_stays_in_its_sentence() -> None:
    text = WRAPPED + "\nThe pilot of the larger ferry, who has sailed in these waters for more than thirty years\n"
    text += "— the last ten of them as a captain — was not on the bridge when the accident happened."
    assert "thirty years — the last ten" in normalise(text)


@pytest.mark.parametrize(
    "apart",
    [
        "Ferries collide in fog\n\nThe harbour was closed for a day.",
        "Ferries collide in fog\nBy Ada Writer\nMALMÖ, Sweden\n\nThe harbour was closed for a day.",
        "What is known\n\niPhone footage shows the moment.",
        "- a pilot\n- a captain\n- two deck hands",
        "The inquiry will ask three questions:\n\nwho was at the helm\n\nwhat the radar showed",
        "The following were aboard\n1. the mayor\n2. the captain\na) and his dog",
        "apples\nbananas\ncherries",
        "monitoring of the harbour mouth\nexchange of the damaged parts\nguarantees for the passengers",
        "Name\tAge\nAda of the north\t31\nbob of the south\t28",
        "“Were you afraid?”\n“No.”\n“And the others?”\n“Ask them.”",
        "The fog came in\non quiet feet\nand sat\nlooking over the harbour.",
        "Slow goes the ferry through the evening grey,\nSlow goes the light that held the edge of day;\nDark",
        "Each line is a whole paragraph here.\nThe second says something else.\nThe third ends it.",
    ],
)
def test_what_stands_apart_is_not_glued(apart: str) -> None:
    lines = [" ".join(line.split()) for line in apart.split("\n") if line]
    assert normalise(apart).split("\n\n") == lines


def test_a_wrapped_list_item_keeps_its_second_line() -> None:
    assert (
        normalise("- a pilot from the town of\n  Malmö\n- a captain")
        == "- a pilot from the town of Malmö\n\n- a captain"
    )


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert normalise("He was met at the airport by U.S.\n\nofficials on Friday.") == (
        "He was met at the airport by U.S. officials on Friday."
    )


def test_marks_and_dashes_stay_and_spaces_fold() -> None:
    assert normalise('“It’s  \u00a0 ‘over’,” –\the — said… "no".') == '“It’s ‘over’,” – he — said… "no".'


def test_unseen_characters_go_and_accents_are_composed() -> None:
    assert normalise("\ufeffA\x00\u200b B\u202e\ud800 \u2066cafe\u0301\u2069\x1b.") == "A B café."


def test_joiners_stay_only_where_a_script_needs_them() -> None:
    assert normalise("می\u200cخواهم a\u200db \u200c") == "می\u200cخواهم ab"


def test_windows_and_old_mac_line_ends_are_line_ends() -> None:
    assert normalise("One ends.\r\n\r\nTwo ends.\r\rThree ends.\u2029Four ends.") == (
        "One ends.\n\nTwo ends.\n\nThree ends.\n\nFour ends."
    )


def test_nothing_but_space_is_nothing() -> None:
    assert normalise(" \n\f\u200b\n") == ""


def test_a_title_is_one_line() -> None:
    assert one_line(" Ferries\n collide\u200b ") == "Ferries collide"


SPACES = ["\n", "\n\n", "\n\n\n\n", "\f", " ", "  ", "\t", "\u00ad", "\u200b", "\u200d", "\ud800"]
MARKS = ["-", "—", "- ", "a) ", "1. ", ".", "?”", ",", "“", "”", ")", "|", "。", "」", "4"]
WORDS = ["U.S.", "Gen.", "the ferry", "The ferry", "iPhone", "and ", "harbour authority said that nobody", "ИЙ", "й"]
LETTERS = ["e\u0301", "\u0301", "船", "が", "\u3099", "한", "क\u094d"]
PIECES = st.sampled_from(SPACES + MARKS + WORDS + LETTERS)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert all(paragraph == " ".join(paragraph.split(" ")).strip() for paragraph in once.split("\n\n"))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_normalising_loses_no_letter(text: str) -> None:
    def letters(string: str) -> str:
        return "".join(filter(str.isalnum, unicodedata.normalize("NFC", string.replace("\u00ad", ""))))

    def spaced(string: str) -> str:
        return "".join(filter(str.isalnum, unicodedata.normalize("NFD", string)))

    assert spaced(normalise(text)) == spaced(text) or letters(normalise(text)) == letters(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "\u00ad ",
        "\u00ad\n ",
        "\n ",
        "a\n",
        "the ferry\n\n",
        "\u200d",
        "क\u200d",
        "\u0301\u0316",
        "“",
        "(",
        "U.",
        "a-\n",
        " ",
        "\f",
        "|",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(hostile: str) -> None:
    text = (hostile * 300_000)[:300_000]
    started = time.process_time()
    normalise(text)
    assert time.process_time() - started < 10  # anything quadratic takes minutes
