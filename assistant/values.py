"""Answers, passages and articles as plain typed dictionaries, as programs get them over HTTP and MCP."""

from typing_extensions import TypedDict  # typing's own cannot be read by pydantic before Python 3.12

from assistant.answer import Answer, Citation, Passage
from index import Article, Entry


class ArticleInfo(TypedDict):
    """An article without its text. `published` and `added` are like 2026-02-18, with a time where there is one."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    source: str


class PassageInfo(TypedDict):
    """A passage: characters `start` to `end` of its article's text; `score` lies between 0 and 1."""

    text: str
    start: int
    end: int
    score: float
    article: ArticleInfo


class CitationInfo(TypedDict):
    """The words behind the marker `[number]`: characters `start` to `end` of the article's text."""

    number: int
    quote: str
    start: int
    end: int
    article: ArticleInfo


class AnswerInfo(TypedDict):
    """An answer; `answered` is False where the articles do not say, and `text` then says so."""

    text: str
    answered: bool
    mode: str
    generation: int
    notices: list[str]
    citations: list[CitationInfo]
    passages: list[PassageInfo]


class EntryInfo(TypedDict):
    """An article of the library, with when it came in and its number of passages."""

    article: ArticleInfo
    added: str
    passages: int


def article_info(article: Article) -> ArticleInfo:
    """An article as programs see it."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": None if article.published is None else article.published.isoformat(),
        "url": article.url,
        "language": article.language,
        "source": article.source,
    }


def passage_info(passage: Passage) -> PassageInfo:
    """A passage as programs see it."""
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": passage.score,
        "article": article_info(passage.article),
    }


def citation_info(citation: Citation) -> CitationInfo:
    """A citation as programs see it."""
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_info(citation.article),
    }


def answer_info(answer: Answer) -> AnswerInfo:
    """An answer as programs see it."""
    return {
        "text": answer.text,
        "answered": answer.answered,
        "mode": answer.mode,
        "generation": answer.generation,
        "notices": list(answer.notices),
        "citations": [citation_info(each) for each in answer.citations],
        "passages": [passage_info(each) for each in answer.passages],
    }


def entry_info(entry: Entry) -> EntryInfo:
    """An article of the library as programs see it."""
    return {"article": article_info(entry.article), "added": entry.added.isoformat(), "passages": entry.passages}
