"""Paragraphs of a PDF column: lines put together by their distance, size, weight, indent and length."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.ingestion.paragraphs import ends_sentence, starts_in_lower_case
from index.ingestion.pdf.columns import WordRow

_MARKER = re.compile(r"[-*+•‣◦▪●·–—―■□➢✓]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,4})[.):]")
_ITEM = re.compile(rf"(?:{_MARKER.pattern})\s")
_RAISED = re.compile(r"\d{1,3}(?:,\d{1,3})*|[*†‡]")
_CELLS = 2.2  # of the size: so much white space parts the cells of a table
_SPACE = 0.25  # of the size
_ALIKE = 0.08  # of the size: letters that differ by more are of another kind


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line with much white space before and behind it, as in a table."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column; `first` is the width of its first word."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: float
    cells: tuple[Cell, ...] = ()


@dataclass(slots=True)
class PdfBlock:
    """A paragraph as it stands on the page, and what says whether it goes on elsewhere."""

    lines: list[Line]
    page: int = 0
    column: int = 0
    width: float = 0.0
    fresh: bool = True  # what begins it is more than the top of a column

    @property
    def size(self) -> float:
        """The size of its letters."""
        return median(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether it is bold throughout, as headings are."""
        return all(line.bold for line in self.lines)

    @property
    def is_full(self) -> bool:
        """Whether its last line reaches the edge of its column, as lines do in the middle of a paragraph."""
        last = self.lines[-1]
        return last.right > self.width - 0.2 * (self.width - last.left)


def lines_of(rows: Sequence[WordRow]) -> list[Line]:
    """The rows of a column as lines of text; the cells of a table that take several lines are whole."""
    lines: list[Line] = []
    for row in rows:
        line = _line(row)
        whole = _with_cells_of(lines[-1], line) if lines else None
        if whole is None:
            lines.append(line)
        else:
            lines[-1] = whole
    return lines


def _line(row: WordRow) -> Line:
    weights = Counter[float]()
    for word in row:
        weights[round(word.size, 1)] += len(word.text)
    size = max(weights, key=lambda each: (weights[each], each))
    base = next(word.base for word in row if round(word.size, 1) == size)
    cells: list[Cell] = []
    text, start, last = row[0].text, row[0].left, row[0]
    for word in row[1:]:
        gap = word.left - last.right
        raised = word.size < 0.85 * size and word.base < base - 0.12 * size
        if raised and gap < 0.3 * size and _RAISED.fullmatch(word.text) and _takes_note(text):
            continue  # the number of a footnote: it would stand in the quoted words
        moved = abs(word.base - last.base) > 0.05 * size or abs(word.size - last.size) > 0.05 * size
        if gap > _CELLS * size and not _MARKER.fullmatch(text):
            cells.append(Cell(text, start, last.right))
            text, start = word.text, word.left
        else:
            text += ("" if moved and gap < 0.15 * size else " ") + word.text
        last = word
    cells.append(Cell(text, start, last.right))
    bold = sum(len(word.text) for word in row if word.bold) > 0.85 * sum(len(word.text) for word in row)
    return _of_cells(cells, Line("", row[0].left, last.right, base, size, bold, row[0].right - row[0].left))


def _of_cells(cells: Sequence[Cell], line: Line) -> Line:
    text = " | ".join(cell.text for cell in cells)
    right = max(cell.right for cell in cells)
    return replace(line, text=text, right=right, cells=tuple(cells) if len(cells) > 1 else ())


def _with_cells_of(last: Line, line: Line) -> Line | None:
    """The row of a table with the line below it, where that goes on with words of its cells; else None."""
    close = 0 < line.base - last.base < 1.5 * last.size and abs(line.size - last.size) < _ALIKE * last.size
    parts = line.cells or (Cell(line.text, line.left, line.right),)
    if not (close and last.cells and starts_in_lower_case(parts[0].text)):
        return None
    cells = list(last.cells)
    for part in parts:
        over = [n for n, cell in enumerate(cells) if part.left < cell.right and part.right > cell.left]
        if len(over) != 1 or ends_sentence(cells[over[0]].text):
            return None
        cell = cells[over[0]]
        cells[over[0]] = Cell(f"{cell.text} {part.text}", min(cell.left, part.left), max(cell.right, part.right))
    return replace(_of_cells(cells, last), base=line.base)


def _takes_note(text: str) -> bool:
    return (text[-1:].isalpha() and len(text.rsplit(" ", 1)[-1]) > 2) or text[-1:] in ".,;:!?)]”’\"'"


def blocks_of(lines: Sequence[Line], page: int, column: int) -> list[PdfBlock]:
    """The paragraphs of one column."""
    if not lines:
        return []
    shape = _Shape.of(lines)
    edges = shape.edges(lines)
    blocks: list[PdfBlock] = []
    for line, edge in zip(lines, edges, strict=True):
        before = blocks[-1].lines if blocks else []
        if before and not shape.begins(before, line, edge):
            before.append(line)
        else:
            fresh = bool(before) or _ITEM.match(line.text) is not None or line.left > shape.left + 0.6 * line.size
            blocks.append(PdfBlock([line], page, column, edge, fresh))
    return blocks


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a column is set: its edges, and how far its lines stand apart for each size of letters."""

    left: float
    pitches: dict[float, float]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Shape":
        lefts = Counter(round(line.left) for line in lines)
        left = min((each for each in lefts if lefts[each] >= 0.2 * len(lines)), default=min(lefts))
        steps: dict[float, list[float]] = {}
        for one, other in pairwise(lines):
            if abs(one.size - other.size) < 0.1 * one.size and 0.5 < (other.base - one.base) / one.size < 2.6:
                steps.setdefault(round(one.size), []).append(other.base - one.base)
        pitches = {size: sorted(each)[len(each) // 3] for size, each in steps.items()}
        return cls(left, pitches)

    def pitch(self, size: float) -> float:
        """How far the lines of letters of this size stand apart."""
        return self.pitches.get(round(size), 1.25 * size)

    def edges(self, lines: Sequence[Line]) -> list[float]:
        """How far to the right each line could have reached: as far as those that stand around it without a gap."""
        found: list[float] = []
        run: list[Line] = []
        for line in [*lines, None]:
            if line is not None and (not run or not self._is_apart(run[-1], line)):
                run.append(line)
                continue
            found += [max(each.right for each in run)] * len(run)
            run = [line] if line is not None else []
        return found

    def _is_apart(self, last: Line, line: Line) -> bool:
        step = line.base - last.base
        differ = abs(line.size - last.size) > _ALIKE * max(line.size, last.size)
        return differ or step > 1.3 * self.pitch(last.size) + 0.5 or step < -last.size

    def begins(self, before: list[Line], line: Line, edge: float) -> bool:
        """Whether a line begins a paragraph below these lines of one; `edge` is how far lines reach here."""
        last = before[-1]
        size = last.size
        step = line.base - last.base
        pitch = self.pitch(size)
        goes_on = not ends_sentence(last.text) and starts_in_lower_case(line.text)
        broken = last.text.endswith("-") and last.text[-2:-1].isalpha() and line.text[:1].islower()
        if line.left > max(each.right for each in before) or line.right < min(each.left for each in before):
            return True
        if abs(line.size - last.size) > _ALIKE * max(line.size, last.size):
            return not (goes_on and step < 1.5 * pitch and abs(line.size - last.size) < 0.3 * size)
        if line.cells or last.cells:
            return not ((broken or goes_on) and not (line.cells and last.cells) and step < 1.5 * pitch)
        if goes_on or broken:
            return step > 2.2 * max(pitch, size) or (_is_item(line.text) and line.text[:1] in "•‣◦▪●■□➢✓")
        if step > 1.3 * pitch + 0.5 or step > 2.2 * size:
            return True
        if step < -size or (line.bold != last.bold and (last.bold or ends_sentence(last.text))):
            return True
        if _is_item(line.text) and (ends_sentence(last.text) or last.text[-1:] in ":;,)" or _is_item(before[0].text)):
            return True
        if _is_item(before[0].text) and line.left > before[0].left + 0.3 * size:
            return False
        shift = line.left - last.left
        same_middle = abs((line.left + line.right) - (last.left + last.right)) < size
        if shift > 0.6 * size and not same_middle and len(before) > 1 and last.left <= before[-2].left + 0.5 * size:
            return shift < 8 * size
        if shift > 0.6 * size and not same_middle and last.left <= self.left + 0.5 * size:
            return shift < 8 * size and ends_sentence(last.text)
        room = edge - last.right - _SPACE * size
        if ends_sentence(last.text):
            return (room > line.first + 0.5 * size and not same_middle) or room > line.first + 4 * size
        return room > line.first + 0.35 * (edge - self.left)


def _is_item(text: str) -> bool:
    return _ITEM.match(text) is not None
