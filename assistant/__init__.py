"""The read side of Talks: retrieval, question answering and citations."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, History, Passage, Turn
from assistant.assistant import Assistant

if TYPE_CHECKING:
    from assistant.checking import Checker, Verdict
    from assistant.langchain_retriever import TalksRetriever

__all__ = [
    "Answer", "Assistant", "Citation", "Passage", "TalksRetriever", "Turn", "Verdict", "ask", "check", "retrieve",
]  # fmt: skip


@cache
def default_assistant() -> Assistant:
    """The assistant of the default home, which `ask` and `retrieve` use: opened once a process.

    Raises:
        LibraryError: the home cannot be used.
        SettingError: a setting is wrong.
    """
    return Assistant()


@cache
def _checker() -> "Checker":
    from assistant.checking import Checker

    return Checker()


def check(sentence: str, sources: Sequence[str], before: str = "") -> "Verdict":
    """Check whether sources say what a sentence says, by exact facts, safe edits and a small entailment model.

    Args:
        sentence: what is claimed, without markers.
        sources: texts of one to a few sentences each; up to three of them together may carry the sentence.
        before: what stands before the sources in their article, which tells who a "he" in them is.

    Returns:
        the verdict; its `sources` are the indexes in `sources`, from 0, of those that carry the sentence, best first.
        Where the model's weights are missing, only what keeps to the sources' own words is supported.

    >>> check("Holm left Rome.", ["It rained.", "On Friday Holm, who looked tired, left Rome."]).sources
    (1,)
    """
    from assistant.checking import sources_of

    return _checker().find(sentence, sources_of(sources, before))


def ask(
    question: str,
    history: History = (),
    *,
    publisher: str | Sequence[str] | None = None,
    after: date | str | None = None,
    before: date | str | None = None,
) -> Answer:
    """Answer a question from the default library; see `Assistant.ask`.

    >>> ask("Who led Russia's delegation?").answered  # doctest: +SKIP
    True
    """
    return default_assistant().ask(question, history, publisher=publisher, after=after, before=before)


def retrieve(
    question: str,
    k: int = 5,
    history: History = (),
    *,
    publisher: str | Sequence[str] | None = None,
    after: date | str | None = None,
    before: date | str | None = None,
) -> list[Passage]:
    """The passages of the default library that a question is about; see `Assistant.retrieve`.

    >>> [passage.score for passage in retrieve("Who led Russia's delegation?", k=3)]  # doctest: +SKIP
    [0.94, 0.41, 0.2]
    """
    return default_assistant().retrieve(question, k, history, publisher=publisher, after=after, before=before)


def __getattr__(name: str) -> Any:
    if name == "TalksRetriever":  # LangChain is only imported by those who use it
        from assistant.langchain_retriever import TalksRetriever

        return TalksRetriever
    if name == "Verdict":
        from assistant.checking import Verdict

        return Verdict
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
