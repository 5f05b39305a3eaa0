"""The `Assistant`: ask, stream and retrieve over one library (facade of the read side)."""

import threading
from collections.abc import Callable, Generator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, History, Passage, PersonEntry
from assistant.engine import Engine
from assistant.request import Request
from assistant.settings import Settings
from assistant.validation import checked_count, checked_filter, checked_question
from index.closing import Closing
from index.encoding import Encoder
from index.home import Home

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.langchain_retriever import TalksRetriever


class Assistant(Closing):
    """Answers questions from one library; safe to share among threads. Close it, or use it in a `with` block.

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
        """Open a library; nothing heavy is loaded before the first question.

        Args:
            home: the library's folder, or the one that the settings name.
            encoder: the encoder of questions, or the one that the settings name.
            model: the language model that writes the answers, in place of the one that the settings name.
            settings: the settings, or those of the environment.
            mend: called where a question finds a part of the index damaged; it gives what is done about that, in a
                few words for the answer's notices.
            weights: the folder of the reading models' weights, or the one that ships with Talks.

        Raises:
            LibraryError: the home cannot be used.
            SettingError: a setting is wrong.
        """
        self._engine = Engine(home, encoder=encoder, model=model, settings=settings, mend=mend, weights=weights)

    @property
    def home(self) -> Home:
        """The library's home."""
        return self._engine.home

    @property
    def encoder(self) -> Encoder:
        """The encoder of questions, which an `Index` may share."""
        return self._engine.encoder

    def close(self) -> None:
        """Close all files."""
        self._engine.close()

    def present(self) -> None:
        """Check that the library is still there.

        Raises:
            LibraryError: its folder is gone, which a writer would otherwise create anew.
        """
        self._engine.present()

    def load(self) -> None:
        """Load the models and open the library now, so that the first question does not wait for them."""
        self._engine.load()

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
        """The passages that a question is most about.

        Args:
            question: the question, up to 4,000 characters.
            k: how many passages, 1 to 1,000.
            history: the earlier turns, or only their questions, oldest first; the latest six count.
            publisher: one or several publishers whose articles alone are searched, in upper or lower case.
            after: the first day of articles that are searched, as a date or like "2026-02-18".
            before: the last such day.

        Returns:
            the passages, best first; fewer than `k` if there are no more.

        Raises:
            QuestionError: an argument cannot be used.
            LibraryError: the library cannot be read.
        """
        request = Request.of(question, history, publisher=publisher, after=after, before=before)
        return self._engine.retrieve(request, checked_count(k))

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

        Args:
            question: the question, up to 4,000 characters.
            history: the earlier turns, or only their questions, oldest first; the latest six count.
            publisher: one or several publishers whose articles alone may answer, in upper or lower case.
            after: the first day of articles that may answer, as a date or like "2026-02-18".
            before: the last such day.
            hidden: publishers whose articles may not answer.

        Returns:
            the answer; its `answered` is False where the articles do not say.

        Raises:
            QuestionError: an argument cannot be used.
            LibraryError: the library cannot be read.
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

        Where a language model writes, the first has no text yet, and each sentence is shown once it was checked. Where
        the model fails before one stands, the last answer comes in quotes. Closing the iterator, or setting `stop`,
        closes the request to the model.

        Args:
            question: as in `ask`, and so are `history` and the filters.
            stop: an event that another thread sets to end the answer; the last is then what there is, perhaps no text.

        Returns:
            the answers, the last of them whole: what `ask` gives.

        Raises:
            QuestionError: an argument cannot be used; at once, not with the first answer.
            LibraryError: the library cannot be read.

        >>> for answer in talks.stream("Who led Russia's delegation?"):  # doctest: +SKIP
        ...     print(answer.text)
        """
        request = Request.of(question, history, publisher=publisher, after=after, before=before, hidden=hidden)
        return self._engine.stream(request, stop)

    def people(
        self,
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
    ) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles quote, or report as saying something.

        Statements are read out of each article when it is published, and kept; articles of which they are not kept, as
        after an update of Talks, are read at the first call, some 15 ms each.

        Args:
            publisher: one or several publishers whose articles alone are read, in upper or lower case.
            after: the first day of articles that are read, as a date or like "2026-02-18".
            before: the last such day.

        Returns:
            each person with an office and counts; whoever says most comes first.

        Raises:
            QuestionError: an argument cannot be used.
            LibraryError: the library cannot be read.

        >>> talks.people()[0].name  # doctest: +SKIP
        'Volodymyr Zelensky'
        """
        return self._engine.people(checked_filter(publisher, after, before))

    def statements(
        self,
        person: str,
        about: str | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        *,
        publisher: str | Sequence[str] | None = None,
    ) -> tuple[Citation, ...]:
        """All that the articles quote or report a person as saying.

        Args:
            person: a name in any spelling, full or last.
            about: a subject in a few words, where only what is about it is wanted.
            after: the first day of articles that are read, as a date or like "2026-02-18".
            before: the last such day.
            publisher: one or several publishers whose articles alone are read, in upper or lower case.

        Returns:
            the statements by date and paper, each with its exact words, speaker and day.

        Raises:
            QuestionError: an argument cannot be used.
            LibraryError: the library cannot be read.

        >>> [each.quote for each in talks.statements("Medinsky", about="mood")]  # doctest: +SKIP
        ['The talks were "difficult but businesslike", Medinsky said.']
        """
        where = checked_filter(publisher, after, before)
        return self._engine.statements(checked_question(person), about, where)

    def as_retriever(self, **settings: Any) -> "TalksRetriever":
        """This assistant as a LangChain retriever, for any chain.

        Args:
            settings: `k`, `publisher`, `after` and `before` as in `retrieve`; they hold for every question.
        """
        from assistant.langchain_retriever import TalksRetriever

        return TalksRetriever(assistant=self, **settings)
