"""Tokens: the words of a sentence with their stems and places, stop words, and quotations."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.countries import country_of, country_of_two
from index.encoding import stems

#: Also the words with which one asks what somebody said: an answer may put it in any other way.
STOP_WORDS = frozenset(
    """
    a about above after again against all am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own same she should so some such than that the their theirs them
    themselves then there these they this those through to too under until up very was we were what when where which
    while who whom why will with would you your yours yourself yourselves according tell told say said says s t don
    d did u please many much whose also may might must shall upon us
    """.split()
)
#: A unit that is glued to its number is a word of its own ("30km", "$2.1bn"); a decade ("1990s") is one word.
_WORD = re.compile(
    r"\bU\.S\.(?:A\.)?|\bU\.K\.|\d+0s\b|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)\b)?|[^\W\d_]+(?:['’][^\W\d_]+)?",
    re.UNICODE,
)
_QUOTED = re.compile(r"[“\"]([^“”\"]*)(?:[”\"]|$)")
#: Say nothing by themselves: what a sentence means does not hang on them.
PLAIN = STOP_WORDS | frozenset(
    "a an the and or but of in on at to for from by with as is are was were be been being has have had do does did "
    "that which who whom whose this these those it its he she they him her them his their hers theirs there here "
    "then than so if while when where also both would will can could may might should must about into over after "
    "before during under between among amid through up down out off again very only just own such what how why i we "
    "you our your my me us all any each other some most more much many few yet still not no nor never none without "
    "neither".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at characters `start` to `end` of its sentence.

    `key` is what it is compared by: the country that it stands for, or its stem. `country` is "" for other words.
    `quoted` tells whether it stands in quotation marks, `capital` whether it begins with a capital letter.
    """

    text: str
    start: int
    end: int
    key: str
    country: str = ""
    quoted: bool = False
    capital: bool = False

    @property
    def lower(self) -> str:
        """The word in small letters, without the ending ’s."""
        return bare(self.text)

    @property
    def plain(self) -> bool:
        """Does it say nothing by itself?"""
        return not self.country and self.lower in PLAIN

    @property
    def possessive(self) -> bool:
        """Does it end in ’s, or in s’?"""
        return self.text.endswith(("’s", "'s"))


def bare(word: str) -> str:
    """A word in small letters, without the ending ’s.

    >>> bare("Russia’s")
    'russia'
    """
    lower = word.lower().replace("'", "’")
    return lower.removesuffix("’s")


@lru_cache(maxsize=4_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in their order.

    >>> [(word.text, word.key) for word in words_of("The U.S. envoys left")]
    [('The', 'the'), ('U.S.', 'america'), ('envoys', 'envoy'), ('left', 'left')]
    """
    inside = [match.span(1) for match in _QUOTED.finditer(text)]
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match[0]
        capital = word[:1].isupper()
        lower = bare(word)
        country = (country_of(lower) or "") if capital and word != "Us" else ""
        if lower == "usa" or word in {"U.S.A.", "US"}:
            country = "america"
        quoted = any(start <= match.start() < end for start, end in inside)
        if capital and found and found[-1].capital and (joined := country_of_two(found[-1].lower, lower)):
            first = found.pop()
            found.append(Word(text[first.start : match.end()], first.start, match.end(), joined, joined, quoted, True))
            continue
        found.append(Word(word, match.start(), match.end(), country or stem(lower), country, quoted, capital))
    return tuple(found)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word."""
    return next(iter(sorted(stems_of(word))), word.lower())


def opens(text: str, word: Word) -> bool:
    """Does a word stand first in a sentence or in a quotation, where any word has a capital letter?"""
    ahead = text[: word.start].rstrip()
    return not ahead or ahead[-1] in '.!?…:“"(‘'


def keys(words: Sequence[Word]) -> frozenset[str]:
    """What the words are compared by."""
    return frozenset(word.key for word in words)


def quotations(text: str) -> list[str]:
    """What stands in quotation marks, in order.

    >>> quotations("He called them “difficult but businesslike.”")
    ['difficult but businesslike.']
    """
    return [match[1] for match in _QUOTED.finditer(text) if match[1].strip()]


_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "(": "[", ")": "]"})


def folded(text: str) -> str:
    """A text as quotations are compared: small letters, straight marks, single spaces, words and inner marks alone."""
    return " ".join(re.sub(r"[^\w' -]", " ", text.translate(_MARKS).lower()).split())


def visible(text: str) -> str:
    """A text on one line without what no reader sees: zero-width, direction and tag characters."""
    shown = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc", "Co", "Cn"} or c in "\n\t ")
    return " ".join(shown.split())


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text, cut as the word index cuts them.

    >>> sorted(stems_of("Delegates agreed."))
    ['agre', 'deleg']
    """
    return frozenset(stems(text))
