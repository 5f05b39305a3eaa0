"""The request: a question with its history and filters, checked once and handed on as one value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import History, Turn
from assistant.validation import checked_filter, checked_history, checked_question
from index.filters import Filter


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of the library; `Request.of` makes one of what came from outside.

    `question` is without outer space, and not empty. `history` holds the latest earlier turns, oldest first. `where`
    says which articles may answer.
    """

    question: str
    history: tuple[Turn, ...] = ()
    where: Filter = Filter()

    @classmethod
    def of(
        cls,
        question: str,
        history: History = (),
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
        hidden: Sequence[str] = (),
    ) -> "Request":
        """Check what was asked.

        Args:
            question: the question, up to 4,000 characters.
            history: earlier turns, or only their questions, oldest first; the latest six count.
            publisher: one or several publishers that alone may answer, in upper or lower case.
            after: the first day of articles that may answer, as a date or like "2026-02-18".
            before: the last such day.
            hidden: publishers that may not answer.

        Raises:
            QuestionError: one of them cannot be used.

        >>> Request.of(" Who led? ", publisher="Morning Post").where.publisher
        'Morning Post'
        """
        return cls(
            checked_question(question), checked_history(history), checked_filter(publisher, after, before, hidden)
        )

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier questions, oldest first."""
        return tuple(turn.question for turn in self.history)

    def rewritten(self, question: str) -> "Request":
        """The request with the question in words that need no earlier turn, and so without history."""
        return replace(self, question=question, history=())
