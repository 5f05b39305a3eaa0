"""The answering pipeline: question, candidate passages, quotes, then an answer or an abstention."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assistant.answer import Answer, Citation, Passage
from assistant.answering.across_papers import contrasts_of, merged
from assistant.answering.extraction import ReadingModels, extract, nearest, question_types, reading_models
from assistant.answering.messages import COURTESY, refusal
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
from assistant.answering.reading import answers
from assistant.answering.sections import compares, in_order, sections_of
from assistant.answering.short_answer import short_answer
from assistant.answering.speakers import KeptStatements, nothing_kept
from assistant.language.annotation import annotated
from assistant.models import PLAIN, QuestionType
from assistant.models.question_types import QuestionTypes
from assistant.models.weights import WeightsError
from assistant.questions import Question, QuestionReader
from assistant.questions.unsaid import NOTHING, unsaid
from assistant.request import Request
from assistant.retrieval import Candidate, Retriever, StatementSpan, speaker_in
from index.aliases import Span
from index.article import Article
from index.filters import Filter
from index.reader import LibraryState, Reader

#: Passages that an answer is made from, and that come back with it.
CONSIDERED = 20
SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What an answer rests on: the passages in the running, the quotes taken from them, and the answer these make.

    `question` is the question in the words that it is answered with, and `read_as` the same behind the earlier ones
    that were looked for with it, None where there were none. `library` is what the question met in the library.
    `answers` says of a written sentence whether it answers, as far as that can be told.
    """

    question: str
    candidates: tuple[Candidate, ...]
    quotes: list[Quote]
    quoted: Answer
    library: LibraryState
    read_as: str | None = None
    answers: Callable[[str], bool] = lambda sentence: True


class Pipeline:
    """Finds what answers rest on in one library. Safe to share among threads."""

    def __init__(self, reader: Reader, weights: Path | None = None, kept: KeptStatements = nothing_kept) -> None:
        """`weights` is the folder of the reading models' weights, if not the one that ships with Talks.

        `kept` gives what is said in articles that have been read for it before.
        """
        self._reader = reader
        self._weights = weights
        self._kept = kept
        self._questions = QuestionReader(reader, self._types)
        self._retriever = Retriever(reader)
        self._opening = threading.Lock()
        self._models: ReadingModels | str | None = None

    def load(self) -> None:
        """Load the models that read, so that the first question does not wait for them."""
        self._reading_models()

    def read(self, request: Request) -> Question:
        """Read a question, once it is its turn."""
        with self._reader.encoder.turns.question():
            return self._questions.read(request)

    def find(self, request: Request, k: int) -> list[Passage]:
        """The best `k` passages for a question, once it is its turn."""
        with self._reader.encoder.turns.question():
            _, candidates = self._searched(self._questions.read(request), k)
        return [passage(each) for each in candidates]

    def look_up(self, request: Request, question: Question | None = None) -> Basis:
        """Find what an answer rests on, once it is the question's turn; `question` is the request where already read.

        What an older generation of the library was asked is read again.
        """
        with self._reader.encoder.turns.question(), self._reader.question() as library:
            if question is None or question.generation != self._reader.generation:
                question = self._questions.read(request)
            if question.courtesy:
                return Basis(question.asked, (), [], Answer(COURTESY, answered=False), library)
            if self._wants_overview(question):
                return self._overview(question, library)
            return self._basis(*self._searched(question, CONSIDERED), library)

    def _wants_overview(self, question: Question) -> bool:
        if wants_overview(question.asked, bool(question.earlier), question.publishers):
            return True
        likely = question.type.kinds["overview"]
        return (
            not question.earlier
            and question.hints.time is None
            and asks_for_all(likely, question.stems, self._reader.document_frequency, self._reader.passages)
        )

    def _types(self) -> QuestionTypes | None:
        try:
            return question_types(self._weights)
        except WeightsError:
            return None

    def _reading_models(self) -> ReadingModels | str:
        """The models that read, or the sentence that says why they cannot be used."""
        with self._opening:
            if self._models is None:
                try:
                    self._models = reading_models(self._weights)
                    self._models.reader.load()
                except WeightsError as error:
                    self._models = f"{error} Until then, the answer is the sentence that is most like the question."
            return self._models

    def _searched(self, question: Question, k: int) -> tuple[Question, tuple[Candidate, ...]]:
        """The best passages for a question, also where a rebuild by another process takes the index from under it.

        The question comes back as it was read for the index that was searched.
        """
        try:
            return question, tuple(self._retriever.search(question, k))
        except Exception:
            if self._reader.refresh() == question.generation:
                raise
            question = self._questions.read(question.request)
            return question, tuple(self._retriever.search(question, k))

    def _basis(self, question: Question, candidates: tuple[Candidate, ...], library: LibraryState) -> Basis:
        """What was found, and the answer in quotes: the refusal where the articles do not answer."""
        models = self._reading_models()
        unusable = isinstance(models, str)
        extracted = (
            nearest(question, candidates)
            if isinstance(models, str)
            else extract(models.reader, question, candidates, self._kept)
        )
        quotes = extracted.quotes
        answering = quotes if extracted.verdict.answered else []
        if answering:
            quoted = self._quoted(candidates, answering, question.request.where, question.type)
        else:
            quoted = self._refused(candidates, question.request.where, question.text)
        notices = (str(models),) if unusable and quotes else ()
        basis = Basis(
            question.text, candidates, quotes, replace(quoted, notices=notices), library, read_as=question.read_as
        )
        return basis if isinstance(models, str) else replace(basis, answers=partial(answers, models.reader, question))

    def _overview(self, question: Question, library: LibraryState) -> Basis:
        """The only article that may answer as a whole, or how the newest of them open."""
        where = question.request.where
        if question.publishers and not where.allowed:
            where = replace(where, publisher=min(question.publishers))
        articles = [self._whole(article) for article in self._reader.newest(MOST_ARTICLES, where)]
        if len(articles) == 1:
            quotes, notice = overview(articles[0]), ONE
        else:
            quotes, notice = [quote for passages in articles for quote in opening(passages)], SEVERAL
        candidates = tuple(candidate for passages in articles for candidate in passages)
        quoted = self._quoted(candidates, quotes, where)
        notices = (notice,) if quotes else ()
        return Basis(question.asked, candidates, quotes, replace(quoted, notices=notices), library)

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

    def _refused(self, candidates: Sequence[Candidate], where: Filter, question: str = "") -> Answer:
        """The answer that the articles do not say, and what of the question they do not speak of."""
        near = tuple(passage(each) for each in candidates[:SHOWN])
        texts = [each.text for each in near]
        lacking = unsaid(question, self._reader.document_frequency, texts) if near else NOTHING
        return Answer(refusal(self._reader.holdings(where), where, bool(near), lacking), answered=False, passages=near)

    def _quoted(
        self, candidates: tuple[Candidate, ...], quotes: list[Quote], where: Filter, kind: QuestionType = PLAIN
    ) -> Answer:
        if not quotes:
            return self._refused(candidates, where)
        near = tuple(passage(each) for each in candidates[:SHOWN])
        articles = {each.article.id: each.article for each in candidates}.values()
        said_in = self._kept(list({quote.article.id: quote.article for quote in quotes}.values()))
        found = merged([cited(quote, said_in.get(quote.article.id)) for quote in quotes], articles)
        ordered = in_order(found, kind)
        citations = tuple(replace(each, number=number) for number, each in enumerate(ordered, start=1))
        contrasts = contrasts_of(citations, _answers(quotes, citations), asked=compares(kind))
        differ = any(each.kind == "figure" and not each.same for each in contrasts)
        text = "\n\n".join(f"{each.quote} [{each.number}]" for each in citations)
        return Answer(
            text,
            answered=True,
            citations=citations,
            passages=near,
            short=short_answer(quotes, citations, kind),
            sections=sections_of(citations, kind, differ=differ),
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


def cited(quote: Quote, said: Sequence[StatementSpan] | None = None) -> Citation:
    """A quote as a citation with its speaker and day, not numbered yet; `said` is what is kept of its article."""
    says = None if said is None else partial(speaker_in, said)
    return annotated(Citation(0, quote.text, quote.start, quote.end, quote.article), says)
