"""Tense by closed classes of words: does a clause tell of what was, or of what is to come?"""

import re
from typing import Literal

Tense = Literal["past", "future", "unknown"]

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[.,;:()“”\"]")
_FUTURE = frozenset(
    "will would shall due scheduled planned expected expects expect predicts hopes hope intends intend wants want may "
    "might could can should must begins begin opens resumes resume starts expires expire returns meets meet arrives "
    "leaves takes decides goes until going faces face continues continue".split()
)
_TO = frozenset(
    "is are be was were has have had due set scheduled planned expected supposed ready about agreed decided promised "
    "vowed pledged threatened offered ordered want wants wanted hopes hoped intends intended plans".split()
)
_WILL = frozenset("will would shall ’ll may might could must should can".split())
#: Past forms that do not end in "ed".
PAST = frozenset(
    "was were had did said told met came went left began took held hit struck fell gave got made saw found lost won "
    "sent put cut shot broke broke spoke wrote drove flew sank rose stood sat ran led became brought bought built "
    "caught chose fought felt heard kept knew laid lay let meant paid read rode sold set shook shut slept spent split "
    "stole swore taught threw thought woke wore withdrew overturned been".split()
)
#: How far from the words of time the verb may stand, in words.
_FAR = 16


def tense_at(sentence: str, start: int, end: int) -> Tense:
    """The tense of what words of time, characters `start` to `end` of a sentence, belong to.

    The nearest verb before them decides, else the nearest behind them.

    >>> tense_at("The talks, held in Rome, will go on Monday.", 34, 43)
    'future'
    """
    before = _words(sentence, 0, start)
    found = _backwards(before[-_FAR:])
    return found if found != "unknown" else tense_behind(sentence, end)


def tense_behind(sentence: str, end: int) -> Tense:
    """The tense of the first verb behind words of time that end at a character of a sentence.

    >>> tense_behind("By Monday it was over.", 9)
    'past'
    """
    return _forwards(_words(sentence, end, len(sentence))[:_FAR])


def _backwards(words: list[str]) -> Tense:
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word == ";":
            break
        if _is_past(word) or word in _FUTURE:
            ahead = words[max(0, at - 4) : at]
            if any(each in _WILL for each in ahead) or _to_come(words, at):
                return "past" if "have" in ahead[1:] and ahead[-1] == "have" else "future"
            if word in _FUTURE and (not _is_past(word) or {"is", "are", "be"} & set(ahead)):
                return "future"
            return "past"
        if at and words[at - 1] in {"we", "i", "they", "you"}:
            return "future"  # "We sail on Monday"
        if at and words[at - 1] in _WILL:
            return "future"
        if at > 1 and words[at - 1] == "to" and words[at - 2] in _TO:
            return "future"
    return "unknown"


def _words(sentence: str, start: int, end: int) -> list[str]:
    """The words of a part of a sentence in small letters, but for the month of May, which is no verb."""
    found = (word.group() for word in _WORD.finditer(sentence, start, end))
    return [word if word == "May" else word.lower() for word in found]


def _to_come(words: list[str], at: int) -> bool:
    """Does "is to be", or a verb such as "agreed to", stand before a participle?"""
    return any(words[i] == "to" and words[i - 1] in _TO for i in range(max(1, at - 3), at))


def _is_past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and len(word) > 4)


def _forwards(words: list[str]) -> Tense:
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in {"will", "would", "shall"} or (word in {"is", "are"} and following in {"to", "due", "expected"}):
            return "future"
        if word in {";", ".", "“", "”"}:
            break
        if _is_past(word):
            return "past"
        if word in _FUTURE:
            return "future"
    return "unknown"
