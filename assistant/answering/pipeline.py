"""The answering pipeline: question, candidate passages, quotes, then an answer or an abstention."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer, Citation, Passage
from assistant.answering.contrasts import contrasts_of
from assistant.answering.extraction import ReadingModels, extract, nearest, reading_models
from assistant.answering.messages import COURTESY, is_courtesy, refusal
from assistant.answering.overview import (
    MOST_ARTICLES,
    ONE,
    PASSAGES,
    SEVERAL,
    asks_for_all,
    opening,
    overview,
    wants_overview,
)
from assistant.answering.quotes import Quote
from assistant.answering.same_words import merged
from assistant.answering.sections import compares, in_order, newest_first, sections_of
from assistant.answering.short_answer import short_answer
from assistant.language.annotation import annotated
from assistant.models import PLAIN, QuestionType
from assistant.models.weights import WeightsError
from assistant.retrieval.candidates import Candidate, Query
from assistant.retrieval.query_hints import hints
from assistant.retrieval.retriever import Found, Retriever
from index.article import Article
from index.filters import Filter
from index.reader import Looked, Reader

Span = tuple[int, int]

#: Passages that an answer is made from, and that come back with it.
CONSIDERED = 20
SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What an answer rests on: the passages in the running, the quotes taken from them, and the answer these make.

    `looked` is what the question met in the library.
    """

    question: str
    candidates: tuple[Candidate, ...]
    quotes: list[Quote]
    quoted: Answer
    looked: Looked


class Grounds:
    """Finds what answers rest on in one library. Safe to share among threads."""

    def __init__(self, reader: Reader, weights: Path | None = None) -> None:
        """`weights` is the folder of the reading models' weights, if not the one that ships with Talks."""
        self._reader = reader
        self._weights = weights
        self._retriever = Retriever(reader)
        self._opening = threading.Lock()
        self._models: ReadingModels | str | None = None

    def load(self) -> None:
        """Load the models that read, so that the first question does not wait for them."""
        with self._opening:
            if self._models is None:
                try:
                    self._models = reading_models(self._weights)
                    self._models.reader.load()
                except WeightsError as error:
                    self._models = f"{error} Until then, the answer is the sentence that is most like the question."

    def look_up(
        self, question: str, leaning: tuple[str, ...], turns: tuple[str, ...], where: Filter
    ) -> tuple[Basis, bool]:
        """What an answer rests on, and whether the earlier questions were looked for with this one."""
        with self._reader.encoder.turns.question(), self._reader.question() as looked:
            return self._looked_up(question, leaning, turns, where, looked)

    def _looked_up(
        self, question: str, leaning: tuple[str, ...], turns: tuple[str, ...], where: Filter, looked: Looked
    ) -> tuple[Basis, bool]:
        named = hints(question, self._reader.publishers).publishers
        if not named and is_courtesy(question):
            return Basis(question, (), [], Answer(COURTESY, answered=False), looked), False
        query = self._retriever.encoded(question, leaning, where)
        if wants_overview(question, turns, named) or (not leaning and self._asks_for_all(query)):
            within = where if where.allowed or not named else replace(where, publisher=min(named))
            return self._overview(question, within, looked), False
        return self._basis(self._searched(query, question, leaning, where, CONSIDERED), where, looked), bool(leaning)

    def _asks_for_all(self, query: Query) -> bool:
        self.load()
        if not isinstance(self._models, ReadingModels):
            return False
        likely = self._models.types.read(query.text, query.meaning).kinds["overview"]
        return asks_for_all(likely, query.stems, self._reader.document_frequency, self._reader.passages)

    def find(self, question: str, leaning: tuple[str, ...], where: Filter, k: int) -> Found:
        """What the search comes to, once it is the question's turn."""
        with self._reader.encoder.turns.question():
            return self._found(question, leaning, where, k)

    def _found(self, question: str, leaning: tuple[str, ...], where: Filter, k: int) -> Found:
        return self._searched(self._retriever.encoded(question, leaning, where), question, leaning, where, k)

    def _searched(self, query: Query, question: str, leaning: tuple[str, ...], where: Filter, k: int) -> Found:
        """What the search comes to, also where a rebuild by another process takes the old index from under it."""
        try:
            return self._retriever.search(query, where, k)
        except Exception:
            before = self._reader.generation
            if self._reader.refresh() == before:
                raise
            return self._retriever.find(question, leaning, where, k)

    def _basis(self, found: Found, where: Filter, looked: Looked) -> Basis:
        """What was found, and the answer in quotes: the refusal where the articles do not answer."""
        self.load()
        query, candidates, models = found.query, found.candidates, self._models
        usable = isinstance(models, ReadingModels)
        extracted = (
            extract(models, query, candidates) if isinstance(models, ReadingModels) else nearest(query, candidates)
        )
        quotes = extracted.quotes
        quoted = self._quoted(candidates, quotes if extracted.verdict.answered else [], where, extracted.question)
        notices = () if usable or not quotes else (str(models),)
        return Basis(query.text, candidates, quotes, replace(quoted, notices=notices), looked)

    def _overview(self, question: str, where: Filter, looked: Looked) -> Basis:
        """The only article that may answer as a whole, or how the newest of them open."""
        shelves = [self._whole(article) for article in self._reader.newest(MOST_ARTICLES, where)]
        if len(shelves) == 1:
            quotes, notice = overview(shelves[0]), ONE
        else:
            quotes, notice = [quote for shelf in shelves for quote in opening(shelf)], SEVERAL
        candidates = tuple(candidate for shelf in shelves for candidate in shelf)
        quoted = self._quoted(candidates, quotes, where)
        return Basis(question, candidates, quotes, replace(quoted, notices=(notice,) if quotes else ()), looked)

    def _whole(self, article: Article) -> list[Candidate]:
        """An article's passages from its beginning on, none of them ranked."""
        rows = self._reader.passages_in(article.id)[:PASSAGES]
        tokens = self._reader.tokens([row.number for row in rows])
        pieces = {number: (vectors, spans) for number, vectors, spans in tokens.each()}
        return [
            Candidate(row.number, article, row.start, row.end, row.sentences, vectors, spans, 1.0, 0.0, 0.0, 0.0)
            for row in rows
            if row.number in pieces
            for vectors, spans in (pieces[row.number],)
        ]

    def refused(self, near: tuple[Passage, ...], where: Filter) -> Answer:
        """The answer that the articles do not say; `near` are the passages to read all the same."""
        return Answer(refusal(self._reader.holdings(where), where, bool(near)), answered=False, passages=near)

    def _quoted(
        self, candidates: tuple[Candidate, ...], quotes: list[Quote], where: Filter, question: QuestionType = PLAIN
    ) -> Answer:
        near = tuple(passage(each) for each in candidates[:SHOWN])
        if not quotes:
            return self.refused(near, where)
        articles = {each.article.id: each.article for each in candidates}.values()
        found = merged([cited(quote) for quote in newest_first(quotes, question)], articles)
        ordered = in_order(found, question)
        citations = tuple(replace(each, number=number) for number, each in enumerate(ordered, start=1))
        contrasts = contrasts_of(citations, _answers(quotes, citations), asked=compares(question))
        differ = any(each.kind == "figure" and not each.same for each in contrasts)
        text = "\n\n".join(f"{each.quote} [{each.number}]" for each in citations)
        return Answer(
            text,
            answered=True,
            citations=citations,
            passages=near,
            short=short_answer(quotes, citations, question),
            sections=sections_of(citations, question, differ=differ),
            contrasts=contrasts,
        )


def passage(candidate: Candidate) -> Passage:
    """A candidate as it comes back."""
    return Passage(candidate.text, candidate.start, candidate.end, candidate.score, candidate.article)


def _answers(quotes: Sequence[Quote], citations: Sequence[Citation]) -> dict[int, tuple[Span, ...]]:
    """Where the reader found the answer's own words, by the number of the citation that holds them."""
    numbers = {(each.article.id, each.start): each.number for each in citations}
    places = ((numbers.get((quote.article.id, quote.start)), quote.words) for quote in quotes)
    return {number: words for number, words in places if number is not None}


def cited(quote: Quote) -> Citation:
    """A quote as a citation with its speaker and day, not numbered yet."""
    return annotated(Citation(0, quote.text, quote.start, quote.end, quote.article))
