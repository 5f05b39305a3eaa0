"""Automatic numbering of Word lists, written out as Word shows it, "4.", "(b)", "Article 2.1"."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from index.ingestion.word.package import child, is_on, kind, value

_LEVELS = 9
_LARGEST = 30_000  # no list goes on for longer
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `restart` is the level (from 1) after which it begins anew, 0 for none."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    plain: bool = False  # the numbers of higher levels are written in figures
    style: str | None = None


class Numbering:
    """The lists of one document; `label` is asked for each paragraph in turn."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        self._of_style: dict[str, tuple[str | None, str | None]] = {}
        self._based: dict[str, str] = {}
        self._read_lists(numbering)
        self._read_styles(styles)

    def label(self, properties: Any) -> str:
        """The number or mark before a paragraph with these properties, or ""; it counts from there."""
        list_id, level = self._place(properties)
        if list_id is None or list_id not in self._lists:
            return ""
        abstract, levels, starts = self._lists[list_id]
        counts = self._counts[abstract]
        if list_id not in self._begun:
            self._begun.add(list_id)
            counts.update({each: start - 1 for each, start in starts.items()})
        return self._next(levels, counts, level)

    def _next(self, levels: dict[int, _Level], counts: dict[int, int], number: int) -> str:
        level = levels.get(number, _Level(form="none"))
        for higher in range(number):
            counts.setdefault(higher, levels.get(higher, _Level()).start)
        counts[number] = min(counts.get(number, level.start - 1) + 1, _LARGEST)
        for lower in range(number + 1, _LEVELS):
            restart = levels.get(lower, _Level()).restart
            if restart is None or number < restart:
                counts.pop(lower, None)
        if level.form == "bullet":
            return "-"
        if level.form == "none" and not level.text:
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = "decimal" if level.plain else levels.get(at, _Level()).form
            return _written(counts.get(at, 1), form)

        return _PLACE.sub(shown, level.text).strip()

    def _place(self, properties: Any) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, or those of its style."""
        own = child(properties, "numPr")
        list_id = _text(child(own, "numId"))
        level = _text(child(own, "ilvl"))
        style = _text(child(properties, "pStyle"))
        seen: set[str] = set()
        while (list_id is None or level is None) and style and style not in seen:
            seen.add(style)
            of_style, level_of_style = self._of_style.get(style, (None, None))
            if list_id is None and of_style is not None:
                list_id = of_style
                if level is None and level_of_style is None:
                    level = self._level_of(of_style, style)
            level = level if level is not None else level_of_style
            style = self._based.get(style)
        number = int(level) if level is not None and level.isdigit() else 0
        return (None, 0) if list_id in (None, "0") else (list_id, min(number, _LEVELS - 1))

    def _level_of(self, list_id: str, style: str) -> str | None:
        levels = self._lists.get(list_id, ("", {}, {}))[1]
        return next((str(number) for number, level in levels.items() if level.style == style), None)

    def _read_lists(self, root: Any) -> None:
        for each in root if root is not None else ():
            if kind(each) == "abstractNum":
                self._abstract[value(each, "abstractNumId") or ""] = _levels(each)
        for each in root if root is not None else ():
            if kind(each) != "num":
                continue
            abstract = _text(child(each, "abstractNumId")) or ""
            levels, starts = dict(self._abstract.get(abstract, {})), dict[int, int]()
            for override in each:
                if kind(override) != "lvlOverride":
                    continue
                number = _number(value(override, "ilvl"), 0)
                if (start := child(override, "startOverride")) is not None:
                    starts[number] = _number(value(start), 1)
                levels.update(_levels(override))
            self._lists[value(each, "numId") or ""] = (abstract, levels, starts)

    def _read_styles(self, root: Any) -> None:
        for each in root if root is not None else ():
            style = value(each, "styleId") if kind(each) == "style" else None
            if style is None:
                continue
            numbered = child(each, "pPr", "numPr")
            if numbered is not None:
                self._of_style[style] = (_text(child(numbered, "numId")), _text(child(numbered, "ilvl")))
            if (base := _text(child(each, "basedOn"))) is not None:
                self._based[style] = base


def _levels(parent: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in parent:
        if kind(each) != "lvl":
            continue
        level = _Level(
            start=_number(_text(child(each, "start")), 1),
            form=_text(child(each, "numFmt")) or "decimal",
            text=_text(child(each, "lvlText")) or "",
            plain=is_on(child(each, "isLgl")),
            style=_text(child(each, "pStyle")),
        )
        restart = _text(child(each, "lvlRestart"))
        if restart is not None:
            level = replace(level, restart=_number(restart, 0))
        found[_number(value(each, "ilvl"), 0)] = level
    return found


def _text(element: Any) -> str | None:
    return None if element is None else value(element)


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _LARGEST) if text is not None and text.isascii() and text.isdigit() else otherwise


def _written(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman, left = "", number
            for worth, sign in _ROMAN:
                roman += sign * (left // worth)
                left %= worth
            return roman.upper() if form == "upperRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "none":
            return ""
    return str(number)
