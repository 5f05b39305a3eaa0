"""The `Assistant`: ask, stream and retrieve over one library (facade of the read side)."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Checks, Citation, History, Passage, PersonEntry
from assistant.answering.follow_ups import leaned_on
from assistant.answering.generation import LanguageModels
from assistant.answering.messages import damage, distance, is_courtesy
from assistant.answering.pipeline import Basis, Grounds, passage
from assistant.retrieval.statements import Statements
from assistant.settings import Settings
from assistant.validation import checked_count, checked_filter, checked_history, checked_question
from index import Index
from index.closing import Closing
from index.encoding.encoder import Encoder
from index.filters import Filter
from index.home import Home
from index.reader import Reader

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.checking.checker import Checker
    from assistant.langchain_retriever import TalksRetriever

BRIEF_PUT_IN = "The library was empty, so the brief that ships with Talks was put in: “{title}”."


class Assistant(Closing):
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
        weights: Path | None = None,
    ) -> None:
        """Open the library in `home`, or the default one; nothing heavy is loaded before the first question.

        `mend` is called where a question finds a part of the index damaged, and gives what is done about it, in a few
        words for the answer's notices. `model` writes the answers, in place of the one that the settings name.
        `weights` is the folder of the reading models' weights, if not the one that ships with Talks. Raises
        LibraryError where the home cannot be used, SettingError where a setting is wrong.
        """
        settings = settings or Settings.read(home=home)
        self._settings = settings
        self._mend = mend
        self._models = LanguageModels(settings, model)
        self.home = Home.find(home or settings.home)
        self.encoder = encoder or Encoder(settings.embedding_model)
        self._reader = Reader(self.home, self.encoder, settings.chroma)
        self._grounds = Grounds(self._reader, weights)
        self._statements = Statements(self._reader)
        self._first = threading.Lock()

    def close(self) -> None:
        """Close all files."""
        self._statements.close()
        self._reader.close()
        self._models.close()

    def present(self) -> None:
        """Raise LibraryError where the library's folder is gone, which a writer would otherwise create anew."""
        self._reader.present()

    def load(self) -> None:
        """Load the model and open the library now, so that the first question does not wait for them."""
        self.encoder.load()
        self._grounds.load()
        self._refresh()
        self._models.load()

    def retrieve(
        self,
        question: str,
        k: int = 5,
        history: History = (),
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
    ) -> list[Passage]:
        """The `k` passages (1 to 1,000) that the question is most about, best first; fewer if there are no more.

        `history` holds the earlier turns, oldest first. `publisher` (one or several, any case), `after` and `before`
        (days, both included) leave out all other articles. Raises QuestionError where one of them cannot be used.
        """
        checked = checked_question(question)
        count, turns, where = checked_count(k), checked_history(history), checked_filter(publisher, after, before)
        self._refresh()
        found = self._grounds.find(checked, leaned_on(checked, turns), where, count)
        return [passage(each) for each in found.candidates]

    def ask(
        self,
        question: str,
        history: History = (),
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        hidden: Sequence[str] = (),
    ) -> Answer:
        """Answer a question, every sentence with its exact quotes, or say that the articles do not say.

        The arguments are those of `retrieve`; publishers of `hidden` are left out. Raises QuestionError where one of
        them cannot be used.
        """
        *_, answer = self.stream(question, history, publisher=publisher, after=after, before=before, hidden=hidden)
        return answer

    def stream(
        self,
        question: str,
        history: History = (),
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        hidden: Sequence[str] = (),
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
        turns, where = checked_history(history), checked_filter(publisher, after, before, hidden)
        return self._streamed(checked, turns, history, where, stop)

    def _streamed(
        self, question: str, turns: tuple[str, ...], history: History, where: Filter, stop: threading.Event | None
    ) -> Generator[Answer, None, None]:
        notices = self._refresh()
        model = self._models.writer()
        leaning = leaned_on(question, turns)
        asked, checks = None, None
        if model is not None and leaning and not is_courtesy(question):
            asked, checks = self._rewritten(question, history, model, stop)
        basis, by_rule = self._grounds.look_up(asked or question, () if asked else leaning, turns, where)
        read_as = asked or (" ".join((*leaning, question)) if by_rule else None)
        quoted, generation = basis.quoted, basis.looked.generation
        notices = (*(notices or damage(basis.looked.away, self._mend)), *distance(basis.looked.unreachable))
        if model is None or not quoted.answered:
            notices = (*notices, *quoted.notices)
            yield replace(quoted, notices=notices, generation=generation, checks=checks, read_as=read_as)
            return
        if self._checker.notice:
            notices = (*notices, self._checker.notice)
        with closing(self._written(basis, model, stop, checks)) as answers:
            for each in answers:
                yield replace(each, notices=(*notices, *each.notices), generation=generation, read_as=read_as)

    def _rewritten(
        self, question: str, history: History, model: "BaseChatModel", stop: threading.Event | None
    ) -> tuple[str | None, Checks]:
        """A follow-up rewritten by the model as a question of its own (None where it fails), with the tokens used."""
        from assistant.answering.generation.follow_ups import standalone
        from assistant.answering.generation.streaming import Stopped

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
        basis: Basis,
        model: "BaseChatModel",
        stop: threading.Event | None,
        checks: Checks | None,
    ) -> Generator[Answer, None, None]:
        """The answer as the model writes it, from the passages that gave the quotes."""
        from assistant.answering.generation.context import material
        from assistant.answering.generation.writer import write

        return write(
            basis.question,
            material(basis.candidates, basis.quotes),
            model,
            self._checker,
            self._settings.model_timeout,
            quoted=lambda: basis.quoted,
            judge=self._models.judge(),
            passages=basis.quoted.passages,
            stop=stop,
            checks=checks or Checks(),
        )

    @cached_property
    def _checker(self) -> "Checker":
        from assistant.checking.checker import Checker

        return Checker()

    def people(
        self, *, publisher: str | None = None, after: date | str | None = None, before: date | str | None = None
    ) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles let speak, with counts; whoever says most comes first.

        >>> talks.people()[0].name  # doctest: +SKIP
        'Volodymyr Zelensky'

        The filters are those of `retrieve`. Articles are read for this when they are published, and what they say is
        kept; those that were not, as after an update of Talks, are read at the first call, some 15 ms each.
        """
        where = checked_filter(publisher, after, before)
        self._refresh()
        return self._statements.people(where)

    def statements(
        self,
        person: str,
        about: str | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        *,
        publisher: str | None = None,
    ) -> tuple[Citation, ...]:
        """All that a person says, by date and paper, each with its exact words, speaker and day.

        >>> [each.quote for each in talks.statements("Medinsky", about="mood")]  # doctest: +SKIP
        ['The talks were "difficult but businesslike", Medinsky said.']

        `person` is a name in any spelling, full or last; `about` a subject in a few words; `after` and `before` are
        days of the articles, both included. Raises QuestionError where one of them cannot be used.
        """
        name = checked_question(person)
        where = checked_filter(publisher, after, before)
        self._refresh()
        return self._statements.of(name, about, where)

    def as_retriever(self, **settings: Any) -> "TalksRetriever":
        """This assistant as a LangChain retriever, for any chain; with `k`, `publisher`, `after`, `before` as there."""
        from assistant.langchain_retriever import TalksRetriever

        return TalksRetriever(assistant=self, **settings)

    def _refresh(self) -> tuple[str, ...]:
        """Follow what writers have published, and put the brief into a library that never held anything."""
        if self._reader.refresh():
            return damage(self._reader.away, self._mend)
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
