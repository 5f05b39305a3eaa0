"""Query rewriting: a language model, where one is set, writes a follow-up as a question that stands alone."""

import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.answering.generation.client import ModelError, streamed
from assistant.answering.generation.drafts import flattened
from assistant.answering.generation.prompts import leaks
from assistant.language import names_in, words_of
from assistant.request import Request

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


SYSTEM = (
    "You rewrite the last question of a conversation so that it can be understood without the rest. Put in who or what "
    "is meant by words such as “he”, “they” or “there”. Add nothing else. Write the one question, and no answer."
)
#: Of the conversation, so many turns and characters of each answer are shown; the rest is cut.
TURNS = 4
ANSWER_CHARACTERS = 500
LONGEST = 300
#: Seconds: finding by rule is not worth a longer wait.
PATIENCE = 20.0


def standalone(
    request: Request,
    model: "BaseChatModel",
    patience: float,
    *,
    usage: Callable[[int, int], object] = lambda read, written: None,
    stop: threading.Event | None = None,
) -> str | None:
    """The follow-up rewritten, or None where the model does not serve: it is then found by rule.

    `patience` is in seconds; `usage` and `stop` are those of `streamed`. A rewritten question may hold no name that the
    conversation does not: the model is to recall, not to invent.
    """
    lines = []
    for turn in request.history[-TURNS:]:
        lines.append(f"Question: {_flat(turn.question)}")
        if turn.answer:
            lines.append(f"Answer: {_flat(turn.answer.text if isinstance(turn.answer, Answer) else turn.answer)}")
    lines.append(f"Last question: {_flat(request.question)}")
    told = "\n".join(lines)
    try:
        said = "".join(
            streamed(model, [("system", SYSTEM), ("human", told)], min(patience, PATIENCE), usage=usage, stop=stop)
        )
    except ModelError:
        return None
    first = next((line for line in said.splitlines() if line.strip()), "")
    rewritten = re.sub(r"^(?:(?:rewritten|standalone|last) )?question:\s*", "", flattened(first), flags=re.IGNORECASE)
    rewritten = rewritten.strip(' "“”')
    if not rewritten.endswith("?") or len(rewritten) > LONGEST or len(rewritten.split()) < 3 or leaks(rewritten):
        return None
    known = {word.lower for word in words_of(told)}
    countries = {word.country for word in words_of(told)}
    named = {word.lower for name in names_in(rewritten) for word in name.words}
    if not named <= known or any(word.country not in countries for word in words_of(rewritten)):
        return None
    return rewritten


def _flat(text: str) -> str:
    return flattened(re.sub(r"\[\d+\]", "", text))[:ANSWER_CHARACTERS]
