"""Input validation: question, count, history and filters, with errors of one sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.answer import History, Turn
from index.errors import QuestionError
from index.filters import Filter

LONGEST_QUESTION = 4_000
MOST_PASSAGES = 1_000
#: Of a long conversation, this many of the latest questions count.
TURNS_KEPT = 6


def checked_question(question: str) -> str:
    """The question without outer space. Raises QuestionError where it is empty or too long."""
    asked = question.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").strip()
    if not asked:
        raise QuestionError("The question is empty: ask in a few words, such as “Who led Russia’s delegation?”.")
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(asked):,} characters and may have {LONGEST_QUESTION:,}: "
            "ask for one thing at a time."
        )
    return asked


def checked_count(k: int) -> int:
    """The number of passages. Raises QuestionError unless it is between 1 and 1,000."""
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_PASSAGES:
        raise QuestionError(f"The number of passages (k) is {k} and must lie between 1 and {MOST_PASSAGES:,}.")
    return k


def checked_history(history: History) -> tuple[Turn, ...]:
    """The latest earlier turns, oldest first, without those that have no question."""
    if isinstance(history, str):
        raise QuestionError("The history is one text and must be a list of earlier questions or turns, oldest first.")
    turns = [turn if isinstance(turn, Turn) else Turn(str(turn)) for turn in history]
    kept = [replace(turn, question=turn.question.strip()[:LONGEST_QUESTION]) for turn in turns]
    return tuple(turn for turn in kept if turn.question)[-TURNS_KEPT:]


def checked_filter(
    publisher: str | Sequence[str] | None,
    after: date | str | None,
    before: date | str | None,
    hidden: Sequence[str] = (),
) -> Filter:
    """The filters. Dates may be given as text, "2026-02-18". Raises QuestionError where one cannot be used."""
    given = (publisher,) if isinstance(publisher, str) else publisher or ()
    names = tuple(dict.fromkeys(each.strip() for each in given if each.strip()))
    first, last = _day("after", after), _day("before", before)
    if first is not None and last is not None and first > last:
        raise QuestionError(
            f"Nothing lies after {first.isoformat()} and before {last.isoformat()}: exchange the two dates."
        )
    return Filter(names[0] if names else None, first, last, names[1:], tuple(hidden))


def _day(name: str, value: date | str | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (ValueError, AttributeError) as error:
        raise QuestionError(f"The date “{value}” ({name}) cannot be read: write it like 2026-02-18.") from error
