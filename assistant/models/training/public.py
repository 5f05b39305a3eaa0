"""Public reading data: SQuAD 1.1 and QAMR as reading rows, with questions that a passage does not answer.

Rows without an answer are made of those with one: the answering sentence taken out; a neighbouring passage of the same
subject; a question altered so that it asks for something else, by another name or number, by the opposite of one of
its words, or by another word of the passage.
"""

import gzip
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.models.reader import RowSentence
from assistant.models.training.reading_rows import ANSWERS, FINE, NOT, LabelledRow, RowMaker
from index.encoding import sentences

#: Of all rows: those with their answer, those it is taken out of, those of a neighbour; the rest is altered.
SHARES = (0.56, 0.14, 0.08)
#: A row whose question was altered may be answered all the same, so it counts less: by an opposite, by another name or
#: number, by another word of the passage.
UNSURE = {"opposite": 0.9, "name": 0.8, "word": 0.6}

_OPPOSITES = (
    "first last|oldest youngest|before after|earliest latest|increase decrease|increased decreased|won lost|win lose|"
    "most least|more less|more fewer|north south|northern southern|east west|eastern western|largest smallest|"
    "biggest smallest|highest lowest|begin end|began ended|started stopped|start stop|bought sold|buy sell|"
    "accepted rejected|accept reject|joined left|join leave|allowed banned|allow ban|support oppose|"
    "supported opposed|above below|up down|male female|men women|father mother|son daughter|husband wife|"
    "brother sister|king queen|public private|internal external|attack defend|attacked defended|rise fall|"
    "rose fell|open close|opened closed|find lose|found lost|strongest weakest|best worst|longest shortest|"
    "same different|local foreign|majority minority|maximum minimum|positive negative|hot cold|old new|"
    "inside outside|create destroy|created destroyed|arrive depart|arrived departed|borrow lend|import export|"
    "rural urban|ancient modern|early late|young old|rich poor|light dark|strong weak|high low|large small|"
    "major minor|hired fired|appointed dismissed|agreed refused|succeeded failed|gained lost|cause prevent"
)
_OPPOSITE: dict[str, list[str]] = {}
for _pair in _OPPOSITES.split("|"):
    _one, _other = _pair.split()
    _OPPOSITE.setdefault(_one, []).append(_other)
    _OPPOSITE.setdefault(_other, []).append(_one)

_WORDS = re.compile(r"(?<![\w-])[a-z]+(?![\w-])")
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
        altered = _altered(asked, answer, passage, rng)
        if altered is None:
            return None
        asked, answering, weight = altered[0], None, UNSURE[altered[1]]
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
    lines = [
        RowSentence(texts[i], follows=bool(place) and kept[place - 1] == i - 1, header=None if place else "")
        for place, i in enumerate(kept)
    ]
    return maker.row(asked, lines, labels, span, weight) if kept else None


def _altered(question: str, answer: str, passage: str, rng: random.Random) -> tuple[str, str] | None:
    """The question asking for something else, and how it was altered."""
    turned = _turned(question, rng)
    if turned is not None and rng.random() < 0.8:
        return turned, "opposite"
    if rng.random() < 0.3:
        other = _reworded(question, answer, passage, rng)
        return None if other is None else (other, "word")
    renamed = _renamed(question, answer, passage, rng)
    return None if renamed is None else (renamed, "name")


def _turned(question: str, rng: random.Random) -> str | None:
    """The question with one of its words exchanged for its opposite."""
    found = [word for word in _WORDS.finditer(question) if word.group() in _OPPOSITE]
    if not found:
        return None
    word = rng.choice(found)
    return question[: word.start()] + rng.choice(_OPPOSITE[word.group()]) + question[word.end() :]


def _reworded(question: str, answer: str, passage: str, rng: random.Random) -> str | None:
    """The question with one of its longer words exchanged for another of the passage with the same ending."""
    found = [word for word in _WORDS.finditer(question) if len(word.group()) > 4]
    if not found:
        return None
    word = rng.choice(found)
    asked = question.lower()
    fitting = sorted(
        {
            other
            for other in _WORDS.findall(passage)
            if len(other) > 4
            and other[-2:] == word.group()[-2:]
            and other[:5] != word.group()[:5]
            and other not in asked
            and other not in answer
        }
    )
    return question[: word.start()] + rng.choice(fitting) + question[word.end() :] if fitting else None


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
