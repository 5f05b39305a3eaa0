"""The read side of Talks: retrieval, question answering and citations."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, History, Passage, Turn
from assistant.assistant import Assistant

if TYPE_CHECKING:
    from assistant.langchain_retriever import TalksRetriever

__all__ = ["Answer", "Assistant", "Citation", "Passage", "TalksRetriever", "Turn", "ask", "retrieve"]


@cache
def _default() -> Assistant:
    return Assistant()


def ask(
    question: str,
    history: History = (),
    *,
    publisher: str | None = None,
    after: date | str | None = None,
    before: date | str | None = None,
) -> Answer:
    """Answer a question from the default library; see `Assistant.ask`.

    >>> ask("Who led Russia's delegation?").answered  # doctest: +SKIP
    True
    """
    return _default().ask(question, history, publisher=publisher, after=after, before=before)


def retrieve(
    question: str,
    k: int = 5,
    history: History = (),
    *,
    publisher: str | None = None,
    after: date | str | None = None,
    before: date | str | None = None,
) -> list[Passage]:
    """The passages of the default library that a question is about; see `Assistant.retrieve`.

    >>> [passage.score for passage in retrieve("Who led Russia's delegation?", k=3)]  # doctest: +SKIP
    [0.94, 0.41, 0.2]
    """
    return _default().retrieve(question, k, history, publisher=publisher, after=after, before=before)


def __getattr__(name: str) -> Any:
    if name == "TalksRetriever":  # LangChain is only imported by those who use it
        from assistant.langchain_retriever import TalksRetriever

        return TalksRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
