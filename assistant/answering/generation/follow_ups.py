"""Query rewriting: a follow-up becomes a question of its own, by the model or by rule."""

import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, Turn
from assistant.answering.generation.client import ModelError, streamed
from assistant.answering.generation.drafts import flattened
from assistant.answering.generation.prompts import leaks
from assistant.language.names import names_in
from assistant.language.tokens import STOP_WORDS, words_of

#: So short a question says too little by itself: "And Kostyukov?", "Why not?".
SHORT = 5
_OPENS = re.compile(r"^(?:and|but|so|then|or|what about|how about|why not|what else|who else)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|that|these|those|there|then|the same|"
    r"the former|the latter|such|both|others?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_HELPS = "(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
#: The form of a whole question or request: "Who is …", "Did …", "List …", and not "How many prisoners?".
_WHOLE = re.compile(
    rf"^(?:please )?(?:(?:who|what|when|where|why|how|which)(?:['’]s\b|\b.*\b{_HELPS}\b)|{_HELPS}\b|"
    r"(?:summari[sz]e|list|show|tell|give|name|describe|explain|compare|find)\b)",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\W*what(?:['’]s| is| are)? (?:the )?(?:new|news|latest|latest news|happening|going on)"
    r"(?: today| now| this week)?\W*",
    re.IGNORECASE,
)
#: Words that name no subject by themselves: "What was the reason?" asks about what was spoken of.
_NO_SUBJECT = frozenset(
    """
    say says said saying tell told happen happened happens next else more again after before then reason reasons result
    results outcome response reaction answer answers date day place time price cost number sentence detail details
    question others other same one ones summarize summarise list show give name describe explain compare find please me
    us mean means
    """.split()
)


def leaned_on(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier question without which this one cannot be understood, if there is one.

    >>> leaned_on("What did he tell the press?", ["Who led Russia's delegation?"])
    ("Who led Russia's delegation?",)
    >>> leaned_on("What did Rustem Umerov tell the press?", ["Who led Russia's delegation?"])
    ()
    >>> leaned_on("Summarize the Geneva talks", ["Is broccoli healthy?"])
    ()
    """
    short = len(_WORD.findall(question)) < SHORT and not stands_alone(question)
    if earlier and (short or _OPENS.search(question) or _POINTS_BACK.search(question)):
        return (earlier[-1],)
    return ()


def stands_alone(question: str) -> bool:
    """Whether a question, however short, says what it is about: it has the form of one, and names a subject.

    >>> [stands_alone(each) for each in ("What's new?", "Who is Umerov?", "And Umerov?", "What was the reason?")]
    [True, True, False, False]
    """
    if _NEWS.fullmatch(question):
        return True
    words = {word.lower() for word in _WORD.findall(question)}
    return bool(_WHOLE.search(question.strip())) and bool(words - _NO_SUBJECT - STOP_WORDS - {"s"})


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
    question: str,
    history: Sequence[Turn | str],
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
    for turn in list(history)[-TURNS:]:
        lines.append(f"Question: {_flat(turn.question if isinstance(turn, Turn) else str(turn))}")
        answer = turn.answer if isinstance(turn, Turn) else None
        if answer:
            lines.append(f"Answer: {_flat(answer.text if isinstance(answer, Answer) else answer)}")
    lines.append(f"Last question: {_flat(question)}")
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
