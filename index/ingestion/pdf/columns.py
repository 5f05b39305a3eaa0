"""Reading order of a PDF page: columns are found by the white space between them.

A region is cut at the tallest strip of white space that has text on both sides; what lies above and below the strip is
a region of its own, and each part is looked at again. A strip beside short words (numbers of list items, labels, cells
of a table) is none: there, lines are read across.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.ingestion.pdf.words import PdfWord

WordRow = list[PdfWord]
"""Words on one line, from left to right."""

_BINS = 6  # in the width of a letter m: how finely white space is measured
_NARROWEST = 0.6  # of the size: no gutter is narrower
_MOST_ROWS = 500  # of a region: the time to look for gutters grows with their square
_DEEPEST = 12
_SHORT = 2.5  # words a line on average: cells and labels have fewer, columns of prose more
_LOOSE = 1.7  # of the size: lines of one column lie closer


@dataclass(frozen=True, slots=True)
class _Gutter:
    """White space between the rows `first` and `last`, both included; words left of `edge` are its left side."""

    first: int
    last: int
    edge: float
    weight: tuple[float, float]


def regions(words: Sequence[PdfWord]) -> list[list[WordRow]]:
    """The rows of each column, in the order in which they are read."""
    if not words:
        return []
    size = median(word.size for word in words for _ in word.text)
    return [region for region in _split(list(words), size, 0) if region]


def rows_of(words: Sequence[PdfWord]) -> list[WordRow]:
    """Words in lines, from above; raised and lowered ones are in the line that they belong to."""
    rows: list[WordRow] = []
    base, size = 0.0, 0.0
    for word in sorted(words, key=lambda each: (each.base, each.left)):
        if not rows or word.base - base > 0.4 * max(size, word.size):
            rows.append([])
            base, size = word.base, word.size
        rows[-1].append(word)
        if word.size > size:
            base, size = word.base, word.size
    for row in rows:
        row.sort(key=lambda each: each.left)
    return rows


def _split(words: list[PdfWord], size: float, depth: int) -> Iterator[list[WordRow]]:
    rows = rows_of(words)
    gutter = _best_gutter(rows, size) if depth < _DEEPEST and 3 <= len(rows) <= _MOST_ROWS else None
    if gutter is None:
        yield rows
        return
    inside = [word for row in rows[gutter.first : gutter.last + 1] for word in row]
    parts = (
        [word for row in rows[: gutter.first] for word in row],
        [word for word in inside if word.left < gutter.edge],
        [word for word in inside if word.left >= gutter.edge],
        [word for row in rows[gutter.last + 1 :] for word in row],
    )
    for part in parts:
        if part:
            yield from _split(part, size, depth + 1)


def _best_gutter(rows: list[WordRow], size: float) -> _Gutter | None:
    unit = size / _BINS
    start = min(row[0].left for row in rows)
    covered = [_covered(row, start, unit) for row in rows]
    least = round(_NARROWEST * _BINS)
    whole = 0
    for each in covered:
        whole |= each
    span = (1 << whole.bit_length()) - 1
    best: _Gutter | None = None
    for first in range(len(rows)):
        mask = 0
        for last in range(first, len(rows)):
            mask |= covered[last]
            strips = _strips(span & ~mask, least)
            nothing_more = last + 1 == len(rows)
            after = set() if nothing_more else set(_strips(span & ~(mask | covered[last + 1]), least))
            for strip in strips:
                if strip in after or not _is_between(strip, mask):
                    continue
                if first and not covered[first - 1] & _bits(strip):
                    continue  # it begins further above
                found = _judged(rows, covered, first, last, strip, start, unit, size)
                if found is not None and (best is None or found.weight > best.weight):
                    best = found
            if not strips:
                break
    return best


def _covered(row: WordRow, start: float, unit: float) -> int:
    """A bit for each unit of the width that a word covers."""
    mask = 0
    for word in row:
        low = max(0, int((word.left - start) / unit))
        high = max(low, int((word.right - start) / unit - 0.01))
        mask |= ((1 << (min(high, low + 20_000) - low + 1)) - 1) << low
    return mask


def _strips(free: int, least: int) -> list[tuple[int, int]]:
    """Where at least so many bits stand side by side: the first, and the one behind the last."""
    found: list[tuple[int, int]] = []
    place = 0
    while free:
        skip = (free & -free).bit_length() - 1
        free >>= skip
        place += skip
        length = (~free & (free + 1)).bit_length() - 1
        if length >= least:
            found.append((place, place + length))
        free >>= length
        place += length
    return found


def _bits(strip: tuple[int, int]) -> int:
    return (1 << strip[1]) - (1 << strip[0])


def _is_between(strip: tuple[int, int], mask: int) -> bool:
    return bool(mask & ((1 << strip[0]) - 1)) and mask.bit_length() > strip[1]


def _judged(
    rows: list[WordRow],
    covered: list[int],
    first: int,
    last: int,
    strip: tuple[int, int],
    start: float,
    unit: float,
    size: float,
) -> _Gutter | None:
    """The gutter in these rows, without loose lines above and below it; None where it parts no columns."""
    below = (1 << strip[0]) - 1
    sides = [(bool(mask & below), bool(mask >> strip[1])) for mask in covered[first : last + 1]]
    edge = start + strip[1] * unit - 0.01
    first, last = _without_loose_ends(rows, sides, first, last, edge)
    sides = [(bool(mask & below), bool(mask >> strip[1])) for mask in covered[first : last + 1]]
    left = sum(one for one, _ in sides)
    right = sum(other for _, other in sides)
    both = sum(one and other for one, other in sides)
    fewer = min(left, right)
    width = (strip[1] - strip[0]) / _BINS
    if fewer < 2 or width < (0.7 if fewer >= 8 else 1.0 if fewer >= 4 else 1.8):
        return None
    words_left = words_right = 0
    for row in rows[first : last + 1]:
        count = bisect_left([word.left for word in row], edge)
        words_left += count
        words_right += len(row) - count
    short = min(words_left / left, words_right / right)
    doubtful = (short < _SHORT and both >= 0.7 * fewer) or (fewer < 4 and (short < 3 or both < 2))
    if doubtful and not _flows(rows[first : last + 1], edge, words_left < words_right):
        return None
    return _Gutter(first, last, edge, (fewer + 0.1 * (last - first), width))


def _flows(rows: list[WordRow], edge: float, short_is_left: bool) -> bool:
    """Whether the lines beside short ones are running text that the short ones would cut into: notes in a margin."""
    pairs = flowing = 0
    for row, below in pairwise(rows):
        sides = [[word for word in each if (word.left < edge) is short_is_left] for each in (row, below)]
        texts = [[word for word in each if (word.left < edge) is not short_is_left] for each in (row, below)]
        if all(sides) and all(texts):
            pairs += 1
            ended = texts[0][-1].text.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";"))
            flowing += not ended and texts[1][0].text[:1].islower() and min(map(len, texts)) >= 4
    return flowing >= max(1, 0.4 * pairs)


def _without_loose_ends(
    rows: list[WordRow], sides: list[tuple[bool, bool]], first: int, last: int, edge: float
) -> tuple[int, int]:
    """Lines at either end that stand on one side only, apart or in other letters, lie outside: headings, captions."""

    def loose(place: int, step: int) -> bool:
        if all(sides[place - begin]):
            return False
        on_left = sides[place - begin][0]
        there = place + step
        while first <= there <= last and not sides[there - begin][0 if on_left else 1]:
            there += step
        if not first <= there <= last:
            return True
        near, far = rows[place][0], next(word for word in rows[there] if (word.left < edge) is on_left)
        size = max(near.size, far.size)
        return abs(far.base - near.base) > _LOOSE * size or abs(near.size - far.size) > 0.12 * size

    begin = first
    while first < last and loose(first, 1):
        first += 1
    while last > first and loose(last, -1):
        last -= 1
    return first, last
