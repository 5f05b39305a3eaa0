"""Words of a PDF page: PDFium's characters put together, each word with its place, size and weight."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_void_p, cast, create_string_buffer
from dataclasses import dataclass
from typing import Any

_GAP = 0.5  # of the size: a wider gap parts two words where neither the file nor PDFium puts a space
_BACK = 0.1  # of the size: how far before a letter the next one may begin
_SHIFT = 0.2  # of the size: a step up or down that starts another word
_BOLD = 600  # font weights from here on
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_LARGEST = 2_000  # points: no letter is so large
_HYPHENS = ("\u00ad", "\u0002", "\ufffe")  # what PDFium gives for a hyphen at the end of a line
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@dataclass(frozen=True, slots=True)
class PdfWord:
    """A word where it stands: measured from the page's upper left corner, `base` is the line that it stands on."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        """Where its capitals reach, about."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where its descenders reach, about."""
        return self.base + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page that run upright, in the order of the file, and those that run sideways as one text."""

    width: float
    height: float
    words: list[PdfWord]
    sideways: str = ""


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x: float
    y: float
    end: float  # x or y where it ends, in the direction in which it runs
    size: float
    turn: int
    bold: bool


def page_words(page: Any) -> Page:
    """The words of a page of pypdfium2, turned so that most of its text is upright; ligatures as plain letters."""
    runs = list(_runs(_glyphs(page)))
    turns = Counter[int]()
    for run in runs:
        turns[run[0].turn] += len(run)
    turn = max(turns, key=lambda each: turns[each]) if turns else 0
    left, bottom, right, top = page.get_bbox()
    sideways: list[str] = []
    words: list[PdfWord] = []
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        text = "".join(glyph.text for glyph in run)
        if run[0].turn != turn:
            sideways.append(text)
            continue
        first = run[0]
        start, base = _upright(first.x, first.y, turn, (left, bottom, right, top))
        end = start + abs(run[-1].end - (first.x if turn in (0, 180) else first.y))
        size = max(glyph.size for glyph in run)
        place = (text, round(start / 2), round(base / 2))
        if place in seen:  # printed twice, a hair apart, to look bold
            continue
        seen.add(place)
        words.append(PdfWord(text, start, max(end, start + 0.1), base, size, sum(g.bold for g in run) * 2 > len(run)))
    width, height = right - left, top - bottom
    if turn in (90, 270):
        width, height = height, width
    kept = [word for word in words if -1 <= word.base <= height + 1 and word.right > -1 and word.left < width + 1]
    return Page(width, height, kept, " ".join(sideways))


def _upright(x: float, y: float, turn: int, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """A point of the page as it lies when text that is turned so far runs from left to right."""
    left, bottom, right, top = box
    match turn:
        case 90:
            return y - bottom, x - left
        case 180:
            return right - x, y - bottom
        case 270:
            return top - y, right - x
    return x - left, top - y


def _glyphs(page: Any) -> Iterator[_Glyph | None]:
    """The characters in the order of the file; None where there is white space."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # carries no type hints

    text_page = page.get_textpage()
    try:
        x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
        at_x, at_y, at_box = byref(x), byref(y), byref(box)
        shown: object = ()
        size, turn, bold = 1.0, 0, False
        for index in range(text_page.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            character = _LIGATURES.get(code) or chr(code)
            if character in _HYPHENS:
                character = "-"
            if character.isspace() or not code or 0xD800 <= code <= 0xDFFF:
                yield None
                continue
            found = pdfium.FPDFText_GetTextObject(text_page, index)
            if found and cast(found, c_void_p).value != shown:  # all of one text object looks alike
                shown = cast(found, c_void_p).value
                size, turn, bold = _look(text_page, index, found)
            pdfium.FPDFText_GetCharOrigin(text_page, index, at_x, at_y)
            pdfium.FPDFText_GetLooseCharBox(text_page, index, at_box)
            match turn:
                case 90:
                    end = box.top
                case 180:
                    end = box.left
                case 270:
                    end = box.bottom
                case _:
                    end = box.right
            yield _Glyph(character, x.value, y.value, end, size, turn, bold)
    finally:
        text_page.close()


def _look(text_page: Any, index: int, shown: Any) -> tuple[float, int, bool]:
    """The size of a character, in which direction it runs, and whether it is bold."""
    import pypdfium2.raw as pdfium

    matrix, name = pdfium.FS_MATRIX(), create_string_buffer(128)
    pdfium.FPDFText_GetMatrix(text_page, index, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(shown), name, len(name))
    bold = _BOLD_NAME.search(name.value) is not None or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD
    return size if 0 < size < _LARGEST else 1.0, turn, bold


def _runs(glyphs: Iterator[_Glyph | None]) -> Iterator[list[_Glyph]]:
    """The characters of each word."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and (glyph is None or _parts(run[-1], glyph)):
            yield run
            run = []
        if glyph is not None:
            run.append(glyph)
    if run:
        yield run


def _parts(last: _Glyph, glyph: _Glyph) -> bool:
    if glyph.turn != last.turn:
        return True
    size = max(last.size, glyph.size)
    along, across = (glyph.x, glyph.y - last.y) if last.turn in (0, 180) else (glyph.y, glyph.x - last.x)
    start = last.x if last.turn in (0, 180) else last.y
    forwards = 1 if last.turn in (0, 90) else -1
    back = (along - start) * forwards < -_BACK * size  # the letters of a ligature all begin where it begins
    return back or (along - last.end) * forwards > _GAP * size or abs(across) > _SHIFT * size
