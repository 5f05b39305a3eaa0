"""Paragraphs of a PDF over columns and pages: what goes on elsewhere is joined, what stands between goes behind."""

from collections.abc import Sequence

from index.ingestion.paragraphs import ends_sentence, starts_in_lower_case
from index.ingestion.pdf.blocks import PdfBlock

_AHEAD = 60  # blocks: how far behind a column's end its paragraph may go on,
_PASSED = 3  # and how many of the same kind may stand between
_OPEN = (":", ";")  # a sentence that goes on in lower case behind one of these has not ended
_LEAST = 25  # characters: shorter ones are headings and labels, which end without a full stop


def flowing(blocks: Sequence[PdfBlock]) -> list[list[PdfBlock]]:
    """The blocks of each paragraph, in reading order."""
    left = list(blocks)
    found: list[list[PdfBlock]] = []
    taken = [False] * len(left)
    for place, block in enumerate(left):
        if taken[place]:
            continue
        run = [block]
        here = place
        while (there := _goes_on(left, taken, here)) is not None:
            taken[there] = True
            run.append(left[there])
            here = there
        found.append(run)
    return found


def _goes_on(blocks: list[PdfBlock], taken: list[bool], place: int) -> int | None:
    """Which block goes on with the paragraph of the one at `place`, if any does."""
    block = blocks[place]
    last = block.lines[-1].text
    if (
        (ends_sentence(last) and not last.endswith(_OPEN))
        or block.lines[-1].cells
        or (len(block.lines) == 1 and len(last) < _LEAST)
    ):
        return None
    broken = last.endswith("-") and last[-2:-1].isalpha()
    passed = 0
    for there in range(place + 1, min(len(blocks), place + 1 + _AHEAD)):
        other = blocks[there]
        if taken[there] or not _alike(block, other) or other.lines[0].cells:
            continue
        if other.page > block.page + 1 or passed > _PASSED:
            return None
        if starts_in_lower_case(other.lines[0].text):
            return there
        if last.endswith(_OPEN):
            return None  # what follows a colon in capitals, or behind a number, is a list
        elsewhere = (other.page, other.column) != (block.page, block.column)
        if elsewhere and not other.fresh and not broken and block.is_full and not block.bold and len(block.lines) > 1:
            return there
        passed += 1
    return None


def _alike(one: PdfBlock, other: PdfBlock) -> bool:
    return abs(one.size - other.size) <= 0.06 * one.size + 0.05 and one.bold == other.bold
