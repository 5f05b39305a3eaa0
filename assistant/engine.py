"""The engine: answers requests over one library, in quotes or in the words of a language model."""

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer, Checks, Citation, Passage, PersonEntry
from assistant.answering import Basis, Pipeline
from assistant.answering.generation import LanguageModels
from assistant.answering.messages import damage, distance
from assistant.memory import give_back
from assistant.request import Request
from assistant.retrieval import Statements
from assistant.settings import Settings
from index import Index
from index.closing import Closing
from index.encoding import Encoder
from index.filters import Filter
from index.home import Home
from index.reader import Reader

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.checking import Checker

BRIEF_PUT_IN = "The library was empty, so the brief that ships with Talks was put in: “{title}”."


class Engine(Closing):
    """Answers requests from one library; safe to share among threads.

    A library that never held anything gets the brief that ships with Talks when the first request comes.

    >>> engine = Engine()  # doctest: +SKIP
    >>> engine.ask(Request.of("Who led Russia's delegation?")).answered
    True
    """

    def __init__(
        self,
        home: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        model: "BaseChatModel | None" = None,
        settings: Settings | None = None,
        mend: Callable[[], str] | None = None,
        weights: Path | None = None,
    ) -> None:
        """Open a library; arguments and errors are those of `Assistant`."""
        settings = settings or Settings.read(home=home)
        self._settings = settings
        self._mend = mend
        self._models = LanguageModels(settings, model)
        self.home = Home.find(home or settings.home)
        self.encoder = encoder or Encoder(settings.embedding_model)
        self.reader = Reader(self.home, self.encoder, settings.chroma)
        self._statements = Statements(self.reader)
        self._pipeline = Pipeline(self.reader, weights, self._statements.kept)
        self._first = threading.Lock()

    def close(self) -> None:
        """Close all files."""
        self._statements.close()
        self.reader.close()
        self._models.close()

    def present(self) -> None:
        """Raise LibraryError where the library's folder is gone, which a writer would otherwise create anew."""
        self.reader.present()

    def load(self) -> None:
        """Load the models and open the library now, so that the first request does not wait for them."""
        self.encoder.load()
        self._pipeline.load()
        self._statements.kept(())  # opens the file and looks whether it is whole, 100 ms for 20 MB
        self._refresh()
        self._models.load()
        give_back()

    def retrieve(self, request: Request, k: int) -> list[Passage]:
        """The `k` passages (at least 1) that a question is most about, best first; fewer if there are no more."""
        self._refresh()
        return self._pipeline.find(request, k)

    def ask(self, request: Request) -> Answer:
        """Answer a question, every sentence with its exact quotes, or say that the articles do not say."""
        *_, answer = self.stream(request)
        return answer

    def stream(self, request: Request, stop: threading.Event | None = None) -> Generator[Answer, None, None]:
        """The answer as it grows; the last is whole. `stop` ends it at what there is by then."""
        notices = self._refresh()
        model = self._models.writer()
        question, rewritten, checks = None, None, None
        if model is not None and request.history:
            question = self._pipeline.read(request)
            if question.earlier and not question.courtesy:
                rewritten, checks = self._rewritten(request, model, stop)
            if rewritten:
                request, question = request.rewritten(rewritten), None
        basis = self._pipeline.look_up(request, question)
        quoted, generation, read_as = basis.quoted, basis.library.generation, rewritten or basis.read_as
        notices = (*(notices or damage(basis.library.away, self._mend)), *distance(basis.library.unreachable))
        if model is None or not quoted.answered:
            notices = (*notices, *quoted.notices)
            yield replace(quoted, notices=notices, generation=generation, checks=checks, read_as=read_as)
            return
        if self._checker.notice:
            notices = (*notices, self._checker.notice)
        with closing(self._written(basis, model, stop, checks)) as answers:
            for each in answers:
                yield replace(each, notices=(*notices, *each.notices), generation=generation, read_as=read_as)

    def people(self, where: Filter = Filter()) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles that pass a filter let speak, with counts; whoever says most comes first."""
        self._refresh()
        return self._statements.people(where)

    def statements(self, person: str, about: str | None = None, where: Filter = Filter()) -> tuple[Citation, ...]:
        """All that a person says in the articles that pass a filter, or all of it that is about a subject."""
        self._refresh()
        return self._statements.of(person, about, where)

    def _rewritten(
        self, request: Request, model: "BaseChatModel", stop: threading.Event | None
    ) -> tuple[str | None, Checks]:
        """A follow-up rewritten by the model as a question of its own (None where it fails), with the tokens used."""
        from assistant.answering.generation import standalone
        from assistant.answering.generation.streaming import Stopped

        used = [0, 0]

        def count(read: int, written: int) -> None:
            used[0] += read
            used[1] += written

        try:
            asked = standalone(request, model, self._settings.model_timeout, usage=count, stop=stop)
        except Stopped:
            asked = None
        return asked, Checks(tokens_read=used[0], tokens_written=used[1])

    def _written(
        self, basis: Basis, model: "BaseChatModel", stop: threading.Event | None, checks: Checks | None
    ) -> Generator[Answer, None, None]:
        """The answer as the model writes it, from the passages that gave the quotes."""
        from assistant.answering.generation import material, write

        return write(
            basis.question,
            material(basis.candidates, basis.quotes),
            model,
            self._checker,
            self._settings.model_timeout,
            quoted=lambda: basis.quoted,
            answers=basis.answers,
            judge=self._models.judge(),
            passages=basis.quoted.passages,
            stop=stop,
            checks=checks or Checks(),
        )

    @cached_property
    def _checker(self) -> "Checker":
        from assistant.checking import Checker

        return Checker()

    def _refresh(self) -> tuple[str, ...]:
        """Follow what writers have published, and put the brief into a library that never held anything."""
        if self.reader.refresh():
            return damage(self.reader.away, self._mend)
        with self._first:
            if self.reader.refresh():
                return ()
            with Index(self.home.folder, encoder=self.encoder, settings=self._settings) as index:
                if index.generation():
                    return ()
                folder = files("index").joinpath("articles")
                with as_file(folder) as path:
                    added = [index.add(each) for each in sorted(path.glob("*.md"))]
            self.reader.refresh()
            return tuple(BRIEF_PUT_IN.format(title=each.title) for each in added)
