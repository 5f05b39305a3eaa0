"""Negation check: whether a sentence affirms what its sources deny, or the reverse."""

import re
from collections.abc import Callable, Sequence

from assistant.language.attribution import VERBS
from assistant.language.tokens import Word

_CUES = frozenset(
    "not never no nor neither none nothing without nobody cannot nowhere hardly barely scarcely unable".split()
)
#: Words that deny by what they mean: they stand for a "not" on the other side, but need none there.
_DENYING = re.compile(
    r"refus|reject|den(?:y|ies|ied|ial)|fail|lack|absen|declin|avoid|oppos|unable|impossib|unclear|unresolv|unsettl|"
    r"undecid|undisclos|unspecif|illegit|withh|disagree|inconclus|fruitless"
)
#: Words by which a paraphrase avoids a "not": "hard" for "not easy".
_AVOIDING = re.compile(
    r"open$|miss|stop|shun|resist|differ|hard$|difficult|tough|silent|secret|slim|little|few|outside|beyond|prevent|"
    r"short$|empty|except|stuck|drop|keep|kept|still|remain"
)
#: Take a side, against something or for it.
_AGAINST = re.compile(r"refus|reject|oppos|den(?:y|ies|ied)")
_FOR = re.compile(
    r"accept|approv|support|back(?:s|ed|ing)?$|endors|welcom|adopt|ratif|allow|permit|embrac|prais|uph[eo]ld|applaud|confirm|admit"
)
_STOPPING = re.compile(r"stop|halt|ceas|avoid|refrain")
#: Go one way, or the other.
_UP = re.compile(
    r"ris(?:e|es|en|ing)$|rose$|gr[eo]w|increas|climb|gain|doubl|tripl|soar|surg|higher|expand|earn|strengthen"
)
_DOWN = re.compile(
    r"fall(?:s|en|ing)?$|fell$|los(?:e|es|t|ing)$|drop|declin|decreas|shr[aiu]nk|halv|cut|reduc|lower|plung|slump|weaken|narrow"
)
#: How many words that say something a "not" reaches.
_REACH = 3
_FURTHEST = 7
_STOPS = re.compile(r"[;:.!?”—–]")
#: The first so many of the words denied must be denied on the other side, too.
_COMPARED = 2

Matched = Callable[[int], int | None]
"""For a word's place in one sentence, the place of the word in the other that means the same; None for none."""


def cue(word: Word) -> bool:
    """Does a word say no?"""
    return word.lower in _CUES or word.lower.endswith(("n’t", "n't"))


def denying(word: Word) -> bool:
    """Does a word deny by what it means?"""
    return not word.plain and _DENYING.match(word.lower) is not None


def denied(text: str, words: Sequence[Word], at: int) -> list[int]:
    """The places of the words that a "not" at `at` reaches, nearest first."""
    found: list[int] = []
    for i in range(at + 1, min(len(words), at + 1 + _FURTHEST)):
        gap = text[words[i - 1].end : words[i].start]
        if _STOPS.search(gap) or (found and "," in gap) or words[i].lower in {"but", "because", "while"}:
            break
        named = words[i].country and words[at].lower in {"neither", "nor"}  # "Neither Kyiv nor Moscow has given"
        if not words[i].plain and not named:
            found.append(i)
        if len(found) == _REACH:
            break
    return found


def flipped(text: str, words: Sequence[Word], source: str, held: Sequence[Word], there: Matched, back: Matched) -> str:
    """The word by which a sentence turns its source round; "" where it does not.

    `words` and `held` are the words of the sentence and of its source, `there` finds the one in the other, `back` the
    other way.
    """
    denied_there, denied_here = _all_denied(source, held), _all_denied(text, words)
    copied = {word.key for word in held}
    says_no = any(
        cue(word) or (word.key not in copied and (denying(word) or _AVOIDING.match(word.lower))) for word in words
    )
    source_says_no = any(cue(word) or denying(word) for word in held)
    for at, word in enumerate(words):
        if not cue(word) or word.quoted:
            continue
        reached = denied(text, words, at)[:_COMPARED]
        matched = [other for i in reached if (other := there(i)) is not None]
        twice = any(denying(words[i]) for i in reached)  # "never refused" denies what "refused" denies not
        if any(other in denied_there or (not twice and _beside(held, other)) for other in matched):
            continue
        if matched or not source_says_no:
            return word.text
    for at, word in enumerate(held):
        if not cue(word):
            continue
        for i in denied(source, held, at)[:_COMPARED]:
            here = back(i)
            if here is not None and here not in denied_here and not says_no and not held[i].country:
                return words[here].text
    turned = _turned(words, source, held, there, (source_says_no, says_no))
    if turned:
        return turned
    for at, word in enumerate(held):  # "agreed to send" for "refused to send"
        if denying(word) and not word.quoted and not says_no and back(at) is None:
            reached = [here for i in denied(source, held, at)[:_COMPARED] if (here := back(i)) is not None]
            if reached:
                return words[reached[0]].text
    return ""


def _clauses(text: str, words: Sequence[Word]) -> list[list[Word]]:
    """The words of a sentence, clause by clause."""
    found: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        gap = text[words[at - 1].end : word.start] if at else ""
        if ";" in gap or ("," in gap and word.lower in {"but", "and", "while", "whereas"}):
            found.append([])
        found[-1].append(word)
    return found


def _turned(words: Sequence[Word], source: str, held: Sequence[Word], there: Matched, no: tuple[bool, bool]) -> str:
    """The word by which a sentence takes another side, or goes another way, than its source: "fell" for "rose"."""
    source_says_no, says_no = no
    copied = {word.key for word in held}
    here = {word.key for word in words if not word.plain}
    nearest = max(_clauses(source, held), key=lambda clause: len(here & {word.key for word in clause}), default=[])
    up, down = (any(rule.match(word.lower) for word in nearest) for rule in (_UP, _DOWN))
    against = any(_AGAINST.match(word.lower) and not word.quoted for word in held)
    avoided = any(_AVOIDING.match(word.lower) for word in held)
    for at, word in enumerate(words):
        if word.quoted or word.plain or word.key in copied:
            continue
        if (_AGAINST.match(word.lower) or _STOPPING.match(word.lower)) and not (source_says_no or avoided):
            return word.text
        if _FOR.match(word.lower) and not says_no and (against or (there(at) is None and word.lower not in VERBS)):
            return word.text
        if (_UP.match(word.lower) and down and not up) or (_DOWN.match(word.lower) and up and not down):
            return word.text
    return ""


def _all_denied(text: str, words: Sequence[Word]) -> set[int]:
    """The places of all words that are denied; "given up nothing" denies its verb as "not given up" does."""
    found = {i for at, word in enumerate(words) if cue(word) for i in denied(text, words, at)}
    for at, word in enumerate(words):
        if word.lower in {"nothing", "nobody", "none", "nowhere"}:
            ahead = [i for i in range(at) if not words[i].plain and not _STOPS.search(text[words[i].end : word.start])]
            found |= set(ahead[-1:])
    return found


def _beside(held: Sequence[Word], at: int) -> bool:
    """Is a word itself denying, or does one that is stand close before or behind it?"""
    stopping = at > 0 and _STOPPING.match(held[at - 1].lower) is not None  # "stop flying" for "not fly"
    return stopping or any(denying(held[i]) for i in range(max(0, at - 4), min(len(held), at + 5)))
