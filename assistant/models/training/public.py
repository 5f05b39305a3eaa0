"""Public reading data: SQuAD 1.1 and QAMR as reading rows, with questions that a passage does not answer.

Three kinds of rows without an answer are made of those with one: the answering sentence taken out; a neighbouring
passage of the same subject; another name or number put into the question.
"""

import gzip
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.models.training.reading_rows import ANSWERS, FINE, NOT, LabelledRow, RowMaker
from index.encoding import sentences

#: Of all rows: those with their answer, those it is taken out of, those of a neighbour; the rest ask for another name.
SHARES = (0.62, 0.18, 0.10)
#: A row that asks for another name may be answered all the same, so it counts less.
UNSURE = 0.7

_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b\d[\d,.]*\b")


def public_rows(maker: RowMaker, folder: Path, count: int, seed: int) -> list[LabelledRow]:
    """Up to `count` rows of the questions in `folder` (reading-questions.jsonl.gz, reading-passages.jsonl.gz)."""
    rng = random.Random(seed)
    passages = {each["id"]: each["text"] for each in _lines(folder / "reading-passages.jsonl.gz")}
    questions = [each for each in _lines(folder / "reading-questions.jsonl.gz") if each["sure"]]
    rng.shuffle(questions)
    paragraphs = {each["passage"] for each in questions if each["source"].startswith("squad")}
    found: list[LabelledRow] = []
    for question in questions:
        if len(found) >= count:
            break
        near = [i for i in (question["passage"] - 1, question["passage"] + 1) if i in paragraphs]
        row = _row(maker, question, passages[question["passage"]], [passages[i] for i in near], rng)
        if row is not None:
            found.append(row)
    return found


def _row(
    maker: RowMaker, question: dict[str, Any], passage: str, neighbours: Sequence[str], rng: random.Random
) -> LabelledRow | None:
    spans = sentences(passage)
    start, answer = question["start"], question["answer"]
    gold = next((i for i, (first, last) in enumerate(spans) if first <= start < last), None)
    if gold is None or (len(spans) < 3 and rng.random() < 0.7):
        return None
    texts = [passage[first:last] for first, last in spans]
    asked, chance = question["question"], rng.random()
    kept: list[int] = list(range(len(texts)))
    answering: int | None = gold
    weight = 1.0
    if chance >= SHARES[0] + SHARES[1] + SHARES[2]:
        renamed = _renamed(asked, answer, passage, rng)
        if renamed is None:
            return None
        asked, answering, weight = renamed, None, UNSURE
    elif chance >= SHARES[0] + SHARES[1]:
        if not neighbours:
            return None
        other = rng.choice(list(neighbours))
        texts, answering = [other[first:last] for first, last in sentences(other)], None
        kept = list(range(len(texts)))
    elif chance >= SHARES[0]:
        kept, answering = [i for i in kept if i != gold], None
    if len(kept) > 3 and rng.random() < 0.3:
        kept = [i for i in kept if i == answering or rng.random() < 0.7] or kept[:1]
    labels = [ANSWERS if i == answering else NOT for i in kept]
    span = None
    if answering is not None:
        labels = [
            FINE if i != answering and answer.lower() in texts[i].lower() else label
            for i, label in zip(kept, labels, strict=True)
        ]
        first, last = spans[gold]
        span = (kept.index(gold), start - first, min(start + len(answer), last) - first)
    asked = asked.rstrip("?").lower() if rng.random() < 0.3 else asked
    return maker.row(asked, "", [texts[i] for i in kept], labels, span, weight) if kept else None


def _renamed(question: str, answer: str, passage: str, rng: random.Random) -> str | None:
    """The question with one of its names or numbers exchanged for another of the passage."""
    names = list(_NAME.finditer(question))
    others = sorted(set(_NAME.findall(passage)) - set(_NAME.findall(question)))
    if not names or not others:
        return None
    name = rng.choice(names)
    fitting = [
        other
        for other in others
        if other[0].isdigit() == name.group()[0].isdigit() and other not in answer and answer not in other
    ]
    return question[: name.start()] + rng.choice(fitting) + question[name.end() :] if fitting else None


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
