"""The reader: which sentence answers, and which of its words."""

import pytest

from assistant.models import ReadingModel, RowSentence, header_of

HEADER = "Dam talks end without a treaty - River Post - Wednesday 18 February 2026"
ROW = (
    RowSentence("Officials of Norland and Sudland met in Vesterby on Tuesday.", header=HEADER),
    RowSentence("The Sudland delegation was led by Marco Bellini, a retired admiral.", follows=True),
    RowSentence("Nearly forty engineers came with him.", follows=True),
    RowSentence("Tickets for the night train will cost 60 crowns.", header="Night trains - River Post"),
)


def lines(count: int, header: str = "A header") -> list[RowSentence]:
    """Sentences of one article."""
    texts = [f"The committee on roads read report number {n} aloud to nobody." for n in range(count)]
    return [RowSentence(text, bool(n), None if n else header) for n, text in enumerate(texts)]


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
    assert words in ROW[best].text[slice(*span)]


def test_words_are_always_inside_their_sentence(reader: ReadingModel) -> None:
    for question in ("who?", "Where did they meet?", "", "x" * 900):
        for line, each in zip(ROW, reader.read(question, (), [ROW])[0].sentences, strict=True):
            assert each.words is None or 0 <= each.words[0] < each.words[1] <= len(line.text)
            assert 0 <= each.sure <= 1.001


def test_every_sentence_of_a_row_that_is_too_long_comes_back(reader: ReadingModel) -> None:
    row = tuple(lines(60))
    [found] = reader.read("Who read the report?", (), [row])
    assert len(found.sentences) == 60
    assert found.sentences[-1].words is None


def test_sentences_are_put_into_rows_that_are_read_whole(reader: ReadingModel) -> None:
    rows = reader.rows(lines(60))
    assert [line.text for row in rows for line in row] == [line.text for line in lines(60)]
    assert [row[0].header for row in rows] == ["A header"] * len(rows)
    for row in rows:
        assert all(each.words for each in reader.read("who", (), [row])[0].sentences)


def test_short_articles_share_a_row_each_under_its_header(reader: ReadingModel) -> None:
    [row] = reader.rows([*lines(2, "First"), *lines(2, "Second")])
    assert [line.header for line in row] == ["First", None, "Second", None]


def test_an_article_that_fits_into_a_row_is_not_cut_by_the_end_of_a_full_one(reader: ReadingModel) -> None:
    first, second = reader.rows([*lines(12, "First"), *lines(8, "Second")])
    assert (len(first), len(second)) == (12, 8)
    assert second[0].header == "Second"


def test_no_sentence_makes_no_row(reader: ReadingModel) -> None:
    assert reader.rows([]) == []
    assert reader.read("who", (), []) == []


def test_a_header_names_title_paper_and_day() -> None:
    from datetime import date

    assert (
        header_of("Talks end", "The Warden", date(2026, 2, 18)) == "Talks end - The Warden - Wednesday 18 February 2026"
    )
    assert header_of("Talks end", None, None) == "Talks end"
