"""JSON schemas: answers, passages and entries as typed dictionaries, for HTTP, MCP and `--json`."""

from dataclasses import asdict
from typing import cast

from typing_extensions import TypedDict  # typing's own cannot be read by pydantic before Python 3.12

from assistant.answer import Answer, CheckedSentence, Citation, Contrast, EventDate, Passage, PersonEntry
from assistant.language.genre import is_opinion
from index import Entry
from index.article import ArticleInfo, article_info


class PassageInfo(TypedDict):
    """A passage: characters `start` to `end` of its article's text; `score` lies between 0 and 1."""

    text: str
    start: int
    end: int
    score: float
    article: ArticleInfo


class SpeakerInfo(TypedDict):
    """Who says some words: `kind` is direct, reported or spokesman; `office` is null where the article gives none."""

    name: str
    office: str | None
    kind: str


class DateInfo(TypedDict):
    """When what is told happened: a day, or the first of the week or month that `precision` names, and its words."""

    day: str
    precision: str
    words: str


class SameWordsInfo(TypedDict):
    """Another article that prints the same words, at characters `start` to `end` of its text."""

    quote: str
    start: int
    end: int
    article: ArticleInfo


class CitationInfo(TypedDict):
    """The words behind the marker `[number]`: characters `start` to `end` of the article's text.

    `speaker` is null where they are the article's own, `date` where they do not tell when it happened. `also` are the
    other articles that print them, and `opinion` tells whether they stand in a piece of opinion.
    """

    number: int
    quote: str
    start: int
    end: int
    article: ArticleInfo
    speaker: SpeakerInfo | None
    date: DateInfo | None
    also: list[SameWordsInfo]
    opinion: bool


class SpanInfo(TypedDict):
    """Words of the article that citation `citation` quotes, at characters `start` to `end` of its text."""

    text: str
    start: int
    end: int
    citation: int


class SectionInfo(TypedDict):
    """A part of an answer, a side, a paper or a day, and its citations' numbers."""

    title: str
    citations: list[int]


class ContrastInfo(TypedDict):
    """Each paper's words for one thing, a figure, a date or a wording; `same` where they agree. See `Contrast`."""

    kind: str
    about: str
    same: bool
    spans: list[SpanInfo]


class ChecksInfo(TypedDict):
    """Counts of a model's sentences and tokens; see `Checks`."""

    sentences: int
    kept: int
    rewritten: int
    replaced: int
    removed: int
    again: int
    tokens_read: int
    tokens_written: int


class SentenceInfo(TypedDict):
    """A sentence that a model wrote: `citations` carry it, `score` (0 to 1) and `sure` say how surely."""

    text: str
    citations: list[int]
    score: float
    sure: str


class AnswerInfo(TypedDict):
    """An answer; `answered` is False where the articles do not say, and `text` then says so.

    `checks` is null where no language model was asked; `read_as` where the question stood by itself. `short` are the
    answer's own words, `sections` group the citations, and `contrasts` tell where papers differ, and what they share.
    Where a model wrote, `sentences` are its own that stand, and `quotes` the articles' sentences that answer as well.
    """

    text: str
    answered: bool
    mode: str
    generation: int
    notices: list[str]
    short: list[SpanInfo]
    citations: list[CitationInfo]
    sections: list[SectionInfo]
    contrasts: list[ContrastInfo]
    sentences: list[SentenceInfo]
    quotes: list[CitationInfo]
    passages: list[PassageInfo]
    checks: ChecksInfo | None
    read_as: str | None


class PersonInfo(TypedDict):
    """Somebody whom the articles let speak, with counts of what they say and of the articles where they do."""

    name: str
    office: str | None
    statements: int
    articles: int


class EntryInfo(TypedDict):
    """An article of the library, with when it came in and its number of passages."""

    article: ArticleInfo
    added: str
    passages: int


class ArticleText(TypedDict):
    """Words of an article: characters `start` to `end` of its text, which has `length` of them."""

    article: ArticleInfo
    text: str
    start: int
    end: int
    length: int


def passage_info(passage: Passage) -> PassageInfo:
    """A passage as programs see it."""
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(float(passage.score), 6),
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
        "speaker": None if citation.speaker is None else cast(SpeakerInfo, asdict(citation.speaker)),
        "date": None if citation.date is None else _date_info(citation.date),
        "also": [
            {"quote": each.quote, "start": each.start, "end": each.end, "article": article_info(each.article)}
            for each in citation.also
        ],
        "opinion": is_opinion(citation.article),
    }


def _contrast_info(contrast: Contrast) -> ContrastInfo:
    spans = [cast(SpanInfo, asdict(each)) for each in contrast.spans]
    return {"kind": contrast.kind, "about": contrast.about, "same": contrast.same, "spans": spans}


def _sentence_info(sentence: CheckedSentence) -> SentenceInfo:
    score = round(float(sentence.score), 4)
    return {"text": sentence.text, "citations": list(sentence.citations), "score": score, "sure": sentence.sure}


def _date_info(found: EventDate) -> DateInfo:
    return {"day": found.day.isoformat(), "precision": found.precision, "words": found.words}


def answer_info(answer: Answer) -> AnswerInfo:
    """An answer as programs see it."""
    return {
        "text": answer.text,
        "answered": answer.answered,
        "mode": answer.mode,
        "generation": answer.generation,
        "notices": list(answer.notices),
        "short": [cast(SpanInfo, asdict(each)) for each in answer.short],
        "citations": [citation_info(each) for each in answer.citations],
        "sections": [{"title": each.title, "citations": list(each.citations)} for each in answer.sections],
        "contrasts": [_contrast_info(each) for each in answer.contrasts],
        "sentences": [_sentence_info(each) for each in answer.sentences],
        "quotes": [citation_info(each) for each in answer.quotes],
        "passages": [passage_info(each) for each in answer.passages],
        "checks": None if answer.checks is None else cast(ChecksInfo, asdict(answer.checks)),
        "read_as": answer.read_as,
    }


def person_info(person: PersonEntry) -> PersonInfo:
    """Somebody who speaks, as programs see them."""
    return cast(PersonInfo, asdict(person))


def entry_info(entry: Entry) -> EntryInfo:
    """An article of the library as programs see it."""
    return {"article": article_info(entry.article), "added": entry.added.isoformat(), "passages": entry.passages}
