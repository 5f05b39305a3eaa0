"""Page furniture of a PDF: running heads and feet, page numbers and jump lines."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from index.ingestion.pdf.blocks import Line

_EDGE = 3  # lines at the top and at the bottom of a page that may be a running head or foot
_ZONE = 0.16  # of the page's height: where they stand
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|pg\.|стор\.|с\.)?\s*(?:[A-Z]{1,2}-?)?\d{1,4}(?:\s*(?:of|/|von|з|із)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_JUMP = re.compile(
    r"\W*(?:continue[ds]?|cont[’']?d\.?|turn|see|please see|story)\b.{0,40}?"
    r"\b(?:page|p\.|pg\.)\s*[A-Z]{0,2}-?\d{1,3}\W*"
    r"|\W*(?:continued|cont[’']?d\.?) (?:from|on) (?:[A-Z]\d{1,2}|(?:the )?(?:previous|next|back|front) page)\W*"
    r"|.{0,40}\bcontinued (?:from|on) (?:page|p\.) [A-Z]{0,2}-?\d{1,3}\W*",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[tuple[float, list[list[Line]]]]) -> list[list[list[Line]]]:
    """The lines of each page's columns without what most pages repeat at their edges, page numbers and jump lines.

    Each page comes with its height. A line is repeated where another page has the same words, whatever the figures
    in them, as high on the page; newspapers print one head on left pages and another on right ones.
    """
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    at_edges: list[set[int]] = []
    for number, (height, columns) in enumerate(pages):
        edge = _at_the_edges([line for column in columns for line in column], height)
        at_edges.append({id(line) for line in edge})
        for line in edge:
            seen[_without_figures(line.text)].append((number, line.base))
    often = {key for key, places in seen.items() if _is_running(places, len(pages))}
    numbered = Counter(
        number
        for number, (_, columns) in enumerate(pages)
        for column in columns
        for line in column
        if id(line) in at_edges[number] and _PAGE_NUMBER.fullmatch(line.text)
    )
    has_numbers = 2 * len(numbered) > len(pages) > 1

    def stays(line: Line, number: int) -> bool:
        if _JUMP.fullmatch(line.text):
            return False
        if id(line) not in at_edges[number]:
            return True
        return _without_figures(line.text) not in often and not (has_numbers and _PAGE_NUMBER.fullmatch(line.text))

    return [
        [[line for line in column if stays(line, number)] for column in columns]
        for number, (_, columns) in enumerate(pages)
    ]


def _at_the_edges(lines: list[Line], height: float) -> list[Line]:
    """The first and last lines of a page, as far as they stand at its edge, with all that is level with them."""
    tops = sorted({round(line.base) for line in lines if line.base < _ZONE * height})[:_EDGE]
    bottoms = sorted({round(line.base) for line in lines if line.base > (1 - _ZONE) * height})[-_EDGE:]
    edges = {*tops, *bottoms}
    return [line for line in lines if round(line.base) in edges]


def _is_running(places: list[tuple[int, float]], pages: int) -> bool:
    numbers = sorted({number for number, _ in places})
    if len(numbers) < 2:
        return False
    heights = [base for _, base in places]
    level = max(heights) - min(heights) < 4
    return (len(numbers) >= 3 and len(numbers) >= 0.3 * pages) or (level and len(numbers) >= 0.6 * min(pages, 6))


def _without_figures(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()
