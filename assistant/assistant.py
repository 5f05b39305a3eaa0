"""The read side of one library: ask it, and find passages in it."""

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answer import Answer, Checks, Citation, History, Passage
from assistant.asking import checked_count, checked_filter, checked_history, checked_question
from assistant.candidates import Candidate
from assistant.followups import leaned_on
from assistant.gate import judge
from assistant.hints import hints
from assistant.overview import MOST_ARTICLES, ONE, PASSAGES, SEVERAL, opening, overview, wants_overview
from assistant.quoting import Quote, choose
from assistant.refusing import COURTESY, is_courtesy, refusal
from assistant.retriever import Found, Retriever
from assistant.settings import Settings
from index import Article, Index
from index.embedding import Encoder
from index.home import Home
from index.reader import Reader
from index.words import Filter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.checking import Checker
    from assistant.langchain_retriever import TalksRetriever

#: Passages that an answer is made from, and that come back with it.
CONSIDERED = 20
SHOWN = 5

#: What questions are answered from where parts of the index are damaged, by the parts that are left.
LEFT = {
    frozenset({"vectors"}): "from the articles' words alone",
    frozenset({"words"}): "by meaning alone, not by words",
    frozenset({"tokens"}): "more slowly",
    frozenset({"vectors", "tokens"}): "from the articles' words alone",
    frozenset({"words", "tokens"}): "by meaning alone, not by words",
}
DAMAGED = "A part of the index is damaged ({parts}), so questions are answered {left} until it is made anew: {remedy}."
REMEDY = "run `python -m index rebuild`"

UNREACHABLE = "{sentence} Until then, questions are answered from the articles' words alone."

BRIEF_PUT_IN = "The library was empty, so the brief that ships with Talks was put in: “{title}”."


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """What an answer rests on: the passages in the running, the quotes taken from them, and the answer these make."""

    question: str
    candidates: tuple[Candidate, ...]
    quotes: list[Quote]
    quoted: Answer


class Assistant:
    """Answers questions from one library; safe to share among threads.

    >>> talks = Assistant()  # doctest: +SKIP
    >>> answer = talks.ask("Who led Russia's delegation?")
    >>> all(c.article.text[c.start : c.end] == c.quote for c in answer.citations)
    True

    A library that never held anything gets the brief that ships with Talks when the first question comes.
    """

    def __init__(
        self,
        home: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        model: "BaseChatModel | None" = None,
        settings: Settings | None = None,
        mend: Callable[[], str] | None = None,
    ) -> None:
        """Open the library in `home`, or the default one; nothing heavy is loaded before the first question.

        `mend` is called where a question finds a part of the index damaged, and gives what is done about it, in a few
        words for the answer's notices. `model` writes the answers, in place of the one that the settings name. Raises
        LibraryError where the home cannot be used, SettingError where a setting is wrong.
        """
        settings = settings or Settings.read(home=home)
        self._settings = settings
        self._model = model
        self._mend = mend
        self._opening = threading.Lock()
        self.home = Home.find(home or settings.home)
        self.encoder = encoder or Encoder(settings.embedding_model)
        self._reader = Reader(self.home, self.encoder, settings.chroma)
        self._retriever = Retriever(self._reader)
        self._first = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self._reader.close()
        if self._model is not None and self._settings.model:
            from assistant.models import close_model

            close_model(self._model)

    def present(self) -> None:
        """Raises LibraryError where the library's folder is gone, which whoever writes would make anew."""
        self._reader.present()

    def load(self) -> None:
        """Load the model and open the library now, so that the first question does not wait for them."""
        self.encoder.load()
        self._refresh()
        self._writer()

    def retrieve(
        self,
        question: str,
        k: int = 5,
        history: History = (),
        *,
        publisher: str | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
    ) -> list[Passage]:
        """The `k` passages (1 to 1,000) that the question is most about, best first; fewer if there are no more.

        `history` holds the earlier turns, oldest first. `publisher` (any case), `after` and `before` (days, both
        included) leave out all other articles. Raises QuestionError where one of them cannot be used.
        """
        checked = checked_question(question)
        count, turns, where = checked_count(k), checked_history(history), checked_filter(publisher, after, before)
        self._refresh()
        found = self._found(checked, leaned_on(checked, turns), where, count)
        return [_passage(each) for each in found.candidates]

    def ask(
        self,
        question: str,
        history: History = (),
        *,
        publisher: str | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
    ) -> Answer:
        """Answer a question, every sentence with its exact quotes, or say that the articles do not say.

        The arguments are those of `retrieve`. Raises QuestionError where one of them cannot be used.
        """
        *_, answer = self.stream(question, history, publisher=publisher, after=after, before=before)
        return answer

    def stream(
        self,
        question: str,
        history: History = (),
        *,
        publisher: str | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        stop: threading.Event | None = None,
    ) -> Generator[Answer, None, None]:
        """The answer as it grows: each text begins with the one before it, and markers keep their numbers.

        >>> for answer in talks.stream("Who led Russia's delegation?"):  # doctest: +SKIP
        ...     print(answer.text)

        The last is whole, and what `ask` gives. Where a model writes, the first has no text yet. All that is shown was
        checked; only where a model fails before any of it stood does the last come in quotes instead. The arguments,
        and what is raised, are those of `ask`. Closing the iterator, or setting `stop` from another thread, closes the
        request to the model; after `stop` the last answer is what there is by then, perhaps without text.
        """
        checked = checked_question(question)
        turns, where = checked_history(history), checked_filter(publisher, after, before)
        return self._streamed(checked, turns, history, where, stop)

    def _streamed(
        self, question: str, turns: tuple[str, ...], history: History, where: Filter, stop: threading.Event | None
    ) -> Generator[Answer, None, None]:
        notices = self._refresh()
        model = self._writer()
        leaning = leaned_on(question, turns)
        asked, checks = None, None
        if model is not None and leaning and not is_courtesy(question):
            asked, checks = self._rewritten(question, history, model, stop)
        basis, by_rule = self._looked_up(asked or question, () if asked else leaning, turns, where)
        read_as = asked or (" ".join((*leaning, question)) if by_rule else None)
        quoted, generation = basis.quoted, self._reader.generation
        notices = (*(notices or self._damage()), *self._distance())
        if model is None or not quoted.answered:
            notices = (*notices, *quoted.notices)
            yield replace(quoted, notices=notices, generation=generation, checks=checks, read_as=read_as)
            return
        with closing(self._written(basis, where, model, stop, checks)) as answers:
            for each in answers:
                yield replace(each, notices=(*notices, *each.notices), generation=generation, read_as=read_as)

    def _looked_up(
        self, question: str, leaning: tuple[str, ...], turns: tuple[str, ...], where: Filter
    ) -> tuple["_Basis", bool]:
        """What an answer rests on, and whether the earlier questions were looked for with this one."""
        named = hints(question, self._reader.publishers).publishers
        if not named and is_courtesy(question):
            return _Basis(question, (), [], Answer(COURTESY, answered=False)), False
        if wants_overview(question, turns, named):
            within = where if where.publisher or not named else replace(where, publisher=min(named))
            return self._overview(question, within), False
        return self._basis(self._found(question, leaning, where, CONSIDERED), where), bool(leaning)

    def _rewritten(
        self, question: str, history: History, model: "BaseChatModel", stop: threading.Event | None
    ) -> tuple[str | None, Checks]:
        """A follow-up as a question of its own, if the model has one, and what asking for it took."""
        from assistant.arriving import Stopped
        from assistant.rewriting import standalone

        used = [0, 0]

        def count(read: int, written: int) -> None:
            used[0] += read
            used[1] += written

        try:
            asked = standalone(question, history, model, self._settings.model_timeout, usage=count, stop=stop)
        except Stopped:
            asked = None
        return asked, Checks(tokens_read=used[0], tokens_written=used[1])

    def _written(
        self,
        basis: "_Basis",
        where: Filter,
        model: "BaseChatModel",
        stop: threading.Event | None,
        checks: Checks | None,
    ) -> Generator[Answer, None, None]:
        """The answer as the model writes it, from the passages that gave the quotes."""
        from assistant.material import material
        from assistant.written import write

        near = basis.quoted.passages
        return write(
            basis.question,
            material(basis.candidates, basis.quotes),
            model,
            self._checker(),
            self._settings.model_timeout,
            quoted=lambda: basis.quoted,
            refused=lambda: Answer(
                refusal(self._reader.holdings(where), where, bool(near)), answered=False, passages=near
            ),
            passages=near,
            stop=stop,
            checks=checks or Checks(),
        )

    def _writer(self) -> "BaseChatModel | None":
        """The model that writes, opened when first asked for; None where answers are made of quotes."""
        with self._opening:
            if self._model is None and self._settings.model:
                from assistant.models import open_model

                self._model = open_model(self._settings)
        return self._model

    def _checker(self) -> "Checker":
        from assistant.checking import Checker

        return Checker(self.encoder)

    def as_retriever(self, **settings: Any) -> "TalksRetriever":
        """This assistant as a LangChain retriever, for any chain; with `k`, `publisher`, `after`, `before` as there."""
        from assistant.langchain_retriever import TalksRetriever

        return TalksRetriever(assistant=self, **settings)

    def _found(self, question: str, leaning: tuple[str, ...], where: Filter, k: int) -> Found:
        """What the search comes to, also where a rebuild by another process takes the old index from under it."""
        try:
            return self._retriever.find(question, leaning, where, k)
        except Exception:
            before = self._reader.generation
            if self._reader.refresh() == before:
                raise
            return self._retriever.find(question, leaning, where, k)

    def _basis(self, found: Found, where: Filter) -> "_Basis":
        """What was found, and the answer in quotes: the refusal where the gate finds that nothing answers."""
        quotes = choose(found.query, found.candidates)
        verdict = judge(found.query, found.candidates, quotes, self._reader.document_frequency, self._reader.passages)
        quoted = self._quoted(found.candidates, quotes if verdict.answered else [], where)
        return _Basis(found.query.text, found.candidates, quotes, quoted)

    def _overview(self, question: str, where: Filter) -> "_Basis":
        """The only article that may answer as a whole, or how the newest of them open."""
        shelves = [self._whole(article) for article in self._reader.newest(MOST_ARTICLES, where)]
        if len(shelves) == 1:
            quotes, notice = overview(shelves[0]), ONE
        else:
            quotes, notice = [quote for shelf in shelves for quote in opening(shelf)], SEVERAL
        candidates = tuple(candidate for shelf in shelves for candidate in shelf)
        quoted = self._quoted(candidates, quotes, where)
        return _Basis(question, candidates, quotes, replace(quoted, notices=(notice,) if quotes else ()))

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

    def _quoted(self, candidates: tuple[Candidate, ...], quotes: list[Quote], where: Filter) -> Answer:
        near = tuple(_passage(each) for each in candidates[:SHOWN])
        if not quotes:
            return Answer(refusal(self._reader.holdings(where), where, bool(near)), answered=False, passages=near)
        citations = _citations(quotes)
        text = "\n\n".join(f"{each.quote} [{each.number}]" for each in citations)
        return Answer(text, answered=True, citations=citations, passages=near)

    def _refresh(self) -> tuple[str, ...]:
        """Follow what writers have published; put the brief in a library that never held anything."""
        if self._reader.refresh():
            return self._damage()
        with self._first:
            if self._reader.refresh():
                return ()
            with Index(self.home.folder, encoder=self.encoder, settings=self._settings) as index:
                if index.generation():
                    return ()
                folder = files("index").joinpath("articles")
                with as_file(folder) as path:
                    added = [index.add(each) for each in sorted(path.glob("*.md"))]
            self._reader.refresh()
            return tuple(BRIEF_PUT_IN.format(title=each.title) for each in added)

    def _damage(self) -> tuple[str, ...]:
        """The notice that a part of the index is damaged, where one is."""
        away = self._reader.away
        if not away:
            return ()
        remedy = REMEDY if self._mend is None else self._mend()
        parts = ", ".join(f"{name}/: {reason}" for name, reason in away.items())
        return (DAMAGED.format(parts=parts, left=LEFT.get(frozenset(away), "not at all"), remedy=remedy),)

    def _distance(self) -> tuple[str, ...]:
        """The notice that the server which holds the vectors could not be used for this question."""
        sentence = self._reader.unreachable
        return () if sentence is None else (UNREACHABLE.format(sentence=sentence),)


def _passage(candidate: Candidate) -> Passage:
    return Passage(candidate.text, candidate.start, candidate.end, candidate.score, candidate.article)


def _citations(quotes: list[Quote]) -> tuple[Citation, ...]:
    return tuple(
        Citation(number, quote.text, quote.start, quote.end, quote.article)
        for number, quote in enumerate(quotes, start=1)
    )
