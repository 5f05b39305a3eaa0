"""What a question asks for that the articles, or the passages nearest to it, do not speak of."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.language.countries import country_of
from assistant.language.tokens import STOP_WORDS, stems_of

#: Words of a question that ask, and name nothing that an article would have to speak of.
_ASKING = frozenset(
    """
    tell say says said give show list name names explain describe compare find happen happens happened think thinks
    much many long old far often big large first last next new newest latest now today currently still exactly
    information info details detail anything something everything thing things way kind sort please know
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
#: Words that a noun follows. Only nouns are told: what happened can be said in many ways.
_BEFORE_A_NOUN = frozenset(
    "what which whose the a an his her their its of many much did does is was were about by with from on in and".split()
)
#: Words told at most.
MOST = 3


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words of a question, as typed: `unknown` stand in no article, `apart` are nouns that stand in none of the nearest
    passages.
    """

    unknown: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


NOTHING = Unsaid()


def unsaid(question: str, document_frequency: Callable[[str], int], nearest: Iterable[str]) -> Unsaid:
    """The words of `question` that the articles do not speak of.

    `document_frequency` tells in how many passages a stem stands; `nearest` are the passages most like the question.

    >>> unsaid("How tall is Macron?", lambda stem: int(stem != "macron"), ["A tall tower fell."])
    Unsaid(unknown=('Macron',), apart=())
    """
    near: frozenset[str] = frozenset[str]().union(*map(stems_of, nearest))
    unknown: list[str] = []
    apart: list[str] = []
    words = _WORD.findall(question)
    for before, word in zip(("", *words), words, strict=False):
        bare = re.sub(r"[’']s$", "", word)
        if bare.lower() in STOP_WORDS | _ASKING or country_of(bare.lower()):
            continue  # a country has several names, and an article may use another
        stems = stems_of(bare)
        if not stems or bare in unknown or bare in apart:
            continue
        noun = bare[0].isupper() or before.lower() in _BEFORE_A_NOUN or before.endswith(("’s", "'s"))
        if noun and not any(map(document_frequency, stems)):
            unknown.append(bare)
        elif noun and not stems & near:
            apart.append(bare)
    return Unsaid(tuple(unknown[:MOST]), tuple(apart[:MOST]))
