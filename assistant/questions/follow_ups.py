"""Follow-up resolution (query contextualization): which earlier question a follow-up leans on, by rule."""

import re
from collections.abc import Sequence

from assistant.language.tokens import STOP_WORDS

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
