"""Mined rows: what is read for a written question comes back from its file, and is drawn for training."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering.reading import TOGETHER
from assistant.evaluation.mining import mined
from assistant.models.training.mined import MinedQuestion, as_json, mined_questions, mined_rows
from assistant.models.training.reading_rows import ANSWERS, RowMaker
from assistant.models.training.written import own_bundles
from index.encoding import Encoder

ENCODER = Encoder()
MAKER = RowMaker(str((ENCODER.folder or Path()) / "tokenizer.json"))
BUNDLE = own_bundles()[0]
ASKED = BUNDLE.questions[::6]


@pytest.fixture(scope="module")
def questions() -> list[MinedQuestion]:
    """The rows of every sixth question of a bundle."""
    return list(mined([replace(BUNDLE, questions=ASKED)], ENCODER))


def test_rows_hold_what_answers_and_what_only_looks_like_it(questions: list[MinedQuestion]) -> None:
    for asked, question in zip(ASKED, questions, strict=True):
        labels = [label for row in question.rows for label in row.labels]
        assert (ANSWERS in labels) == bool(asked.answer), asked.text
        assert len(labels) > labels.count(ANSWERS)


def test_the_words_of_an_answer_are_those_that_were_written(questions: list[MinedQuestion]) -> None:
    found = [
        (asked.span, row.lines[row.span[0]].text[row.span[1] : row.span[2]])
        for asked, question in zip(ASKED, questions, strict=True)
        for row in question.rows
        if row.span
    ]
    assert found
    assert all(written == words for written, words in found)


def test_a_file_of_rows_comes_back_as_it_was(questions: list[MinedQuestion], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(as_json(question)) + "\n" for question in questions)
    assert list(mined_questions(path)) == questions


def test_all_that_answer_are_trained_on_with_one_that_does_not(questions: list[MinedQuestion]) -> None:
    for question in questions:
        drawn = mined_rows(MAKER, [replace(question, again=())], seed=1)
        answering = sum(ANSWERS in row.labels for row in question.rows)
        others = len(question.rows) - answering
        assert sum(row.holds == ANSWERS for row in drawn) == answering
        assert len(drawn) - answering == (min(1, others) if answering else min(2, others))


def test_the_best_sentences_of_all_rows_are_trained_on_together(questions: list[MinedQuestion]) -> None:
    for asked, question in zip(ASKED, questions, strict=True):
        again = [line.text for row in question.again for line in row.lines]
        read = [line.text for row in question.rows for line in row.lines]
        assert TOGETHER == len(again) < len(read), asked.text
        assert set(again) <= set(read)
        drawn, alone = (mined_rows(MAKER, [each], seed=1) for each in (question, replace(question, again=())))
        assert len(drawn) == len(alone) + len(question.again)
