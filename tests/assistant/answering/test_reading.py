"""Which sentences the reader reads, and which of them twice."""

import numpy as np
import pytest

from assistant.answering.extraction import reading_models, to_read
from assistant.answering.reading import MOST_PIECES, MOST_READ, TOGETHER, lines_of, read_sentences, worth_reading
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.evaluation.bundle_library import library_of
from assistant.models.training.written import own_bundles
from assistant.questions import Question
from index.article import Article
from index.encoding import Encoder

MEAN = np.ones(1, dtype=np.float32)


def sentences(article: str, *texts: str, worth: float, pieces: int = 10) -> list[CandidateSentence]:
    """The sentences of an article, one after the other, of which each is worth a little less than the one before."""
    whole = " ".join(texts)
    made = Article(id=article, title="", text=whole, source="")
    found = []
    for place, text in enumerate(texts):
        start = whole.index(text)
        score = worth - place / 100
        found.append(
            CandidateSentence(made, start, start + len(text), 0, place, 0.0, 0.0, 0.0, score, score, MEAN, pieces)
        )
    return found


def test_what_two_papers_print_word_for_word_is_read_once_where_it_ranks_higher() -> None:
    wire = sentences("wire", "Talks ended in Vesterby.", "A date was set.", worth=0.5)
    paper = sentences("paper", "Talks ended in Vesterby.", *(f"Guest {n} left." for n in range(4)), worth=0.9)
    read = worth_reading([*wire, *paper])
    assert [each.text for each in read] == [*(each.text for each in paper), "A date was set."]
    assert read[0].article.id == "paper"


def test_what_costs_too_many_word_pieces_is_left_out() -> None:
    long = sentences("one", *(f"Sentence {n}." for n in range(20)), worth=0.9, pieces=200)
    assert len(worth_reading(long)) <= MOST_PIECES // 200 + 1
    short = sentences("one", *(f"Sentence {n:02}." for n in range(90)), worth=0.9, pieces=1)
    assert len(worth_reading(short)) == MOST_READ


def test_the_best_sentences_are_read_with_the_one_before_them() -> None:
    every = sentences("one", *(f"Sentence {n:02}." for n in range(60)), worth=0.1)
    best = sentences("two", "She arrived first.", "He led the talks.", worth=0.0)
    best[1] = CandidateSentence(best[1].article, best[1].start, best[1].end, 0, 1, 0, 0, 0, 9.0, 9.0, MEAN, 10)
    read = worth_reading([*every, *best])
    assert [each.text for each in read[:2]] == ["She arrived first.", "He led the talks."]


def scores(question: Question, read: list[CandidateSentence]) -> dict[int, float]:
    """What the reader makes of sentences that it reads in one go, by their identity."""
    model = reading_models().reader
    rows = model.read(question.text, question.history, model.rows(lines_of(read)))
    return dict(zip(map(id, read), (each.score for row in rows for each in row.sentences), strict=True))


def test_the_best_sentences_are_read_a_second_time_side_by_side(encoder: Encoder) -> None:
    bundle = own_bundles()[0]
    with library_of(bundle, encoder) as found_in:
        question, passages = found_in(bundle.questions[0])
        sentences = to_read(question, passages)
        read = read_sentences(reading_models().reader, question, sentences)
    assert len(sentences) > TOGETHER
    once, now = scores(question, sentences), {id(each.candidate): each.reader for each in read}
    twice = [each for each in sentences if now[id(each)] != once[id(each)]]
    again = scores(question, twice)
    assert len(twice) == TOGETHER
    for each in twice:
        assert now[id(each)] == pytest.approx((once[id(each)] + again[id(each)]) / 2)


def test_where_the_best_are_all_there_are_one_reading_is_enough(encoder: Encoder) -> None:
    bundle = own_bundles()[0]
    with library_of(bundle, encoder) as found_in:
        question, passages = found_in(bundle.questions[0])
        few = to_read(question, passages)[:TOGETHER]
        read = read_sentences(reading_models().reader, question, few)
    assert {id(each.candidate): each.reader for each in read} == scores(question, few)
