"""Which earlier question a question leans on: by rule, without a language model."""

import re
from collections.abc import Sequence

#: So short a question says too little by itself: "And Kostyukov?", "Why not?".
SHORT = 5

_OPENS = re.compile(r"^(?:and|but|so|then|or|what about|how about|why not|what else|who else)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|that|these|those|there|then|the same|"
    r"the former|the latter|such|both|others?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def leaned_on(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier question without which this one cannot be understood, if there is one.

    >>> leaned_on("What did he tell the press?", ["Who led Russia's delegation?"])
    ("Who led Russia's delegation?",)
    >>> leaned_on("What did Rustem Umerov tell the press?", ["Who led Russia's delegation?"])
    ()
    """
    short = len(_WORD.findall(question)) < SHORT
    if earlier and (short or _OPENS.search(question) or _POINTS_BACK.search(question)):
        return (earlier[-1],)
    return ()
