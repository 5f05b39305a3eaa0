"""The articles and sentences of the cases: one JSON object a line.

`articles.jsonl` holds the made-up articles. `NAME.jsonl` holds sentences about one of them, or about the shipped brief:
`cites` are words of the sentences that the sentence cites, `stands` is whether these carry it.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.article import Article

Cites = tuple[str, ...]


def sentences(name: str, *, stand: bool = True) -> tuple[tuple[str, Cites], ...]:
    """The sentences of a file that stand, or that do not, each with words of the sentences that it cites."""
    return tuple((each["sentence"], tuple(each["cites"])) for each in _lines(name) if each["stands"] is stand)


def article(name: str) -> Article:
    """The made-up article of that id."""
    (found,) = (each for each in _lines("articles") if each["id"] == name)
    return Article(**found | {"published": date.fromisoformat(found["published"])})


def _lines(name: str) -> Iterator[dict[str, Any]]:
    text = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8")
    return map(json.loads, text.splitlines())
