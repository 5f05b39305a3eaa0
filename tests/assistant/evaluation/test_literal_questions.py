"""Literal questions are answered by what comes with them, but those whose sentence was taken out."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.literal_questions import literal_questions

TOWNS = ["Vesterby", "Norhaven", "Oldwick", "Mere", "Lund", "Travemark", "Tolby", "Kamenka", "Holm", "Sund"]


def passage(town: str) -> str:
    return f"{town} lies by the sea. Its bridge was built by Engineer {town}son in 1911. Nobody crosses it in winter."


def written(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = [passage(town) for town in TOWNS]
    written(tmp_path / "reading-passages.jsonl.gz", [{"id": i, "text": text} for i, text in enumerate(texts)])
    written(
        tmp_path / "reading-questions.jsonl.gz",
        [
            {
                "question": f"Who built the bridge of {town}?",
                "passage": i,
                "answer": f"Engineer {town}son",
                "start": texts[i].index("Engineer"),
                "source": "squad1.1_train",
                "sure": True,
            }
            for i, town in enumerate(TOWNS)
        ],
    )
    return tmp_path


def test_a_question_is_answered_where_its_sentence_is_still_there(folder: Path) -> None:
    texts, questions = literal_questions(folder)
    assert len(texts) == len(TOWNS) - 4  # of five passages each, at every place
    whole = "\n\n".join(texts)
    assert len(whole.split("Engineer")) - 1 == sum(each.answered for each in questions)
    assert {each.answered for each in questions} == {True, False}


def test_of_a_passage_only_the_answering_sentence_is_taken_out(folder: Path) -> None:
    texts, _ = literal_questions(folder)
    parts = [part for text in texts for part in text.split("\n\n")]
    for part in parts:
        assert part in {passage(town) for town in TOWNS} or (
            part.endswith("lies by the sea. Nobody crosses it in winter.")
        )


def test_the_same_seed_draws_the_same_questions(folder: Path) -> None:
    assert literal_questions(folder) == literal_questions(folder)
