"""Content extraction: the blocks of a page that are its article, chosen among several candidates."""

import re
from collections.abc import Iterable
from typing import Any

from index.ingestion.paragraphs import ends_sentence
from index.ingestion.web.block import Block
from index.ingestion.web.names import is_post

_WORDS = re.compile(r"\w+")
_SHINGLE = 4  # words
_MATCHED = 0.6
_MOST = 0.75
_ENOUGH = 200
_POST = 20  # characters: so much of a post in a widget is worth reading
_LONG_LD = 60  # words
_MOST_BLOCKS = 50_000


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.lower()))


class WordRuns:
    """The words of a text, for asking how much of a block stands in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.runs: set[int] = set()
        self.lines: set[tuple[str, ...]] = set()
        self.count = 0
        for line in lines:
            words = _key(line)
            self.count += len(words)
            self.lines.add(words)
            self.runs.update(hash(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))

    def share(self, text: str) -> float:
        """The part of `text`, between 0 and 1, whose runs of four words stand here; short lines stand whole or not."""
        words = _key(text)
        if len(words) < 2 * _SHINGLE:
            if words in self.lines:
                return 1.0
            if len(words) < _SHINGLE + 1:
                return 0.0
        runs = [hash(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
        return sum(run in self.runs for run in runs) / max(1, len(runs))


def chosen(blocks: list[Block], extracted: str | None, told: str | None, headline: Any = None) -> list[Block]:
    """The blocks of the article.

    `extracted` is what trafilatura takes for the article, `told` what the page's JSON-LD gives as `articleBody`. The
    rule: trafilatura's blocks count, unless they hold less than half of the prose of the column under the headline
    (then that column, for the cookie notice was taken, or one container of many). What `articleBody` has besides is
    added, and where it gives the whole article, what stands before and behind it goes. Last, gaps are filled.
    """
    picked = _from_text(blocks, extracted) if extracted else set()
    column = _column(blocks)
    mine, most = _prose(blocks, picked), _prose(blocks, column)
    if (not mine and most >= _ENOUGH) or (mine < 0.5 * most and _follows(blocks, column, headline)):
        picked = picked | column if picked <= column else column
    if told:
        picked = _with_told(blocks, picked, told)
    picked = _filled(blocks, picked)
    return [blocks[at] for at in sorted(picked)]


def _from_text(blocks: list[Block], text: str) -> set[int]:
    words = WordRuns(text.split("\n"))
    return {
        at for at, block in enumerate(blocks) if words.share(block.bare) >= _MATCHED and not block.certainly_foreign
    }


def _prose(blocks: list[Block], picked: set[int]) -> int:
    return sum(blocks[at].size for at in picked if blocks[at].is_prose)


def _column(blocks: list[Block]) -> set[int]:
    """The smallest part of the page that has most of its prose, as the page's look tells it."""
    weight: dict[Any, int] = {}
    total = 0
    for block in blocks:
        if block.is_prose and not block.foreign and block.kind != "li":
            size = block.size
            total += size
            node = block.element
            while node is not None:
                weight[node] = weight.get(node, 0) + size
                node = node.getparent()
    if not total:
        return set()
    best = max(weight, key=lambda element: weight[element])
    while best.getparent() is not None and best.getparent() in weight:
        best = best.getparent()
    while (inner := next((child for child in best if weight.get(child, 0) >= _MOST * weight[best]), None)) is not None:
        best = inner
    return {
        at
        for at, block in enumerate(blocks)
        if not block.foreign and _is_inside(block.element, best) and (block.is_prose or block.link_share < 0.5)
    }


def _follows(blocks: list[Block], column: set[int], headline: Any) -> bool:
    """Whether the headline stands in the column, or directly above it."""
    at = next((number for number, block in enumerate(blocks) if block.element is headline), None)
    return at is not None and (
        at in column
        or (
            any(number > at for number in column)
            and not _prose(blocks, set(range(at + 1, min(n for n in column if n > at))))
        )
    )


def _is_inside(element: Any, ancestor: Any) -> bool:
    node = element
    while node is not None:
        if node is ancestor:
            return True
        node = node.getparent()
    return False


def _with_told(blocks: list[Block], picked: set[int], told: str) -> set[int]:
    """Hold the blocks against the page's own `articleBody`: what is in it belongs to the article, and where it gives
    the whole of it, prose before its first and behind its last paragraph does not."""
    words = WordRuns(re.split(r"\n+", told))
    if words.count < _LONG_LD:
        return picked
    in_it = {at for at, block in enumerate(blocks) if len(block.text) > 25 and words.share(block.bare) >= _MATCHED}
    if not in_it:
        return picked
    found = sum(len(_key(blocks[at].text)) for at in in_it)
    if found < 0.5 * words.count:
        return picked
    picked = picked | in_it
    mine = sum(len(_key(blocks[at].text)) for at in picked)
    if found >= 0.9 * words.count and found >= 0.6 * mine:
        first, last = min(in_it), max(in_it)
        picked = {at for at in picked if at in in_it or (first <= at <= last)}
    return picked


def _filled(blocks: list[Block], picked: set[int]) -> set[int]:
    """Add what stands between the chosen blocks, or behind them in containers of the same kind.

    Articles cut by advertisements into several containers of one class lose all but the first in extractors that look
    for one container.
    """
    prose = [at for at in picked if blocks[at].is_prose]
    if not prose:
        return picked
    signatures = {blocks[at].signature for at in prose}
    parents = {blocks[at].element.getparent() for at in prose}
    first, last = min(prose), max(prose)
    home = _home(blocks, prose)
    more = set(picked)
    for at, block in enumerate(blocks):
        if first < at < last and block.quoted and block.size >= _POST and is_post(block.element):
            more.add(at)
        if at in picked or block.foreign or not _is_text(block):
            continue
        alike = block.signature in signatures and _has_class(block.signature)
        sibling = block.element.getparent() in parents or block.element in parents
        if first < at < last:
            if sibling or (alike and (block.is_prose or ends_sentence(block.text))):
                more.add(at)
        elif alike and block.is_prose and at > last and _is_inside(block.element, home):
            more.add(at)
    return more


def _is_text(block: Block) -> bool:
    """Whether a block is more than links; of a sentence, many words may be linked."""
    return block.link_share < 0.5 or (block.size >= 20 and block.link_share < 0.95 and ends_sentence(block.text))


def _has_class(signature: str) -> bool:
    return any(not part.endswith(".") for part in signature.split(" ") if "." in part)


def _home(blocks: list[Block], prose: list[int]) -> Any:
    """The nearest `article` or `main` that holds the chosen blocks, else the page."""
    node = blocks[prose[0]].element
    while node is not None and node.tag not in ("article", "main", "body"):
        node = node.getparent()
    return node
