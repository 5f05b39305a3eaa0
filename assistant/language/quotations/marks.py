"""Quotation marks: which characters of a text stand inside them, over several paragraphs where a quotation goes on."""

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”„\"«»]|(?<![^\s(—–-])‘(?=\S)|(?<=[\w.,!?…])’(?=[\s.,;:!?)—–-]|$)|''")
#: A quotation in single marks is one only where it holds so many characters: ‘fake news’ is, ’90s is not.
_OPENING, _CLOSING = "“„«‘", "”»’"
_SHORT = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters `start` to `end` between quotation marks, and them.

    `open` where no mark closes it: it goes on in the next paragraph, which begins with another.
    """

    start: int
    end: int
    open: bool = False


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text, as characters.

    >>> paragraphs("One.\\n\\nTwo.")
    [(0, 4), (6, 10)]
    """
    return [found.span() for found in _PARAGRAPH.finditer(text) if found.group().strip()]


def quotations(text: str) -> list[Quotation]:
    """What stands in quotation marks in a text, in its order.

    >>> [(q.start, q.end) for q in quotations("“Yes,” he said.")]
    [(0, 6)]
    """
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        opened, single = -1, False
        for mark in _MARK.finditer(text, start, end):
            sign = mark.group()
            closes = sign in _CLOSING or (sign in {'"', "''"} and opened >= 0)
            if opened < 0 and not closes:
                opened, single = mark.start(), sign == "‘"
            elif opened >= 0 and closes and single == (sign == "’"):
                found.append(Quotation(opened, mark.end()))
                opened = -1
        if opened >= 0 and not single:
            found.append(Quotation(opened, end, open=True))
    return found
