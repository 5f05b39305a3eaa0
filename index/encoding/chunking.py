"""Chunking: cuts an article into sentences, and the sentences into passages, by offsets alone.

A passage is what is embedded and ranked; a sentence is what is quoted. Neither is ever a copy
with changes: both are spans of the article's text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sentencex  # type: ignore[import-untyped]  # carries no type hints

from index.aliases import Span
from index.encoding.sentence_ends import goes_on

#: Words in a passage: aimed at, and never exceeded unless one sentence alone is longer.
AIMED_WORDS = 160
MOST_WORDS = 200

#: Part of the index fingerprint: a library cut by other rules must be rebuilt.
PASSAGE_RULES = f"passages-2/{AIMED_WORDS}-{MOST_WORDS}"

#: What cutting costs, in units of the squared relative distance from the aimed length: a paragraph
#: is cut in two only where that saves more than this.
INSIDE_PARAGRAPH = 2.0

#: sentencex looks at the whole text for every boundary it finds, so hostile text is fed in portions.
LONGEST_PARAGRAPH = 20_000

#: The word pieces of a text as the encoder reads them: one (start, end) a piece, in order.
Pieces = Callable[[str], Sequence[Span]]

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_CLOSERS = "\"'”’»)]"
_TAIL = 60  # characters: what tells whether a boundary is one


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """Where a passage lies in `article.text`: characters `start` to `end`, and its sentences' spans."""

    start: int
    end: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence on its way into a passage."""

    start: int
    end: int
    words: int
    opens_paragraph: bool


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of `text` as (start, end) offsets, in order, without the white space around them.

    >>> [("The talks ended. No deal was reached.")[a:b] for a, b in sentences("The talks ended. No deal was reached.")]
    ['The talks ended.', 'No deal was reached.']
    """
    return [span for paragraph in _paragraphs(text) for span in _sentences_of(text, paragraph, language)]


def cut(text: str, pieces: Pieces, limit: int, language: str = "en") -> list[PassageSpan]:
    """Cut `text` into passages of whole sentences, whole paragraphs where they fit.

    `limit` is the number of word pieces that the encoder reads of one passage; no passage has more.
    The cut with the least total cost is taken, so a long paragraph falls into even parts and short
    ones are gathered. Every character that is not white space lies in a passage; where a paragraph had to
    be cut, the sentence before the cut opens the next passage too, so that what leans on it is found with it.

    >>> words = lambda text: [m.span() for m in re.finditer(r"\\S+", text)]
    >>> [(p.start, p.end) for p in cut("The talks ended. No deal was reached.", words, limit=256)]
    [(0, 37)]
    """
    offsets = pieces(text)
    starts = [start for start, _ in offsets]
    ends = [end for _, end in offsets]

    def count(start: int, end: int) -> int:
        return max(0, bisect_left(starts, end) - bisect_right(ends, start))

    units = []
    for paragraph in _paragraphs(text):
        opens = True
        for sentence in _sentences_of(text, paragraph, language):
            for start, end in _fitting(text, sentence, count, limit):
                units.append(_Unit(start, end, len(_WORD.findall(text, start, end)), opens))
                opens = False
    heads = [bisect_right(ends, unit.start) for unit in units]
    tails = [bisect_left(starts, unit.end) for unit in units]
    groups = _group(units, heads, tails, limit)
    return [
        PassageSpan(group[0].start, group[-1].end, tuple((unit.start, unit.end) for unit in group))
        for group in _overlapped(groups, count, limit)
    ]


def _paragraphs(text: str) -> list[Span]:
    spans: list[Span] = []
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_PARAGRAPH:
            space = text.rfind(" ", start + LONGEST_PARAGRAPH // 2, start + LONGEST_PARAGRAPH)
            middle = space if space > 0 else start + LONGEST_PARAGRAPH
            spans.append((start, middle))
            start = middle
        spans.append((start, end))
    return spans


def _sentences_of(text: str, paragraph: Span, language: str) -> list[Span]:
    first, last = paragraph
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries(language, text[first:last]):
        start, end = first + boundary["start_index"], first + boundary["end_index"]
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if spans and all(character in _CLOSERS for character in text[start:end]):
            spans[-1] = (spans[-1][0], end)  # a closing mark by itself belongs to the sentence before
        elif spans and goes_on(
            text[max(spans[-1][0], spans[-1][1] - _TAIL) : spans[-1][1]],
            text[spans[-1][1] : start],
            text[start : min(end, start + _TAIL)],
            opens=spans[-1][0] == first and spans[-1][1] - first <= _TAIL,
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _fitting(text: str, sentence: Span, count: Callable[[int, int], int], limit: int) -> list[Span]:
    """The sentence itself, or, where the encoder cannot read it whole, parts cut at spaces that it can."""
    start, end = sentence
    if count(start, end) <= limit:
        return [sentence]
    parts: list[Span] = []
    part_start = part_end = start
    for word in _WORD.finditer(text, start, end):
        if count(part_start, word.end()) > limit and part_end > part_start:
            parts.append((part_start, part_end))
            part_start = word.start()
        while count(part_start, word.end()) > limit:  # one "word" that is longer than all that is read
            low, high = part_start + 1, word.end()
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if count(part_start, middle) <= limit else (low, middle - 1)
            parts.append((part_start, low))
            part_start = low
        part_end = word.end()
    parts.append((part_start, end))
    return parts


def _group(units: list[_Unit], heads: list[int], tails: list[int], limit: int) -> list[list[_Unit]]:
    """The cheapest cut; `heads` and `tails` say from which to which word piece each unit reaches.

    A text of single letters has hundreds of thousands of units, and each is tried with the two hundred before it: so
    nothing is looked up in this loop but lists.
    """
    best: list[float] = [0.0]
    came: list[int] = [0]
    costs = [((words - AIMED_WORDS) / AIMED_WORDS) ** 2 for words in range(MOST_WORDS + 1)]
    inside = [0.0 if unit.opens_paragraph else INSIDE_PARAGRAPH for unit in units]
    lengths = [unit.words for unit in units]
    for last in range(len(units)):
        words, tail = lengths[last], tails[last]
        cut_at = last
        cheapest = best[last] + ((words - AIMED_WORDS) / AIMED_WORDS) ** 2 + inside[last]
        for first in range(last - 1, -1, -1):
            words += lengths[first]
            if words > MOST_WORDS or tail - heads[first] > limit:
                break
            cost = best[first] + costs[words] + inside[first]
            if cost < cheapest:
                cheapest, cut_at = cost, first
        best.append(cheapest)
        came.append(cut_at)
    groups: list[list[_Unit]] = []
    end = len(units)
    while end > 0:
        groups.append(units[came[end] : end])
        end = came[end]
    return groups[::-1]


def _overlapped(groups: list[list[_Unit]], count: Callable[[int, int], int], limit: int) -> list[list[_Unit]]:
    """Where a cut fell inside a paragraph, the sentence before it once more at the head of what follows."""
    found = groups[:1]
    for before, group in pairwise(groups):
        first = before[-1]
        fits = first.words + sum(unit.words for unit in group) <= MOST_WORDS
        fits = fits and count(first.start, group[-1].end) <= limit
        found.append([first, *group] if fits and not group[0].opens_paragraph else group)
    return found
