"""The reader: which sentence answers, and which of its words."""

import pytest

from assistant.models import ReadingModel, Row, header_of

ROW = Row(
    "Dam talks end without a treaty - River Post - Wednesday 18 February 2026",
    (
        "Officials of Norland and Sudland met in Vesterby on Tuesday.",
        "The Sudland delegation was led by Marco Bellini, a retired admiral.",
        "Nearly forty engineers came with him.",
        "Tickets for the night train will cost 60 crowns.",
    ),
    (False, True, True, False),
)


@pytest.fixture(scope="module")
def reader() -> ReadingModel:
    return ReadingModel()


@pytest.mark.parametrize(
    ("question", "best", "words"),
    [
        ("Who led the Sudland delegation?", 1, "Marco Bellini"),
        ("how many engineers came", 2, "forty"),
        ("what does the night train cost", 3, "60 crowns"),
    ],
)
def test_the_sentence_that_answers_has_the_highest_score_and_its_words_are_named(
    reader: ReadingModel, question: str, best: int, words: str
) -> None:
    [found] = reader.read(question, (), [ROW])
    scores = [each.score for each in found.sentences]
    assert scores.index(max(scores)) == best
    span = found.sentences[best].words
    assert span is not None
    assert words in ROW.sentences[best][slice(*span)]


def test_words_are_always_inside_their_sentence(reader: ReadingModel) -> None:
    for question in ("who?", "Where did they meet?", "", "x" * 900):
        for sentence, each in zip(ROW.sentences, reader.read(question, (), [ROW])[0].sentences, strict=True):
            assert each.words is None or 0 <= each.words[0] < each.words[1] <= len(sentence)
            assert 0 <= each.sure <= 1.001


def test_every_sentence_of_a_row_that_is_too_long_comes_back(reader: ReadingModel) -> None:
    row = Row("", tuple(f"The committee on roads read report number {n} aloud." for n in range(60)), (True,) * 60)
    [found] = reader.read("Who read the report?", (), [row])
    assert len(found.sentences) == 60
    assert found.sentences[-1].words is None


def test_sentences_are_parted_into_rows_that_are_read_whole(reader: ReadingModel) -> None:
    texts = [f"The committee on roads read report number {n} aloud to nobody." for n in range(60)]
    parts = reader.parts("A header", texts)
    assert [i for part in parts for i in range(60)[part]] == list(range(60))
    for part in parts:
        row = Row("A header", tuple(texts[part]), (True,) * len(texts[part]))
        assert all(each.words for each in reader.read("who", (), [row])[0].sentences)


def test_no_sentence_makes_no_row(reader: ReadingModel) -> None:
    assert reader.parts("A header", []) == []
    assert reader.read("who", (), []) == []


def test_a_header_names_title_paper_and_day() -> None:
    from datetime import date

    assert (
        header_of("Talks end", "The Warden", date(2026, 2, 18)) == "Talks end - The Warden - Wednesday 18 February 2026"
    )
    assert header_of("Talks end", None, None) == "Talks end"
