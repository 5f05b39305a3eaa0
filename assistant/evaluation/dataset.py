"""Question files: questions with known answers and the evidence for them.

One JSON object a line:

    {"id": "1", "question": "Who led Ukraine's team?", "answerable": true, "answers": ["Umerov"], "type": "who",
     "evidence": [{"article": "geneva-round-ends-without-deal", "quote": "led for Kyiv in Geneva"}]}

`answers`, `history` (earlier questions, oldest first) and `type` may be missing. Evidence names an article by its file
name without the ending; without a `quote` the whole article counts, and `context` are words around a short quote.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: words of an article, or anywhere in it where `quote` is None."""

    article: str
    quote: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """One question of a question file. A good answer contains one of `answers`, where there are any."""

    id: str
    question: str
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    type: str = ""


def read_questions(path: str | Path) -> list[KnownQuestion]:
    """The questions of a file. Raises QuestionError, which names the file and the line that cannot be used."""
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise QuestionError(f"The question file {path} cannot be read ({reason}): check its name.") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"The question file {path} is not UTF-8 text: save it as UTF-8.") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except json.JSONDecodeError as error:
                raise QuestionError(f"{path}, line {number}: this is no JSON ({error.msg}): correct it.") from error
            except RecursionError as error:
                raise QuestionError(f"{path}, line {number}: this is nested too deep: correct it.") from error
            except ValueError as error:
                raise QuestionError(f"{path}, line {number}: {error}: correct it.") from error
    if not questions:
        raise QuestionError(f"The question file {path} holds no questions: write one JSON object a line.")
    return questions


def _question(row: Any) -> KnownQuestion:
    if not isinstance(row, dict):
        raise ValueError("this is no JSON object")
    for field, kinds in (("id", (str, int)), ("question", str), ("answerable", bool), ("evidence", list)):
        if field not in row:
            raise ValueError(f"the field “{field}” is missing")
        if not isinstance(row[field], kinds):
            raise ValueError(f"the field “{field}” cannot be {json.dumps(row[field], ensure_ascii=False)[:60]}")
    if not row["question"].strip():
        raise ValueError("the field “question” is empty")
    return KnownQuestion(
        id=str(row["id"]),
        question=row["question"],
        answerable=row["answerable"],
        evidence=tuple(_evidence(each) for each in row["evidence"]),
        answers=tuple(each for each in _texts(row, "answers") if each),
        history=_texts(row, "history"),
        type=str(row.get("type") or ""),
    )


def _evidence(each: Any) -> Evidence:
    if not isinstance(each, dict) or not isinstance(each.get("article"), str):
        raise ValueError("a piece of the field “evidence” names no “article”")
    quote, context = each.get("quote"), each.get("context")
    if not isinstance(quote, str | None) or not isinstance(context, str | None):
        raise ValueError("a “quote” or “context” in the field “evidence” is no text")
    return Evidence(each["article"], quote, context)


def _texts(row: dict[str, Any], field: str) -> tuple[str, ...]:
    value = row.get(field) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"the field “{field}” is no list of texts")
    return tuple(value)
