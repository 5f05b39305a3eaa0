"""Serialization: stored answers as JSON, and read again against the library of today."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from assistant.answer import Answer, CheckedSentence, Checks, Citation, Contrast, Passage, SameWords, Section, ShortSpan
from assistant.language.annotation import annotated
from index.article import Article, article_info

#: Finds the articles of the given ids that the library holds, by id.
FindArticles = Callable[[Iterable[str]], Mapping[str, Article]]


@dataclass(frozen=True, slots=True)
class StaleQuote:
    """A stored quote that its article no longer holds, with the article's data at the time of the answer.

    `number` is that of the marker in the answer, 0 for a passage that was only near. `gone` is True where the article
    is no longer in the library, False where its text has changed.
    """

    number: int
    quote: str
    title: str
    publisher: str | None
    author: str | None
    published: date | datetime | None
    url: str | None
    gone: bool


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question of a conversation with its answer, and the reader's thumb: True up, False down, None neither.

    `position` counts from 0. `answer.citations` and `answer.passages` hold only what the library still holds word for
    word, so that `article.text[start:end] == quote`; all else is in `stale`, in the order of the answer.
    `searched` is what the search was narrowed to, None for nothing; `replaced` is the number of turns that an edit at
    this position put aside.
    """

    position: int
    question: str
    answer: Answer
    stale: tuple[StaleQuote, ...]
    liked: bool | None
    asked: datetime
    searched: Mapping[str, Any] | None = None
    replaced: int = 0


def written_down(answer: Answer) -> str:
    """An answer as JSON, with all that is needed to show it when its articles are gone."""
    return json.dumps(
        {
            "text": answer.text,
            "answered": answer.answered,
            "mode": answer.mode,
            "notices": answer.notices,
            "generation": answer.generation,
            "checks": None if answer.checks is None else asdict(answer.checks),
            "read_as": answer.read_as,
            "short": [asdict(each) for each in answer.short],
            "sections": [asdict(each) for each in answer.sections],
            "contrasts": [asdict(each) for each in answer.contrasts],
            "sentences": [asdict(each) for each in answer.sentences],
            "quotes": [_kept(each.number, each.quote, each.start, each.end, each.article) for each in answer.quotes],
            "citations": [
                _kept(each.number, each.quote, each.start, each.end, each.article)
                | {"also": [_kept(each.number, one.quote, one.start, one.end, one.article) for one in each.also]}
                for each in answer.citations
            ],
            "passages": [
                _kept(0, each.text, each.start, each.end, each.article) | {"score": each.score}
                for each in answer.passages
            ],
        },
        ensure_ascii=False,
    )


def article_ids(kept: Mapping[str, Any]) -> set[str]:
    """The ids of the articles that a kept answer points into."""
    also = (each for citation in kept["citations"] for each in citation.get("also", ()))
    quotes = kept.get("quotes", ())
    return {str(each["article"]) for each in (*kept["citations"], *also, *quotes, *kept["passages"])}


def read_again(kept: Mapping[str, Any], articles: Mapping[str, Article]) -> tuple[Answer, tuple[StaleQuote, ...]]:
    """A stored answer with the citations that the given articles still hold, and the stale quotes that they do not."""
    citations: list[Citation] = []
    passages: list[Passage] = []
    stale: list[StaleQuote] = []
    for each in (*kept["citations"], *kept["passages"]):
        article = articles.get(each["article"])
        start = None if article is None else _found(article.text, each["quote"], each["start"])
        if article is None or start is None:
            stale.append(_stale(each, gone=article is None))
            continue
        end = start + len(each["quote"])
        if "score" in each:
            passages.append(Passage(each["quote"], start, end, each["score"], article))
        else:
            also = _also(each, articles)
            citations.append(annotated(Citation(each["number"], each["quote"], start, end, article, also=also)))
    answer = Answer(
        text=kept["text"],
        answered=kept["answered"],
        citations=tuple(citations),
        passages=tuple(passages),
        mode=kept["mode"],
        notices=tuple(kept["notices"]),
        generation=kept["generation"],
        checks=_checks(kept.get("checks")),  # answers stored before there were models have neither
        read_as=kept.get("read_as"),
        short=_spans(kept, kept.get("short", ()), citations),
        contrasts=_contrasts(kept, citations),
        sentences=tuple(
            CheckedSentence(each["text"], tuple(each["citations"]), each["score"]) for each in kept.get("sentences", ())
        ),
        quotes=_quotes(kept, articles),
        sections=tuple(Section(each["title"], tuple(each["citations"])) for each in kept.get("sections", ())),
    )
    return answer, tuple(stale)


def _quotes(kept: Mapping[str, Any], articles: Mapping[str, Article]) -> tuple[Citation, ...]:
    """The quotes below a written answer that their articles still hold."""
    found = []
    for each in kept.get("quotes", ()):
        article = articles.get(each["article"])
        start = None if article is None else _found(article.text, each["quote"], each["start"])
        if article is not None and start is not None:
            end = start + len(each["quote"])
            found.append(annotated(Citation(each["number"], each["quote"], start, end, article)))
    return tuple(found)


def _also(kept: Mapping[str, Any], articles: Mapping[str, Article]) -> tuple[SameWords, ...]:
    """The other articles that still print a citation's words."""
    found = []
    for each in kept.get("also", ()):
        article = articles.get(each["article"])
        start = None if article is None else _found(article.text, each["quote"], each["start"])
        if article is not None and start is not None:
            found.append(SameWords(each["quote"], start, start + len(each["quote"]), article))
    return tuple(found)


def _contrasts(kept: Mapping[str, Any], citations: Sequence[Citation]) -> tuple[Contrast, ...]:
    """The contrasts of which every paper's words still hold."""
    found = []
    for each in kept.get("contrasts", ()):
        spans = _spans(kept, each["spans"], citations)
        if len(spans) == len(each["spans"]):
            found.append(Contrast(each["kind"], each["about"], each["same"], spans))
    return tuple(found)


def _spans(
    kept: Mapping[str, Any], spans: Iterable[Mapping[str, Any]], citations: Sequence[Citation]
) -> tuple[ShortSpan, ...]:
    """Spans in those citations that still hold; where a quote has moved, its words have moved with it."""
    before = {each["number"]: each["start"] for each in kept["citations"]}
    now = {each.number: each for each in citations}
    found = []
    for each in spans:
        citation = now.get(each["citation"])
        if citation is None:
            continue
        start = each["start"] + citation.start - before[citation.number]
        end = start + len(each["text"])
        if citation.article.text[start:end] == each["text"]:
            found.append(ShortSpan(each["text"], start, end, citation.number))
    return tuple(found)


def _checks(kept: Mapping[str, int] | None) -> Checks | None:
    """The stored counts, without those that only another version of Talks has."""
    return None if kept is None else Checks(**{f.name: kept[f.name] for f in fields(Checks) if f.name in kept})


def _found(text: str, quote: str, start: int) -> int | None:
    """Where the article holds the quote: at its old place, or at the one other place where it stands."""
    if text.startswith(quote, start):
        return start
    other = text.find(quote)
    return other if other >= 0 and text.find(quote, other + 1) < 0 else None


def _kept(number: int, quote: str, start: int, end: int, article: Article) -> dict[str, Any]:
    about = article_info(article)
    kept = {"number": number, "quote": quote, "start": start, "end": end, "article": article.id}
    return kept | {"title": about["title"], **{key: about[key] for key in ("publisher", "author", "published", "url")}}


def _stale(kept: Mapping[str, Any], *, gone: bool) -> StaleQuote:
    return StaleQuote(
        kept["number"],
        kept["quote"],
        kept["title"],
        kept["publisher"],
        kept["author"],
        _day(kept["published"]),
        kept["url"],
        gone,
    )


def _day(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
