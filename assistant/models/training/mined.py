"""Mined rows: what the reader read for written questions, as `assistant.evaluation.mining` wrote it, for training."""

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.models.reader import Row, RowSentence
from assistant.models.training.reading_rows import ANSWERS, LabelledRow, RowMaker, typed

#: Rows of a question that nothing answers, drawn of so many that ranked first.
UNANSWERED, AMONG = 2, 3


@dataclass(frozen=True, slots=True)
class MinedRow:
    """Lines that were read together, a label each, and the answer's words: (line, start, end), characters of it."""

    lines: Row
    labels: tuple[int, ...]
    span: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class MinedQuestion:
    """A question as the reader sees it, with the earlier one that it leans on, and its rows, best ranked first.

    `again` are the rows of the second reading, which hold the best sentences of all rows.
    """

    text: str
    rows: tuple[MinedRow, ...]
    again: tuple[MinedRow, ...] = ()


def as_json(question: MinedQuestion) -> dict[str, Any]:
    """The question as a line of the file; `mined_questions` reads it back."""
    rows, again = (
        [
            {
                "lines": [[line.text, line.follows, line.header] for line in row.lines],
                "labels": row.labels,
                "span": row.span,
            }
            for row in rows
        ]
        for rows in (question.rows, question.again)
    )
    return {"question": question.text, "rows": rows, "again": again}


def mined_questions(path: Path) -> Iterator[MinedQuestion]:
    """The questions of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            rows, again = (
                tuple(
                    MinedRow(
                        tuple(RowSentence(*line) for line in row["lines"]),
                        tuple(row["labels"]),
                        tuple(row["span"]) if row["span"] else None,
                    )
                    for row in record[name]
                )
                for name in ("rows", "again")
            )
            yield MinedQuestion(record["question"], rows, again)


def mined_rows(maker: RowMaker, questions: Iterable[MinedQuestion], seed: int) -> list[LabelledRow]:
    """Of each question the rows that answer and one that does not, likelier one that ranked high.

    Of one that nothing answers, two of the three that ranked highest. The rows of the second reading come all.
    """
    rng = random.Random(seed)
    found = []
    for question in questions:
        for row in (*_drawn(question.rows, rng), *question.again):
            made = maker.row(typed(question.text, rng), row.lines, row.labels, row.span)
            if made is not None:
                found.append(made)
    return found


def _drawn(rows: Iterable[MinedRow], rng: random.Random) -> list[MinedRow]:
    answering: list[MinedRow] = []
    others: list[MinedRow] = []
    for row in rows:
        (answering if ANSWERS in row.labels else others).append(row)
    if not answering:
        first = others[:AMONG]
        return rng.sample(first, min(UNANSWERED, len(first)))
    return answering + ([others[min(len(others) - 1, int(rng.expovariate(1.0)))]] if others else [])
