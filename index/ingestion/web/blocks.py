"""Page segmentation: a page as the blocks of text that its readers see, in order."""

import re
from typing import Any

from index.ingestion.web.block import HEADINGS, Block
from index.ingestion.web.names import (
    is_never_article,
    is_surely_foreign,
    names_caption,
    names_foreign,
    part_name,
    shows_on_hover,
    signs_of,
    text_within,
)

_UNSEEN = set(
    """
    script style noscript template svg iframe button input select textarea option object audio video canvas map
    head math dialog datalist embed applet rp rt
    """.split()
)
_INLINE = set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp
    small span strike strong sub sup time tt u var wbr picture source amp-img o:p st1:place rb
    """.split()
)
_CONTINUES = re.compile(r"['’]s\b|[,;.:!?)](?:\s|$)")
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s{0,3}:\s{0,3}(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_FOREIGN_TAGS = {"nav", "footer", "aside", "form", "figcaption", "menu"}
_EXCUSED_SHARE = 0.3
_FOREIGN_ROLES = {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog"}
_CARD = 1500  # characters: what shows under the mouse is no longer
_DEEPEST = 200


class _Walk:
    """Goes through the tree once, in the order of the page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.linked = self.strong = 0
        self.kind = "p"
        self.marker = ""
        self.element: Any = None
        self.containers: list[Any] = []
        self.suspects: list[Any] = []
        self.quotes = 0
        self.row: list[str] | None = None
        self.numbers: dict[Any, int] = {}

    def say(self, text: str | None, in_link: int, in_strong: int) -> None:
        if not text:
            return
        self.parts.append(text)
        if in_link:
            self.linked += len(" ".join(text.split()))
        if in_strong:
            self.strong += len(" ".join(text.split()))

    def flush(self) -> None:
        text = " ".join("".join(self.parts).split())
        linked, strong = self.linked, self.strong
        self.parts, self.linked, self.strong = [], 0, 0
        if not text:
            return
        if self.row is not None:
            self.row.append(text)
            return
        self.blocks.append(
            Block(
                self.marker + text,
                self.kind,
                self.containers[-1],
                _signature(self.containers),
                min(linked, len(text)),
                min(strong, len(text)),
                quoted=self.quotes > 0,
                marker=self.marker,
                suspects=tuple(self.suspects),
            )
        )
        self.marker = ""

    def end_cell(self) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts = []
        if self.row is not None:
            self.row.append(text)

    def end_row(self, outer: list[str] | None) -> None:
        cells = [cell for cell in self.row or () if cell]
        self.row = outer
        if cells:
            self.parts, self.kind = [" | ".join(cells)], "tr" if len(cells) > 1 else "p"
            self.flush()


def _signature(containers: list[Any]) -> str:
    """The nearest containers that have a class, by tag and class without their numbers."""
    return " ".join(f"{c.tag}.{re.sub('[0-9]+', '', c.get('class') or '')}" for c in containers[-3:])


def blocks_of(tree: Any) -> list[Block]:
    """Every block of text of the page, as a browser breaks it: at block elements, at line breaks, at rows.

    Items of numbered lists keep their numbers, so that "point 4" leads somewhere. What a page shows only under the
    mouse (cards about a person, translations) is no part of the sentence that it hangs on. Hidden parts are left out.
    """
    walk = _Walk()
    body = tree.find("body") if tree.find("body") is not None else tree
    _visit(walk, body, 0, 0, 0)
    walk.flush()
    blocks = _whole(walk.blocks)
    _tell_foreign(blocks)
    return blocks


def _whole(blocks: list[Block]) -> list[Block]:
    """The blocks, with those put to the one before that cannot begin a line: "’s plan is changing".

    Some editors wrap a linked word into a container of its own, and its sentence falls into three.
    """
    whole: list[Block] = []
    for block in blocks:
        if whole and _CONTINUES.match(block.text) and whole[-1].element.getparent() is block.element.getparent():
            whole[-1].text += block.text
            whole[-1].linked += block.linked
        else:
            whole.append(block)
    return whole


def lines_of(element: Any) -> list[str]:
    """The lines of text in one element, as a browser breaks them."""
    walk = _Walk()
    walk.containers.append(element)
    walk.say(element.text, 0, 0)
    for child in element:
        _visit(walk, child, 0, 0, 0)
        walk.say(child.tail, 0, 0)
    walk.flush()
    return [block.text for block in walk.blocks]


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style)) or (
        element.get("aria-hidden") == "true" and element.tag in ("span", "div", "i", "svg")
    )


def _visit(walk: _Walk, element: Any, in_link: int, in_strong: int, depth: int) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN or _is_hidden(element):
        return
    if depth > _DEEPEST:  # elements that nobody closed
        walk.say(" ".join(element.itertext()), in_link, in_strong)
        return
    if tag in ("br", "hr"):
        walk.flush()
        return
    signs = signs_of(element)
    if _only_hovers(element, signs):
        return
    if not _is_inline(element, signs):
        _visit_block(walk, element, signs, in_link, in_strong, depth)
        return
    link, strong = in_link + (tag == "a"), in_strong + (tag in ("strong", "b"))
    walk.say(element.text, link, strong)
    for child in element:
        _visit(walk, child, link, strong, depth + 1)
        walk.say(child.tail, link, strong)


def _only_hovers(element: Any, signs: str) -> bool:
    if element.get("role") == "tooltip":
        return True
    return shows_on_hover(signs) and element.get("role") != "main" and len(text_within(element, _CARD)) < _CARD


def _is_inline(element: Any, signs: str) -> bool:
    """Whether an element goes on with its line; a span that holds a picture's credit does not."""
    tag = element.tag
    if tag not in _INLINE and not ("-" in tag and all(child.tag in _INLINE for child in element)):
        return False
    if element.get("style") and _BLOCK_STYLE.search(element.get("style")):
        return False
    return not (tag == "span" and names_caption(signs))


def _visit_block(walk: _Walk, element: Any, signs: str, in_link: int, in_strong: int, depth: int) -> None:
    tag = element.tag
    cell = tag in ("td", "th") and walk.row is not None
    if not cell:
        walk.flush()
    before = (walk.kind, walk.row)
    suspect = tag in _FOREIGN_TAGS or element.get("role") in _FOREIGN_ROLES or names_foreign(signs)
    if suspect:
        walk.suspects.append(element)
    walk.containers.append(element)
    walk.quotes += tag == "blockquote"
    _begin(walk, element)
    walk.say(element.text, in_link, in_strong)
    for child in element:
        _visit(walk, child, in_link, in_strong, depth + 1)
        walk.say(child.tail, in_link, in_strong)
    walk.end_cell() if cell else walk.flush()
    if tag == "tr" and walk.row is not None:
        walk.end_row(before[1])
    walk.containers.pop()
    walk.kind, walk.row = before
    walk.marker = ""
    walk.quotes -= tag == "blockquote"
    if suspect:
        walk.suspects.pop()


def _begin(walk: _Walk, element: Any) -> None:
    tag = element.tag
    if tag in HEADINGS:
        walk.kind = tag
    elif tag == "li":
        walk.kind, walk.marker = "li", _marker(walk, element)
    elif tag == "tr" and not element.xpath(".//td//table|.//p[2]|.//td//div//p"):
        walk.row = []  # a row of a table of data; tables that lay out a page hold paragraphs
    elif tag in ("td", "th") and walk.row is None:
        walk.kind = "p"


def _marker(walk: _Walk, item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return "- "
    try:
        number = int(item.get("value") or walk.numbers.get(parent) or parent.get("start") or 1)
    except ValueError:
        number = walk.numbers.get(parent, 1)
    walk.numbers[parent] = number + 1
    return f"{number}. "


def _tell_foreign(blocks: list[Block]) -> None:
    """Mark what stands in parts named as foreign, unless that part holds the headline or much of the page's text: some
    sites put the article itself into an `aside`, or call its column "sidebar"."""
    prose: dict[str, int] = {}
    total = 0
    headed: set[str] = set()
    for block in blocks:
        names = {part_name(suspect) for suspect in block.suspects}
        if block.is_prose and not any(is_never_article(name) for name in names):
            total += len(block.text)
            for name in names:
                prose[name] = prose.get(name, 0) + len(block.text)
        if block.kind == "h1":
            headed |= names
    for block in blocks:
        for name in map(part_name, block.suspects):
            if name in headed and not name.startswith(("footer", "figcaption")):
                continue
            if is_never_article(name) or name.startswith(("footer", "figcaption")):
                block.foreign = block.certainly_foreign = True
            elif prose.get(name, 0) < _EXCUSED_SHARE * total:
                block.foreign = True
                block.certainly_foreign |= is_surely_foreign(name)
