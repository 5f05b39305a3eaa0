"""Transliteration-aware spelling comparison: do two words spell one name?

A name that comes from another script is written in several ways: Kyiv and Kiev, Zelensky and Zelenskyy, Zaporizhzhia
and Zaporozhye. `sound` writes each word by classes of letters that transliterations exchange, so that such spellings
become alike; what is left over is a typing error, and counted in letters.
"""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

#: Groups of letters that transliterations exchange, after the one letter that stands for their class.
_CLASSES = {
    "s": "shch ssh sch sh zh sz ts tz tc s z",
    "c": "tsch tch ch cz dzh dj",
    "k": "ck cq qu k c q",
    "ks": "x",
    "g": "kh gh g h",
    "t": "th dt t",
    "v": "ph ff v w f",
    "o": "ou oo oe u o",
    "i": "e i y j",
}
_CLASS_OF = {group: letter for letter, groups in _CLASSES.items() for group in groups.split()}
_GROUP = re.compile("|".join(sorted(_CLASS_OF, key=len, reverse=True)))
_SOFT_C = re.compile(r"c(?=[eiy])")
_TWICE = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"(?<!^)[aio]")
_SOFT = re.compile(r"[eiy]")
_NO_LETTER = re.compile(r"[^a-z]")

#: First letters that spellings of one name exchange.
_FIRST = ("sz", "ckqx", "gh", "vwfp", "eijy", "ou", "tc")

#: In words with fewer letters than `_SHORT` no error is looked for, as too many words differ by one; in those with
#: `_LONG` or more, two are.
_SHORT, _LONG = 5, 8
#: Another spelling of a name with fewer consonants than this has the same vowels: "Sumy" is not "Sami".
_CONSONANTS = 3


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A word by the classes of its letters, in small Latin letters.

    >>> sound("Kyiv") == sound("Kiev"), sound("Zelenskyy") == sound("Zelenskiy") == sound("Зеленский")
    (True, True)
    """
    letters = _NO_LETTER.sub("", anyascii(word).lower())
    classes = _GROUP.sub(lambda found: _CLASS_OF[found.group()], _SOFT_C.sub("s", letters))
    return _TWICE.sub(r"\1", classes)


def first_letters(word: str) -> str:
    """The letters that another spelling of a word may begin with.

    >>> first_letters("Qatar")
    'ckqx'
    """
    first = anyascii(word).lower()[:1]
    return "".join(sorted(set(first).union(*(letters for letters in _FIRST if first in letters))))


def same_name(one: str, other: str) -> bool:
    """May two words be one name in two transliterations?

    >>> same_name("Kyiv", "Kiev"), same_name("Zaporizhzhia", "Zaporozhye"), same_name("Vladimir", "Volodymyr")
    (True, True, False)
    """
    if sound(one) == sound(other):
        return True
    # Russian and Ukrainian exchange "o" and "i": Kharkov and Kharkiv.
    if len(_VOWEL.sub("", sound(one))) < _CONSONANTS:
        return False
    return _without_o(one) == _without_o(other)


def same_letters(one: str, other: str) -> bool:
    """Do two words differ in the vowels of one class alone, as Kyiv and Kiev do, and not George and Gorge?

    >>> same_letters("Kyiv", "Kiev"), same_letters("German", "Hermann"), same_letters("George", "Gorge")
    (True, False, False)
    """
    return sound(one) == sound(other) and _hard(one) == _hard(other)


def _hard(word: str) -> str:
    return _TWICE.sub(r"\1", _SOFT.sub("", _NO_LETTER.sub("", anyascii(word).lower())))


def _without_o(word: str) -> str:
    found = _TWICE.sub(r"\1", sound(word)[:1] + sound(word)[1:].replace("o", "i"))
    return found[:-1] if len(found) >= _LONG and found.endswith("ia") else found


def typing_errors(typed: str, meant: str) -> float | None:
    """By how many letters a word misses another; None where by too many for a typing error.

    >>> typing_errors("genral", "general"), typing_errors("treaty", "treason")
    (1, None)
    """
    shorter = min(len(typed), len(meant))
    if shorter < _SHORT:
        return None
    allowed = 1 if shorter < _LONG else 2
    letters = OSA.distance(typed, meant, score_cutoff=allowed)
    if letters <= allowed:
        return letters
    # What is written as it sounds misses more letters: "Tamghiery" for "Tamgiri".
    sounds = OSA.distance(sound(typed), sound(meant), score_cutoff=allowed)
    near = OSA.distance(typed, meant, score_cutoff=allowed + 2) <= allowed + 2
    return sounds + 0.5 if near and sounds <= allowed - 1 else None
