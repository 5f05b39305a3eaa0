"""Line unwrapping: joins the broken lines of a text to paragraphs.

There are two kinds of evidence. *Lines* show how the text was laid out: a line that could not have held the
next word was broken by the width of the page. And *words* show it: a sentence has not ended, and what follows
starts in lower case. Only the words are left in the result, so whatever the words alone join is joined to the
end; that makes normalising a second time change nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_CLOSERS = "\"'”’»›)]*_"
_OPENERS = "\"'“‘«‹„([*_"
_ENDERS = ".!?…:;。！？؟۔।"
_NOT_AN_END = re.compile(r"(?<!\w)(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Adm|Sen|Rep|Gov|Prof|St|vs|e\.g|i\.e)\.)$")
_ITEM = re.compile(r"(?:[-*+•‣◦▪●·–—―]|\(?(?:\d{1,3}|[a-z]{1,3})[.)])(?:\s|$)")
_COLUMNS = re.compile(r"\S(?:\t| {4})|\|")
_BROKEN_WORD = re.compile(r"\w[-‐‑–—]$")
_SUSPENDED = ("and ", "or ", "to ", "nor ")  # "two- and three-day" keeps its space

_PROSE = 60  # characters: lower-case lines this long are prose, shorter ones may be verse or a list
_NARROWEST = 25  # characters: no column of a newspaper or a PDF is narrower
_WIDEST = 200  # characters: no page is wider, so such a line is a paragraph of its own
_PAGE_GAP = 3  # blank lines: more than this source puts between paragraphs; what a page break leaves behind


@dataclass(frozen=True, slots=True)
class _TextLine:
    text: str
    indent: int
    columns: bool  # looks like the row of a table

    @property
    def is_item(self) -> bool:
        return self.columns or _ITEM.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _LineGroup:
    """Lines without a blank line between them."""

    lines: list[_TextLine]
    after_page: bool  # a form feed came before it
    after_gap: bool  # more blank lines came before it than part two paragraphs


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a clean text, each one line, with every broken sentence whole.

    >>> paragraphs("Headline\\n\\nThe talks in Geneva ended with-\\nout a deal.")
    ['Headline', 'The talks in Geneva ended with-out a deal.']
    """
    return _with_whole_sentences(_by_layout(text))


def joined(left: str, right: str) -> str:
    """Two lines as one: with a space, but without one after a word broken at its hyphen.

    >>> joined("an ultra-", "conservative")
    'an ultra-conservative'
    """
    return left + _glue(left, right) + right


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does: quotation marks and brackets after the full stop are skipped."""
    bare = text.rstrip(_CLOSERS)
    return bare.endswith(tuple(_ENDERS)) and _NOT_AN_END.search(bare[-12:]) is None


def _glue(left: str, right: str) -> str:
    if _BROKEN_WORD.search(left[-2:]):
        return " " if right.startswith(_SUSPENDED) else ""
    return "" if left and right and _is_ideograph(left[-1]) and _is_ideograph(right[0]) else " "


def _is_ideograph(character: str) -> bool:
    return (
        character.isalpha()
        and unicodedata.east_asian_width(character) == "W"
        and not unicodedata.name(character, "").startswith("HANGUL")
    )


def starts_in_lower_case(text: str) -> bool:
    """Goes on with a sentence: not an item "a)", nor a name like "iPhone" or "al-Assad"."""
    first_word = text.split(" ", 1)[0]
    return first_word[:1].islower() and first_word == first_word.lower() and _ITEM.match(text) is None


def _blocks(text: str) -> Iterator[_LineGroup]:
    for page_number, page in enumerate(text.split("\f")):
        after_page, blank_lines = page_number > 0, 0
        lines: list[_TextLine] = []
        for raw in [*page.split("\n"), ""]:
            words = raw.split()
            if words:
                columns = _COLUMNS.search(raw.strip()) is not None
                lines.append(_TextLine(" ".join(words), len(raw) - len(raw.lstrip()), columns))
                continue
            if lines:
                yield _LineGroup(lines, after_page, blank_lines >= _PAGE_GAP)
                lines, after_page, blank_lines = [], False, 0
            blank_lines += 1


def _full(line: _TextLine, following: _TextLine, width: float) -> bool:
    """Whether the next line's first word would have passed `width`: only then did the page break the line."""
    return len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width


def _wrap_width(block: list[_TextLine]) -> int:
    """The width in characters at which the lines of `block` were broken, or 0 where they were not."""
    width = max(len(line.text) for line in block)
    if len(block) < 2 or not _NARROWEST <= width <= _WIDEST:
        return 0
    broken = broken_in_lower_case = full_ends = loose = 0
    for line, following in pairwise(block):
        if following.is_item or line.columns:
            continue
        full = _full(line, following, 0.8 * width)
        if ends_sentence(line.text):
            full_ends += full
        elif full:
            broken += 1
            broken_in_lower_case += starts_in_lower_case(following.text)
        else:
            loose += 1
    has_prose = len(block) == 2 or width >= _PROSE or any(map(ends_sentence, " ".join(b.text for b in block).split()))
    looks_wrapped = broken_in_lower_case >= max(1, 0.3 * broken) and broken >= max(2 * loose, full_ends)
    return width if looks_wrapped and has_prose else 0


def _page_width(blocks: list[_LineGroup], widths: list[int]) -> int:
    """The width of the page, where enough wrapped blocks agree to rely on it elsewhere; else 0."""
    lengths = sorted(
        len(line.text)
        for block, width in zip(blocks, widths, strict=True)
        if width >= _PROSE
        for line in block.lines[:-1]
    )
    return lengths[int(0.9 * len(lengths))] if len(lengths) >= 3 else 0


def _by_layout(text: str) -> list[str]:
    """Paragraphs as the layout tells them, for the words to correct."""
    blocks = list(_blocks(text))
    widths = [_wrap_width(block.lines) for block in blocks]
    page_width = _page_width(blocks, widths)
    found: list[list[_TextLine]] = []
    for block, width in zip(blocks, widths, strict=True):
        for position, line in enumerate(block.lines):
            if not found:
                same = False
            elif position == 0:
                same = _runs_over_the_page(found[-1][-1], line, block, page_width)
            else:
                same = _same_paragraph(found[-1], line, width, page_width, len(block.lines))
            if same:
                found[-1].append(line)
            else:
                found.append([line])
    return [join_all([line.text for line in lines]) for lines in found]


def _same_paragraph(before: list[_TextLine], line: _TextLine, width: int, page_width: int, lines_in_block: int) -> bool:
    """Whether a line goes on with the paragraph of the lines just above it."""
    last = before[-1]
    ended = ends_sentence(last.text)
    lower = starts_in_lower_case(line.text)
    dash_inside_sentence = not ended and not line.columns and line.text.startswith(("— ", "– "))
    if last.columns or (line.is_item and not dash_inside_sentence):
        return False
    if before[0].is_item and line.indent > before[0].indent:
        return True
    if not ended and lower and (width or (lines_in_block == 2 and ends_sentence(line.text))):
        return True
    if not width and not (page_width and len(last.text) <= 1.15 * page_width):
        return False
    full = _full(last, line, (0.92 if ended else 0.8) * max(width, page_width))
    return full and not (ended and line.indent > last.indent)


def _runs_over_the_page(last: _TextLine, line: _TextLine, block: _LineGroup, page_width: int) -> bool:
    """Whether a page ended in the middle of a sentence; a full line says so even before a capital."""
    if not (block.after_page or block.after_gap) or ends_sentence(last.text) or last.columns or line.is_item:
        return False
    if block.after_page and starts_in_lower_case(line.text):
        return True
    return page_width > 0 and _full(last, line, 0.85 * page_width)


def join_all(lines: list[str]) -> str:
    """Lines as one, each joined to the next as `joined` does, in time that grows with their length only."""
    parts = lines[:1]
    for left, right in pairwise(lines):
        parts += (_glue(left, right), right)
    return "".join(parts)


@dataclass(slots=True)
class _Stretch:
    """Pieces `first` to `last` of a text, taken as one paragraph, and what can be said of it without joining."""

    first: int
    last: int
    characters: int
    spaces: int
    columns: bool


def _with_whole_sentences(pieces: list[str]) -> list[str]:
    """Join neighbours for as long as the words say that a sentence goes on from one to the next."""
    runs: list[_Stretch] = []
    for number, piece in enumerate(pieces):
        runs.append(_Stretch(number, number, len(piece), piece.count(" "), "|" in piece))
        while len(runs) > 1 and _sentence_goes_on(pieces, runs[-2], runs[-1]):
            right, left = runs.pop(), runs[-1]
            space = len(_glue(pieces[left.last], pieces[right.first]))
            left.last = right.last
            left.characters += space + right.characters
            left.spaces += space + right.spaces
            left.columns = left.columns or right.columns
    return [join_all(pieces[run.first : run.last + 1]) for run in runs]


def _sentence_goes_on(pieces: list[str], left: _Stretch, right: _Stretch) -> bool:
    """Decided by words alone. A short piece must be the start of a sentence that the other one ends."""
    if left.columns or right.columns:
        return False
    if ends_sentence(pieces[left.last]) or not starts_in_lower_case(pieces[right.first]):
        return False
    if left.characters >= _PROSE:
        return True
    starts_a_sentence = pieces[left.first].lstrip(_OPENERS)[:1].isupper() or pieces[left.first][:1].isdigit()
    long_enough = left.characters >= 15 and left.spaces >= 3
    return starts_a_sentence and long_enough and ends_sentence(pieces[right.last])
