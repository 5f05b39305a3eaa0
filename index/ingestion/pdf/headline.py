"""Metadata of a PDF's first page: headline, byline, date line and paper, found by their type size and place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from index.ingestion.documents import byline, dateline
from index.ingestion.normalising import one_line
from index.ingestion.paragraphs import ends_sentence
from index.ingestion.pdf.blocks import Line

_LARGE = 1.2  # times the size of most text: headlines and names of papers are set larger
_HEAD = 14  # lines: a byline and a date line stand among the first
_LONGEST = 220  # characters of a headline
_PROSE = 28  # characters: lines of running text have more, in the narrowest columns


@dataclass(slots=True)
class Head:
    """What the head of the first page says, and the lines that say nothing else."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | datetime | None = None
    lines: list[Line] = field(default_factory=list)


def head_of(columns: Sequence[Sequence[Line]], *, titled: bool) -> Head:
    """The head of a first page; where the file is `titled`, no headline is looked for."""
    lines = [line for column in columns for line in column]
    head = Head()
    if not lines:
        return head
    body = _size_of_most(lines)
    first = _above_the_text(sorted(lines, key=lambda line: (line.base, line.left)), body)
    large = _large(first, body)
    dated = _dated(first, head)
    if dated is not None and large and len(large) > 1:
        _take_masthead(large, dated, head)
    if not titled and large:
        headline = max(large, key=lambda run: run[0].size)
        text = one_line(" ".join(line.text for line in headline))
        if (len(text) <= _LONGEST and any(map(str.islower, text))) or len(text.split()) > 2:
            head.title = text
            head.lines += headline
    _take_byline(first, head)
    return head


def _above_the_text(lines: Sequence[Line], body: float) -> list[Line]:
    """The first lines, down to where running text begins: a date or a name in that is not the article's own."""
    for place, (line, below) in enumerate(pairwise(lines[:_HEAD])):
        if all(abs(each.size - body) < 0.05 * body and len(each.text) > _PROSE for each in (line, below)):
            return list(lines[: place + 1])
    return list(lines[:_HEAD])


def _size_of_most(lines: Sequence[Line]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size])


def _large(lines: Sequence[Line], body: float) -> list[list[Line]]:
    """Runs of lines in one size, larger than most of the text."""
    runs: list[list[Line]] = []
    for line in lines:
        if line.size < _LARGE * body or line.cells or not re.search(r"[^\W\d_]{2}", line.text):
            continue
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and abs(last.size - line.size) < 0.03 * line.size
            and line.base - last.base < 1.7 * line.size
        ):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _dated(lines: Sequence[Line], head: Head) -> Line | None:
    """The line that is a date and nothing else, or has a cell that is."""
    for line in lines:
        for text in [cell.text for cell in line.cells] or [line.text]:
            moment = dateline(text)
            if moment is not None:
                head.published = moment
                head.lines.append(line)
                return line
    return None


def _take_masthead(large: list[list[Line]], dated: Line, head: Head) -> None:
    """The name of the paper stands above its date, apart from the headline, in few words."""
    top = large[0]
    text = one_line(" ".join(line.text for line in top))
    near = abs(dated.base - top[-1].base) < 3 * top[-1].size
    if near and len(top) == 1 and len(text.split()) <= 5 and not ends_sentence(text) and text[0].isalpha():
        head.publisher = text.title() if text.isupper() else text
        head.lines += top
        del large[0]


def _take_byline(lines: Sequence[Line], head: Head) -> None:
    for line in lines:
        head.author = byline(line.text)
        if head.author is not None:
            head.lines.append(line)
            return
