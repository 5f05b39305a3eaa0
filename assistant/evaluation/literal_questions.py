"""Literal questions: public ones in the very words of their passages, some with the answering sentence taken out.

Written bundles are asked as people type; constants fitted on them alone refuse questions in an article's own words.
These come from SQuAD 1.1's training half (`reading-questions.jsonl.gz` and `reading-passages.jsonl.gz`).
"""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.encoding import sentences

#: Articles, the passages of each, and the questions drawn for a passage.
ARTICLES, PASSAGES, QUESTIONS = 45, 5, 3
#: How often the sentence that answers a passage's first question is taken out, with whatever else it answers.
TAKEN_OUT = 0.5


@dataclass(frozen=True, slots=True)
class LiteralQuestion:
    """A question, and whether the articles that come with it answer it."""

    text: str
    answered: bool


def literal_questions(folder: Path, seed: int = 17) -> tuple[list[str], list[LiteralQuestion]]:
    """The texts of articles made of passages in `folder`, and questions about them.

    A passage from which a sentence was taken out has only the questions that the sentence answered, as its others may
    lean on it.

    >>> texts, questions = literal_questions(Path("training"))  # doctest: +SKIP
    >>> len(texts), sum(each.answered for each in questions) / len(questions)  # doctest: +SKIP
    (45, 0.73)
    """
    rng = random.Random(seed)
    passages = {each["id"]: str(each["text"]) for each in _lines(folder / "reading-passages.jsonl.gz")}
    asked: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for question in _lines(folder / "reading-questions.jsonl.gz"):
        if question["source"].startswith("squad") and question["sure"]:
            asked[question["passage"]].append(question)
    ids = sorted(asked)
    texts: list[str] = []
    found: list[LiteralQuestion] = []
    for first in rng.sample(range(len(ids) - PASSAGES + 1), min(ARTICLES, len(ids) - PASSAGES + 1)):
        parts = []
        for number in ids[first : first + PASSAGES]:
            drawn = rng.sample(asked[number], min(QUESTIONS, len(asked[number])))
            text, questions = _passage(passages[number], drawn, rng.random() < TAKEN_OUT)
            parts.append(text)
            found += questions
        texts.append("\n\n".join(parts))
    return texts, found


def _passage(text: str, asked: list[dict[str, Any]], taken_out: bool) -> tuple[str, list[LiteralQuestion]]:
    """A passage and its questions, without the sentence that alone holds the first one's answer where it can go."""
    spans = list(sentences(text))
    places = [next((i for i, (a, b) in enumerate(spans) if a <= each["start"] < b), None) for each in asked]
    answer = str(asked[0]["answer"]).lower()
    holds = [i for i, (a, b) in enumerate(spans) if answer in text[a:b].lower()]
    if not taken_out or len(spans) < 3 or holds != [places[0]]:
        return text, [LiteralQuestion(each["question"], True) for each in asked]
    kept = " ".join(text[a:b] for i, (a, b) in enumerate(spans) if i != places[0])
    gone = [each for each, place in zip(asked, places, strict=True) if place == places[0]]
    return kept, [LiteralQuestion(each["question"], False) for each in gone]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
