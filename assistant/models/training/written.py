"""Written data: made-up articles with questions, bundles of articles on one affair, and claims with their sources.

All of it was written for this project. `data/` holds the bundles and the claims that belong to it; further folders of
the same form (articles/*.json, bundles/*.json) can be named.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.models.reader import header_of

OWN = Path(__file__).parent / "data"
#: Numbers of the bundles (of the project's, and of articles elsewhere) that are held out from training, to calibrate
#: and to measure on.
HELD_OUT = (5, 10, 15, 20, 25)

SentencePlace = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """An article: what the reader is told of it, and its sentences."""

    title: str
    publisher: str
    published: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> list[str]:
        """All sentences, numbered from 0 through all paragraphs."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def text(self) -> str:
        """The article's words, as a library holds them."""
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)

    @property
    def day(self) -> datetime | None:
        """When it was published, None where that is not given."""
        try:
            return datetime.fromisoformat(self.published.replace("Z", "+00:00")) if self.published else None
        except ValueError:
            return None

    @property
    def header(self) -> str:
        """What the reader is told of the article."""
        return header_of(self.title, self.publisher, self.day)


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question; `answer` and `fine` are (article, sentence), best first; no `answer` where the articles do not say.

    `span` holds the answer's words inside the first sentence of `answer`, "" where there are none.
    """

    text: str
    history: tuple[str, ...]
    kind: str
    answer: tuple[SentencePlace, ...]
    fine: tuple[SentencePlace, ...]
    span: str


@dataclass(frozen=True, slots=True)
class WrittenClaim:
    """A claim about a source; `wrong` are its words that the source does not support.

    `bundle` names the bundle that the source stands in, "" where it is of no bundle.
    """

    source: str
    before: str
    claim: str
    supported: bool
    wrong: str
    header: str = ""
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Articles with the questions on them and the claims about them."""

    name: str
    articles: tuple[WrittenArticle, ...]
    questions: tuple[WrittenQuestion, ...]
    claims: tuple[WrittenClaim, ...]


def own_bundles(path: Path = OWN / "bundles.jsonl.gz") -> list[Bundle]:
    """The bundles that belong to the project."""
    return [bundle_of(record, record["name"]) for record in _lines(path)]


def own_claims(path: Path = OWN / "claims.jsonl.gz") -> list[WrittenClaim]:
    """The claims that belong to the project."""
    return [claim_of(record) for record in _lines(path)]


def bundles_in(folder: Path) -> list[Bundle]:
    """The articles and bundles of a folder, one JSON file each."""
    return [
        bundle_of(json.loads(path.read_text(encoding="utf-8")), path.stem) for path in sorted(folder.rglob("*.json"))
    ]


def held_out(bundles: Iterable[Bundle]) -> tuple[list[Bundle], list[Bundle]]:
    """The bundles to train on, and those to calibrate and to measure on, by the number that their name ends with."""
    kept: list[Bundle] = []
    held: list[Bundle] = []
    for bundle in bundles:
        (held if _is_held_out(bundle.name) else kept).append(bundle)
    return kept, held


def held_out_claims(claims: Iterable[WrittenClaim]) -> tuple[list[WrittenClaim], list[WrittenClaim]]:
    """The claims to train on, and those on bundles that are held out."""
    kept: list[WrittenClaim] = []
    held: list[WrittenClaim] = []
    for claim in claims:
        (held if _is_held_out(claim.bundle) else kept).append(claim)
    return kept, held


def _is_held_out(name: str) -> bool:
    number = name.rpartition("-")[2]
    return number.isdigit() and int(number) in HELD_OUT


def bundle_of(record: dict[str, Any], name: str) -> Bundle:
    """A bundle, or an article by itself, from its JSON form."""
    articles = tuple(
        WrittenArticle(
            each.get("title") or "",
            each.get("publisher") or "",
            each.get("published") or "",
            tuple(tuple(paragraph) for paragraph in each["paragraphs"]),
        )
        for each in record.get("articles", [record])
    )
    questions = tuple(
        WrittenQuestion(
            each["q"],
            tuple(each.get("history", [])),
            each["kind"] if each["answer"] else "near",
            _places(each["answer"]),
            _places(each.get("fine", [])),
            each.get("span", ""),
        )
        for each in record["questions"]
    )
    return Bundle(name, articles, questions, tuple(_claims(record.get("claims", []), articles)))


def claim_of(record: dict[str, Any]) -> WrittenClaim:
    """A claim with its source's words from its JSON form."""
    return WrittenClaim(
        record["source"],
        record["before"],
        record["claim"],
        bool(record["supported"]),
        record.get("wrong", ""),
        bundle=record.get("bundle", ""),
    )


def _claims(records: Iterable[dict[str, Any]], articles: tuple[WrittenArticle, ...]) -> Iterator[WrittenClaim]:
    for record in records:
        places = _places(record["source"])
        if places:
            texts = [article.sentences for article in articles]
            first, number = places[0]
            yield WrittenClaim(
                " ".join(texts[article][sentence] for article, sentence in places),
                texts[first][number - 1] if number else "",
                record["claim"],
                bool(record["supported"]),
                record.get("wrong", ""),
                articles[first].header,
            )


def _places(numbers: Iterable[Any]) -> tuple[SentencePlace, ...]:
    return tuple((0, each) if isinstance(each, int) else (int(each[0]), int(each[1])) for each in numbers)


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
